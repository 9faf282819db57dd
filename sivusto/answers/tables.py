"""A list as CSV, as data and as a workbook; none of them holds more than some rows at a time."""

import csv
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.conf import settings

from sivusto.answers.answer import Answer
from sivusto.answers.columns import COLUMNS, Column, Kind, Value
from sivusto.templatetags.finnish import day

BOM = "\ufeff"
LINES_AT_A_TIME = 200
LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/deed.fi"
# What spreadsheets take for the beginning of a formula, full-width forms included.
FORMULA = re.compile(r"[\s\ufeff\x00-\x1f]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
LONGEST_CELL = 32_767  # Excel's own limit
NAMES_BETWEEN = ", "


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Any], columns: Sequence[Column] = COLUMNS) -> Iterator[str]:
    """Write the table for Excel in Finnish: BOM, semicolons, CRLF; no cell is a formula."""
    write = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n").writerow
    yield BOM + write([column.heading for column in columns])
    lines = []
    for row in rows:
        lines.append(write([as_text(_written(column, row)) for column in columns]))
        if len(lines) >= LINES_AT_A_TIME:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def as_text(cell: str) -> str:
    """Return the cell so that a spreadsheet takes it for text, not for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def _written(column: Column, row: Any) -> str:
    value = column.get(row)
    if isinstance(value, Decimal):
        return f"{value:f}".removesuffix(".00").replace(".", ",")
    if isinstance(value, date):
        return day(value)
    return _flat(value)


def _flat(value: Value) -> str:
    return NAMES_BETWEEN.join(value) if isinstance(value, list) else str(value or "")


def json_pieces(answer: Answer) -> Iterator[str]:
    """Write the list as data: the answer's own facts, then a project a line."""
    head = {
        "title": f"{settings.MUNICIPALITY}: hankkeet",
        "sentence": answer.sentence,
        "address": answer.page_address,
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "remarks": answer.remarks,
        "total": answer.totals["number"],
    }
    yield from json_rows(head, "projects", answer.rows())


def json_rows(
    head: dict[str, Any], name: str, rows: Iterable[Any], columns: Sequence[Column] = COLUMNS
) -> Iterator[str]:
    """Write an object of some facts and, under the name, the rows, each on a line of its own."""
    yield f'{_json(head)[:-1]}, "{name}": ['
    separator = "\n"
    for row in rows:
        yield separator + _json({c.key: _machine(c.data(row)) for c in columns})
        separator = ",\n"
    yield "\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _machine(value: Value) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value


def workbook(answer: Answer) -> IO[bytes]:
    """Write the list as an XLSX file of true dates and numbers, from its beginning to be read."""
    return workbook_of("Hankkeet", "Hankkeet", answer.rows(), comments=answer.sentence)


def workbook_of(
    title: str,
    sheet: str,
    rows: Iterable[Any],
    columns: Sequence[Column] = COLUMNS,
    *,
    comments: str = "",
) -> IO[bytes]:
    """Write any rows as an XLSX file of one sheet, a row at a time in memory."""
    # Closed by the response that sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title, "author": settings.MUNICIPALITY, "comments": comments})
        _fill(book, book.add_worksheet(sheet), rows, columns)
    file.seek(0)
    return file


def _fill(book: Any, sheet: Any, rows: Iterable[Any], columns: Sequence[Column]) -> None:
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {
        Kind.DATE: book.add_format({"num_format": "d.m.yyyy", "align": "left"}),
        Kind.MONEY: book.add_format({"num_format": "#,##0.00"}),
    }
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, [column.heading for column in columns], heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            _write(sheet, last, index, column.get(row), formats.get(column.kind))
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), style)
    elif text := _flat(value):
        sheet.write_string(row, column, text[:LONGEST_CELL])
