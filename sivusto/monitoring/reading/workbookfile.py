"""Tables of an XLSX file; to be run in a process with limits."""

import io
import re
import warnings
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from sivusto.monitoring.reading.blocks import (
    MOST_COLUMNS,
    MOST_ROWS,
    Block,
    Cell,
    Loose,
    Row,
    Table,
    UnreadableError,
)
from sivusto.monitoring.reading.lighttext import from_plain

# White, and what the system would draw by itself.
NO_COLOURS = frozenset(
    {
        *("rgb:00000000", "rgb:FFFFFFFF", "rgb:00FFFFFF", "theme:0"),
        *("indexed:1", "indexed:9", "indexed:64", "indexed:65", "auto:True"),
    }
)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a character that XML cannot hold as it is
YEAR_ONLY = re.compile(r"(?:\[[^\]]*\])*[yv]{2,4}(?:;@)?$", re.IGNORECASE)


def read_workbook(data: bytes) -> list[Block]:
    """Return the visible sheets as tables with their names before them.

    Hidden rows and columns are left out, and each table notes how many there were.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out of the look
        book = load_workbook(io.BytesIO(data), data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    blocks: list[Block] = []
    for sheet in sheets:
        if len(sheets) > 1:
            blocks.append(Loose(sheet.title, "välilehti"))
        blocks.append(_Sheet(sheet).table())
    return blocks


class _Sheet:
    """The visible part of a sheet."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        rows, columns = _extent(sheet)
        hidden_rows = {n for n, row in sheet.row_dimensions.items() if row.hidden}
        hidden_columns = {
            number
            for group in sheet.column_dimensions.values()
            if group.hidden
            for number in range(group.min, min(group.max, MOST_COLUMNS) + 1)
        }
        self.rows = [number for number in range(1, rows + 1) if number not in hidden_rows]
        self.columns = [n for n in range(1, columns + 1) if n not in hidden_columns]
        self.unseen = rows - len(self.rows), columns - len(self.columns)
        self.origins: dict[tuple[int, int], tuple[int, int]] = {}
        self.spans: dict[tuple[int, int], int] = {}
        self.covered: set[tuple[int, int]] = set()
        for area in sheet.merged_cells.ranges:
            self._merge(area)

    def _merge(self, area: Any) -> None:
        """Show a merged cell where the first visible part of its area is."""
        rows = [row for row in self.rows if area.min_row <= row <= area.max_row]
        columns = [c for c in self.columns if area.min_col <= c <= area.max_col]
        if rows and columns:
            first = rows[0], columns[0]
            places = {(row, column) for row in rows for column in columns}
            self.origins |= dict.fromkeys(places, (area.min_row, area.min_col))
            self.spans[first] = len(columns)
            self.covered |= places - {first}

    def table(self) -> Table:
        """Return the rows."""
        return Table(
            tuple(
                Row(
                    tuple(self._cell(number, column) for column in self.columns),
                    f"{self.sheet.title}, rivi {number}",
                )
                for number in self.rows
            ),
            tells_spans=True,
            note=self._note(),
        )

    def _note(self) -> str:
        rows, columns = self.unseen
        told = [f"{rows} riviä" if rows else "", f"{columns} saraketta" if columns else ""]
        left_out = " ja ".join(filter(None, told))
        return f"Piilotettuja ei luettu: välilehti {self.sheet.title}, {left_out}." * bool(left_out)

    def _cell(self, row: int, column: int) -> Cell:
        cell = self.sheet.cell(*self.origins.get((row, column), (row, column)))
        if (row, column) in self.covered:
            return Cell(is_covered=True, colour=_colour(cell))
        text = from_plain(_text(cell))
        span = self.spans.get((row, column), 1)
        return Cell(text, span, colour=_colour(cell), is_strong=bool(text and cell.font.b))


def _extent(sheet: Any) -> tuple[int, int]:
    """Return how many rows and columns hold anything; colours count beside words only."""
    cells = sheet._cells.values()  # what is in the file; to walk the rows would make empty ones
    worded = {cell.row for cell in cells if cell.value is not None}
    last_row = max(worded, default=0)
    last_column = max((c.column for c in cells if c.row in worded and _is_used(c)), default=0)
    if last_row > MOST_ROWS:
        raise UnreadableError(f"Taulukossa on yli {MOST_ROWS} riviä.")
    if last_column > MOST_COLUMNS:
        raise UnreadableError(f"Taulukossa on yli {MOST_COLUMNS} saraketta.")
    return last_row, last_column


def _is_used(cell: Any) -> bool:
    return cell.value is not None or bool(_colour(cell))


def _text(cell: Any) -> str:
    """Return a cell's words as Excel shows them."""
    value = cell.value
    if value is None or value is False:
        return ""
    if value is True:
        return "x"
    if isinstance(value, datetime | date):
        is_year = YEAR_ONLY.match(cell.number_format)
        return str(value.year) if is_year else f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{round(value * 100)} %"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _colour(cell: Any) -> str:
    fill = getattr(cell, "fill", None)
    pattern = getattr(fill, "fill_type", None)
    if fill is None or pattern in (None, "none"):
        return ""
    stops = getattr(fill, "stop", None)
    if stops:  # a colour that turns into another
        return "/".join(_named(stop.color) for stop in stops)
    name = _named(fill.fgColor)
    return name if name or pattern == "solid" else f"{pattern}:{_named(fill.bgColor)}"


def _named(colour: Any) -> str:
    name = f"{colour.type}:{getattr(colour, colour.type)}"
    is_white = name in NO_COLOURS and not colour.tint
    return "" if is_white else f"{name}:{colour.tint:g}"
