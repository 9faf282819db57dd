"""Workbooks: the first sheet of an XLSX file, as values."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from sivusto.transfer.tablefile.model import Cell, Limits, TableError, Wrong

BROKEN = "Työkirja on vioittunut. Avaa se taulukko-ohjelmassa ja tallenna uudelleen."


def check_package(data: bytes, limits: Limits) -> None:
    """Refuse what is no workbook, and one that unpacks to more than it should."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except zipfile.BadZipFile as error:
        raise TableError(BROKEN) from error
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise TableError("Tiedosto ei ole Excel-työkirja. Tallenna se muodossa XLSX tai CSV.")
    # An entry never unpacks to more than it says: reading stops there.
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise TableError(
            "Työkirja on purettuna liian suuri. Poista siitä ylimääräiset taulukot ja kuvat tai "
            "tallenna se muodossa CSV."
        )


def first_sheet(data: bytes, limits: Limits) -> tuple[str, list[str], Iterator[list[Cell]]]:
    """Return the name of the first sheet, the names of the others, and the first one's rows.

    One row and one column more than the limits allow are read, so that they can be refused.
    """
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever the file makes it stumble on
        raise TableError(BROKEN) from error
    if not book.worksheets:
        raise TableError("Työkirjassa ei ole yhtään taulukkoa.")
    sheet, *others = book.worksheets
    sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
    return sheet.title, [other.title for other in others], _rows(sheet, limits)


def _rows(sheet: Any, limits: Limits) -> Iterator[list[Cell]]:
    try:
        for row in sheet.iter_rows(max_row=limits.rows + 1, max_col=limits.columns + 1):
            yield [_value(cell) for cell in row]
    except (TableError, MemoryError):
        raise
    except Exception as error:  # as above
        raise TableError(BROKEN) from error


def _value(cell: Any) -> Cell:
    value = cell.value
    if value is None or isinstance(value, bool):
        return value
    if cell.data_type == "e":
        return Wrong(str(value))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value))
    return str(value) if not isinstance(value, time | timedelta) else Wrong(str(value))
