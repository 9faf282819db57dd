"""Text whose cells are told apart by tabs, semicolons or commas, and loose lines between."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

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
from sivusto.monitoring.reading.lighttext import from_cell

GUARDED = re.compile(r"'(?=[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20'])")
LINES_SEEN = 200
LONGEST_CELL = 131_072  # the csv module's own limit


def read_separated(text: str) -> list[Block]:
    """Return the tables and loose lines of the text; an empty line ends a table."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    blocks: list[Block] = []
    rows: list[Row] = []
    for number, fields in _records(text, _separator(text)):
        place = f"rivi {number}"
        is_empty = not any(field.strip() for field in fields)
        if len(fields) > 1:
            rows.append(Row(tuple(Cell(_text(field)) for field in fields), place))
        if len(fields) < 2 and rows:
            blocks.append(Table(tuple(rows)))
            rows = []
        if len(fields) == 1 and not is_empty and (words := _text(fields[0])):
            blocks.append(Loose(words, place))
    return [*blocks, Table(tuple(rows))] if rows else blocks


def _text(field: str) -> str:
    return from_cell(GUARDED.sub("", field, count=1) if field.startswith("'") else field)


def _separator(text: str) -> str:
    """Return the character between cells: a tab if any, else what the first or most lines hold."""
    if "\t" in text:
        return "\t"
    lines = [line for line in text.split("\n", LINES_SEEN)[:LINES_SEEN] if line.strip()]
    if lines and lines[0].count(";") > 1:
        return ";"
    having = {mark: sum(mark in line for line in lines) for mark in ";,"}
    if having[";"] * 2 > len(lines) or having[";"] >= having[","] > 0:
        return ";"
    return "," if _is_even(text) else "\t"


def _is_even(text: str) -> bool:
    """Tell whether commas part most rows into as many cells: prose has commas too."""
    try:
        widths = [len(fields) for _line, fields in _parsed(text, ",", is_quoted=True) if fields]
    except csv.Error:
        return False
    width, number = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return width > 2 and number * 2 > len(widths)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line and the fields of each row, quoted line breaks kept."""
    try:
        records = list(_parsed(text, separator, is_quoted=True))
    except csv.Error:  # a quotation mark that is only a quotation mark
        try:
            records = list(_parsed(text, separator, is_quoted=False))
        except csv.Error as error:
            raise UnreadableError(
                f"Yhdessä solussa on yli {LONGEST_CELL} merkkiä; tarkista tiedosto."
            ) from error
    yield from records


def _parsed(text: str, separator: str, *, is_quoted: bool) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
        strict=True,
    )
    start = 1
    for number, fields in enumerate(reader, start=1):
        if number > MOST_ROWS:
            raise UnreadableError(f"Tekstissä on yli {MOST_ROWS} riviä.")
        if len(fields) > MOST_COLUMNS:
            raise UnreadableError(f"Taulukossa on yli {MOST_COLUMNS} saraketta.")
        yield start, fields
        start = reader.line_num + 1
