"""What every kind of file is turned into before it is understood: tables and loose lines."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

MOST_COLUMNS = 400
MOST_ROWS = 20_000


class UnreadableError(Exception):
    """The source cannot be read; the message is in Finnish, for people."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `text` is light text (see ``seuranta.report``).

    `span` tells over how many columns it reaches, `is_covered` that it lies under a merged cell
    that begins to the left or above. `colour` is the background's name, "" for none and white.
    """

    text: str = ""
    span: int = 1
    is_covered: bool = False
    colour: str = ""
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row and where it stands in the source, in words: ``rivi 12``."""

    cells: tuple[Cell, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows; `tells_spans` where the format would say which cells are merged.

    `note` tells people in Finnish what of the table was left out, "" if nothing was.
    """

    rows: tuple[Row, ...]
    tells_spans: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Loose:
    """A line outside tables; `is_title` where it names the whole document or a table."""

    text: str
    place: str
    is_heading: bool = False
    is_title: bool = False


Block = Table | Loose


def grid(rows: Iterable[Sequence[tuple[Cell, int]]], place: str) -> tuple[Row, ...]:
    """Lay out rows of cells, each with the number of rows it reaches over, so that columns align.

    What a merged cell covers becomes covered cells of its colour, so that no word is there twice.
    """
    laid: list[Row] = []
    below: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise UnreadableError(f"Taulukossa on yli {MOST_ROWS} riviä.")
        cells: list[Cell] = []
        for cell, height in row:
            _cover(cells, below)
            span = max(1, min(cell.span, MOST_COLUMNS - len(cells)))
            for column in range(len(cells), len(cells) + span):
                if height > 1:
                    below[column] = height - 1, cell.colour
            cells += [cell, *[Cell(is_covered=True, colour=cell.colour)] * (span - 1)]
            if len(cells) > MOST_COLUMNS:
                raise UnreadableError(f"Taulukossa on yli {MOST_COLUMNS} saraketta.")
        _cover(cells, below)
        laid.append(Row(tuple(cells), f"{place}rivi {number}"))
    return tuple(laid)


def _cover(cells: list[Cell], below: dict[int, tuple[int, str]]) -> None:
    while merged := below.pop(len(cells), None):
        left, colour = merged
        if left > 1:
            below[len(cells)] = left - 1, colour
        cells.append(Cell(is_covered=True, colour=colour))


def as_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return the blocks as values that JSON can hold."""
    return [asdict(block) for block in blocks]


def from_data(data: Iterable[dict[str, Any]]) -> list[Block]:
    """Read what ``as_data()`` wrote."""
    return [Loose(**block) if "text" in block else _table(block) for block in data]


def _table(data: dict[str, Any]) -> Table:
    rows = tuple(
        Row(tuple(Cell(**cell) for cell in row["cells"]), row["place"]) for row in data["rows"]
    )
    return Table(rows, data["tells_spans"], data["note"])
