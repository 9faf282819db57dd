"""Which rows of two lists are the same row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sivusto.history.contents import Row


@dataclass(frozen=True)
class Paired:
    """Two lists compared: what came, what went, and what is in both (old and new)."""

    added: Sequence[Row]
    removed: Sequence[Row]
    kept: Sequence[tuple[Row, Row]]
    is_reordered: bool


def pair(old: Sequence[Row], new: Sequence[Row], key: Callable[[Row], Any]) -> Paired:
    """Pair rows of one id, then those left over that the key calls the same.

    The second way serves rows that were deleted and made again, as a copy or an import does.
    """
    partners: dict[Any, Row] = {}
    waiting = {row["id"]: row for row in old}
    for row in new:
        if row["id"] in waiting:
            partners[row["id"]] = waiting.pop(row["id"])
    by_key: dict[Any, list[Row]] = {}
    for row in waiting.values():
        by_key.setdefault(key(row), []).append(row)
    for row in new:
        alike = by_key.get(key(row), []) if row["id"] not in partners else []
        if alike:
            partners[row["id"]] = alike.pop(0)
    removed = [row for rows in by_key.values() for row in rows]
    kept = [(partners[row["id"]], row) for row in new if row["id"] in partners]
    places = {row["id"]: place for place, row in enumerate(old)}
    order = [places[before["id"]] for before, _after in kept]
    return Paired(
        [row for row in new if row["id"] not in partners],
        sorted(removed, key=lambda row: places[row["id"]]),
        kept,
        order != sorted(order),
    )
