"""XLSX: the visible sheets as tables of what their cells show."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any

from openpyxl import load_workbook

from sivusto.documents.cutting import held, tidied
from sivusto.documents.model import SHEET, DocumentError, Limits, Part, Text, table_of
from sivusto.documents.package import BROKEN

MOST_ROWS, MOST_COLUMNS = 5_000, 60


def read(file: IO[bytes], limits: Limits) -> Text:
    """Return the sheets; rows and columns far away are left out and told of."""
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        kept, is_cut, cells = [], False, limits.cells
        for number, sheet in enumerate(sheets, start=1):
            sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
            rows = list(_rows(sheet, cells))
            is_cut = is_cut or len(rows) > MOST_ROWS
            table = table_of(rows[:MOST_ROWS], has_head=True)
            cells -= sum(map(len, table.rows)) if table else 0
            kept.append(Part(SHEET, number, tidied(sheet.title), (table,) if table else ()))
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever the file makes it stumble on
        raise DocumentError(BROKEN) from error
    return held(kept, limits, is_cut=is_cut)


def _rows(sheet: Any, cells: int) -> Iterator[list[str]]:
    """Yield rows until there are more filled cells than may be shown."""
    for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True):
        shown = [_shown(value) for value in row]
        cells -= sum(map(bool, shown))
        yield shown
        if cells < 0:
            return


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "kyllä" if value else "ei"
    if isinstance(value, datetime):
        at = f" klo {value.hour}.{value.minute:02}" if value.time() != time() else ""
        return f"{value.day}.{value.month}.{value.year}{at}"
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, int | float):
        return f"{value:.10g}".replace(".", ",") if isinstance(value, float) else str(value)
    return tidied(str(value))
