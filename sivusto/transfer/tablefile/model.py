"""What a table file holds, how much of it is taken, and how it crosses between processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Wrong:
    """A cell in which the spreadsheet itself shows an error: ``#REF!``."""

    text: str


Cell = str | Decimal | date | bool | Wrong | None


class TableError(Exception):
    """The file cannot be read; the message tells why, and what to do, in Finnish."""


@dataclass(frozen=True)
class Limits:
    """How much is read: bytes of the file and of what it unpacks to, rows, columns, letters.

    ``seconds`` is processor time, ``memory`` the child's address space in bytes.
    """

    file: int = 20 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024
    rows: int = 20_000
    columns: int = 200
    letters: int = 20_000_000
    seconds: int = 20
    memory: int = 768 * 1024 * 1024


@dataclass(frozen=True)
class Table:
    """The rows of the first sheet; the first row is number 1. Trailing empty cells are cut."""

    rows: Sequence[Sequence[Cell]]
    sheet: str = ""
    other_sheets: Sequence[str] = ()


def packed(cell: Cell) -> Any:
    """Return a cell as JSON knows it."""
    if cell is None or isinstance(cell, str | bool):
        return cell
    if isinstance(cell, Decimal):
        return {"n": str(cell)}
    return {"d": cell.isoformat()} if isinstance(cell, date) else {"e": cell.text}


def unpacked(value: Any) -> Cell:
    """Return the cell that ``packed`` was given."""
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    ((kind, text),) = value.items()
    if kind == "n":
        return Decimal(text)
    return date.fromisoformat(text) if kind == "d" else Wrong(text)
