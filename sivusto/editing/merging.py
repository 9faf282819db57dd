"""Three-way merge of a card's values: what two people made of one base. No database, no Django.

Values are facts, lists of keys, and lists of rows that each have an ``id``. Nothing that either
has changed is lost silently: a field that both changed keeps mine; a row that one removed and the
other changed stays.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

Values = dict[str, Any]
Row = dict[str, Any]
# By what two rows of a list are the same thing, where not by all that they say.
IDENTITY = {
    "implementer_set": ("organisation",),
    "origins": ("predecessor",),
    "successions": ("successor",),
    "external_keys": ("kind", "value"),
}
# Fields that make sense together only: who changes one of them has changed all.
TIED = (("funder", "programme"), ("url", "file", "file_name", "size"))
_PLACE = ("id", "position")


def digest(values: Values) -> str:
    """Return 32 hexadecimal digits that stand for the values."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def merged(base: Values, mine: Values, theirs: Values) -> Values:
    """Return the values with what I and what they have changed since the base.

    A list or a fact that the base or theirs does not know is taken as mine has it.
    """
    return {
        key: _merged(key, base.get(key, theirs.get(key, value)), value, theirs.get(key, value))
        for key, value in mine.items()
    }


def clashes(base: Values, mine: Values, theirs: Values) -> list[str]:
    """Return the keys of facts and lists in which both changed the same thing otherwise."""
    return [key for key in mine if _clash(base.get(key), mine[key], theirs.get(key))]


def _clash(base: Any, mine: Any, theirs: Any) -> bool:
    if mine in (base, theirs) or theirs == base:
        return False
    if not isinstance(mine, list):
        return True
    if not _are_rows(base, mine, theirs):
        return False
    old, own, other = (_by_id(rows) for rows in (base, mine, theirs))
    both = old.keys() & (own.keys() | other.keys())
    return any(
        (own.get(pk) != old[pk]) and (other.get(pk) != old[pk]) and own.get(pk) != other.get(pk)
        for pk in both
    )


def _merged(key: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine == base:
        return theirs
    if theirs == base:
        return mine
    if not isinstance(mine, list):
        return mine
    if _are_rows(base, mine, theirs):
        return _merged_rows(key, base, mine, theirs)
    kept = [each for each in theirs if each in mine or each not in base]
    return sorted({*kept, *(each for each in mine if each not in base)})


def _are_rows(*lists: Sequence[Any]) -> bool:
    return any(isinstance(each, dict) for rows in lists for each in rows)


def _by_id(rows: Iterable[Row]) -> dict[int, Row]:
    return {row["id"]: row for row in rows}


def _merged_rows(key: str, base: list[Row], mine: list[Row], theirs: list[Row]) -> list[Row]:
    old, own, other = _by_id(base), _by_id(mine), _by_id(theirs)
    rows = []
    for pk in sorted(own.keys() | other.keys()):
        row = _merged_row(old.get(pk), own.get(pk), other.get(pk))
        if row is not None:
            rows.append(row)
    return _each_once(key, rows)


def _merged_row(old: Row | None, own: Row | None, other: Row | None) -> Row | None:
    """Return the row that is left of one that either may have added, removed or changed."""
    if own is None or other is None:
        left = own or other
        return None if left == old else left
    if old is None:
        return own
    changed = {field for field, value in own.items() if old.get(field) != value}
    for group in TIED:
        if changed.intersection(group):
            changed.update(group)
    return other | {field: own[field] for field in changed if field in own}


def _each_once(key: str, rows: list[Row]) -> list[Row]:
    """Leave out rows that say what an earlier one says: both added it."""
    seen: set[str] = set()
    once = []
    for row in rows:
        fields = IDENTITY.get(key) or tuple(name for name in row if name not in _PLACE)
        mark = json.dumps([row.get(name) for name in fields])
        if mark not in seen:
            seen.add(mark)
            once.append(row)
    return once
