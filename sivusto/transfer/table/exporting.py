"""The table out: CSV and XLSX that come back in as they are."""

import csv
import io
import tempfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from sivusto.answers.tables import BOM, as_text
from sivusto.transfer.table.cells import Value, written
from sivusto.transfer.table.columns import CODE, FIELDS, KEYS, STAMP, values_of
from sivusto.transfer.table.stamps import stamp

HEADINGS = [CODE, *(field.heading for field in FIELDS), STAMP]
NOTE = (
    "Muokkaa vapaasti muita sarakkeita kuin tunnusta ja muutosleimaa. Uuden hankkeen tunnus ja "
    "leima jäävät tyhjiksi. Useat nimet erotetaan puolipisteellä."
)


def table_csv(projects: Iterable[Any]) -> str:
    """Return the table of projects loaded by ``table_rows()`` for Excel in Finnish."""
    out = io.StringIO(newline="")
    out.write(BOM)
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    write(HEADINGS)
    for project in projects:
        values = values_of(project)
        shown = [as_text(written(values[key])) for key in KEYS]
        write([project.code, *shown, stamp(values, KEYS)])
    return out.getvalue()


def table_workbook(projects: Iterable[Any]) -> IO[bytes]:
    """Return the table as an XLSX file of true dates and numbers, from its beginning to be read."""
    # Closed by the response that sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "Hankkeet", "comments": NOTE})
        _fill(book, projects)
    file.seek(0)
    return file


def _fill(book: Any, projects: Iterable[Any]) -> None:
    sheet = book.add_worksheet("Hankkeet")
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    styles = {
        date: book.add_format({"num_format": "d.m.yyyy", "align": "left"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    for index, width in enumerate([10, *(field.width for field in FIELDS), 12]):
        is_empty_day = index in EMPTY_DAYS
        sheet.set_column(index, index, width, styles[date] if is_empty_day else None)
    sheet.freeze_panes(1, 2)
    sheet.write_row(0, 0, HEADINGS, heading)
    last = 0
    for last, project in enumerate(projects, start=1):
        values = values_of(project)
        sheet.write_string(last, 0, project.code)
        for index, key in enumerate(KEYS, start=1):
            _write(sheet, last, index, values[key], styles)
        sheet.write_string(last, len(KEYS) + 1, stamp(values, KEYS))
    sheet.autofilter(0, 0, last, len(HEADINGS) - 1)


# Columns in which a day typed into an empty cell is to be shown as one.
EMPTY_DAYS = {index for index, key in enumerate(KEYS, start=1) if key.endswith("_date")}


def _write(sheet: Any, row: int, column: int, value: Value, styles: dict[type, Any]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, styles[date])
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), styles[Decimal])
    elif text := written(value):
        sheet.write_string(row, column, text)
