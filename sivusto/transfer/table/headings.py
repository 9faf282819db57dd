"""Which column of a file is which field, in whatever order they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sivusto.transfer.table.cells import CellError, as_text
from sivusto.transfer.table.columns import CODE, FIELDS, LABELS, STAMP
from sivusto.transfer.tablefile.model import Cell, Table, TableError

FIRST_ROWS = 20  # among which the headings are looked for: people write titles above them
MOST_TOLD = 10
NAMES = {
    heading.casefold(): key for key, heading in (("code", CODE), *LABELS.items(), ("stamp", STAMP))
}


@dataclass(frozen=True)
class Headings:
    """The row of the headings (from 0), the place of each known column, and what to tell of it."""

    row: int
    places: dict[str, int]
    remarks: Sequence[str]


def headings_of(table: Table) -> Headings:
    """Find the headings; raises TableError where there are none, or one is there twice."""
    for number, row in enumerate(table.rows[:FIRST_ROWS]):
        keys = [NAMES.get(_text(cell).casefold()) for cell in row]
        if "code" in keys or "name" in keys:
            _refuse_double(keys)
            places = {key: place for place, key in enumerate(keys) if key}
            return Headings(number, places, _remarks(table, row, keys))
    raise TableError(
        f"Tiedostosta ei löydy otsikkoriviä. Siinä pitää olla ainakin sarake ”{CODE}” tai "
        f"”{FIELDS[0].heading}”."
    )


def _text(cell: Cell) -> str:
    try:
        return " ".join(as_text(cell).split())
    except CellError:
        return ""


def _refuse_double(keys: Sequence[str | None]) -> None:
    known = [key for key in keys if key]
    twice = {key for key in known if known.count(key) > 1}
    if twice:
        names = ", ".join(sorted(LABELS.get(key, CODE) for key in twice))
        raise TableError(f"Sarake on tiedostossa kahdesti: {names}.")


def _remarks(table: Table, row: Sequence[Cell], keys: Sequence[str | None]) -> list[str]:
    extra = [_text(cell) for cell, key in zip(row, keys, strict=True) if not key and _text(cell)]
    dropped = [label for key, label in LABELS.items() if key not in keys]
    remarks = []
    if extra:
        remarks.append(f"Näitä sarakkeita ei lueta: {', '.join(extra[:MOST_TOLD])}.")
    if dropped:
        remarks.append(f"Nämä tiedot jäävät ennalleen, sillä sarake puuttuu: {', '.join(dropped)}.")
    if "stamp" not in keys:
        remarks.append(
            f"Sarake ”{STAMP}” puuttuu, joten muiden tekemiä muutoksia ei voi huomata: tiedoston "
            "tieto korvaa kortin tiedon."
        )
    if table.other_sheets:
        names = ", ".join(table.other_sheets[:MOST_TOLD])
        remarks.append(f"Luettiin taulukko ”{table.sheet}”. Muita ei luettu: {names}.")
    return remarks
