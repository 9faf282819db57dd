"""The differences of what came of a project, as sentences."""

from collections.abc import Iterator, Sequence

from sivusto.history.contents import Row
from sivusto.history.rows import pair
from sivusto.history.wording import RESULT_STATES

NOT_KNOWN = "ei tiedossa"


def outcomes(old: Sequence[Row], new: Sequence[Row]) -> Iterator[str]:
    """Tell what changed in a card's results."""
    rows = pair(old, new, lambda row: row["name"])
    for row in rows.removed:
        yield f"Hankkeen tulos poistettiin: {row['name']}."
    for row in rows.added:
        yield f"Hankkeen tulos lisättiin: {row['name']}, {RESULT_STATES[row['state']]}."
    for before, after in rows.kept:
        yield from _outcome(before, after)
    if rows.is_reordered:
        yield "Hankkeen tulosten järjestystä muutettiin."


def _outcome(old: Row, new: Row) -> Iterator[str]:
    name = new["name"]
    before, after = (RESULT_STATES[row["state"]] for row in (old, new))
    if old["name"] != name:
        yield f"Hankkeen tuloksen nimi muuttui: {old['name']} → {name}."
    if before != after:
        yield f"Hankkeen tuloksen tila muuttui: {name}, {before} → {after}."
    elif old["answered_on"] != new["answered_on"]:
        yield f"Hankkeen tulos on tarkistettu: {name}, {after}."
    if old["owner"] != new["owner"]:
        change = f"{old['owner'] or NOT_KNOWN} → {new['owner'] or NOT_KNOWN}"
        yield f"Hankkeen tuloksen vastuutaho muuttui: {name}, {change}."
    if (old["place"], old["url"]) != (new["place"], new["url"]):
        yield f"Hankkeen tuloksen sijainti muuttui: {name}."
