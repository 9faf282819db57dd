"""Tables of an XLSX file; to be run in a process with limits."""

import io
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

NO_COLOURS = frozenset({"rgb:00000000", "rgb:FFFFFFFF", "rgb:00FFFFFF", "theme:0", "indexed:9"})


def read_workbook(data: bytes) -> list[Block]:
    """Return the visible sheets as tables with their names before them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out of the look
        book = load_workbook(io.BytesIO(data), data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    blocks: list[Block] = []
    for sheet in sheets:
        if len(sheets) > 1:
            blocks.append(Loose(sheet.title, "välilehti"))
        blocks.append(Table(_rows(sheet), tells_spans=True))
    return blocks


def _rows(sheet: Any) -> tuple[Row, ...]:
    filled = [
        (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if _is_used(cell)
    ]
    last_row = max((row for row, _ in filled), default=0)
    last_column = max((column for _, column in filled), default=0)
    if last_row > MOST_ROWS:
        raise UnreadableError(f"Taulukossa on yli {MOST_ROWS} riviä.")
    if last_column > MOST_COLUMNS:
        raise UnreadableError(f"Taulukossa on yli {MOST_COLUMNS} saraketta.")
    spans, covered = _merged(sheet, last_column)
    return tuple(
        Row(
            tuple(
                _cell(sheet.cell(number, column), spans.get((number, column), 1), covered)
                for column in range(1, last_column + 1)
            ),
            f"{sheet.title}, rivi {number}",
        )
        for number in range(1, last_row + 1)
    )


def _is_used(cell: Any) -> bool:
    return cell.value is not None or bool(_colour(cell))


def _merged(
    sheet: Any, last_column: int
) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    spans, covered = {}, set()
    for area in sheet.merged_cells.ranges:
        right = min(area.max_col, max(last_column, area.min_col))
        spans[area.min_row, area.min_col] = right - area.min_col + 1
        covered |= {
            (row, column)
            for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
            for column in range(area.min_col, right + 1)
        } - {(area.min_row, area.min_col)}
    return spans, covered


def _cell(cell: Any, span: int, covered: set[tuple[int, int]]) -> Cell:
    if (cell.row, cell.column) in covered:
        return Cell(is_covered=True)
    text = from_plain(_text(cell.value))
    return Cell(text, span, colour=_colour(cell), is_strong=bool(text and cell.font.b))


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "x"
    if isinstance(value, datetime | date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _colour(cell: Any) -> str:
    fill = getattr(cell, "fill", None)
    if fill is None or fill.patternType in (None, "none"):
        return ""
    colour = fill.fgColor
    name = f"{colour.type}:{getattr(colour, colour.type)}"
    is_white = name in NO_COLOURS and not colour.tint
    return "" if is_white else f"{name}:{colour.tint:g}"
