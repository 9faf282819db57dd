"""Three-way comparison: what a card's text said last, what it says now, what the card says.

The text may change what it has itself written. What staff have changed since stays, and where
both have changed the same thing the card keeps the staff's value and the conflict is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

StepKind = Literal["add", "change", "remove", "conflict"]
# What a text that breaks off may still change on a card: the break can fall within anything else.
_SURE_IN_CUT_TEXT = {"name", "phase", "start_date", "end_date", "old_id", "section"}


@dataclass(frozen=True)
class Fact:
    """One thing that a card says.

    `value` is JSON and compares; `label` and `shown` are for people, translated only when somebody
    looks; `row` is what it was made from.
    `is_settled` tells that staff have accepted or completed it, whatever its value.
    """

    label: str | Promise
    value: Any
    shown: str | Promise
    row: Any = None
    is_settled: bool = False


Facts = dict[str, Fact]


@dataclass(frozen=True)
class Base:
    """What the last import said, and the groups of rows where its additions met the staff's own."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    open_groups: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Base":
        """Read what `to_json` wrote."""
        return cls(values.get("facts", {}), frozenset(values.get("open", ())))

    def to_json(self) -> dict[str, Any]:
        """Return what a JSON column holds."""
        return {"facts": dict(self.facts), "open": sorted(self.open_groups)}


@dataclass(frozen=True)
class Step:
    """One difference between the card and its text, and what becomes of it."""

    key: str
    kind: StepKind
    now: Fact | None
    new: Fact | None

    @property
    def label(self) -> str:
        """What differs, for people."""
        fact = self.new or self.now
        return str(fact.label) if fact else self.key


def group_of(key: str) -> str:
    """Return the group of a row's key ("section/tavoitteet"), or the key itself."""
    return key.partition("/")[0]


def is_row(key: str) -> bool:
    """Tell whether the key is one of many rows rather than a field of its own."""
    return "/" in key


def sure_part(now: Facts, new: Facts) -> Facts:
    """Return what a text that breaks off may say of a card that is there already.

    The section where it breaks off is never sure: its heading or its text may be half.
    """
    present = {group_of(key) for key in now}
    sections = [key for key in new if group_of(key) == "section"]
    doubtful = set(sections[-1:]) if "section" in present else set()
    return {
        key: fact
        for key, fact in new.items()
        if (group_of(key) in _SURE_IN_CUT_TEXT or group_of(key) not in present)
        and key not in doubtful
    }


def merge(base: Base, now: Facts, new: Facts, *, is_whole: bool = True) -> list[Step]:
    """Return the differences in the text's order; where nothing is to be done there is none.

    Only a whole text tells by its silence that a row is no more.
    """
    steps = list(_additions_and_changes(base, now, new))
    return steps + list(_removals(base, now, new)) if is_whole else steps


def advanced(base: Base, new: Facts, steps: Sequence[Step], *, is_whole: bool) -> Base:
    """Return what the next import compares with; the base of a conflict stays as it was."""
    conflicts = {step.key for step in steps if step.kind == "conflict"}
    facts = dict(base.facts)
    facts |= {key: fact.value for key, fact in new.items() if key not in conflicts}
    for key in list(facts) if is_whole else ():
        is_dropped = key not in new and is_row(key) and group_of(key) in _listed_groups(new)
        if is_dropped and key not in conflicts:
            del facts[key]
    groups = {
        group_of(step.key)
        for step in steps
        if step.kind == "conflict" and step.now is None and is_row(step.key)
    }
    return Base(facts, frozenset(groups))


def _additions_and_changes(base: Base, now: Facts, new: Facts) -> Iterator[Step]:
    said_before = {group_of(key) for key in base.facts}
    on_card = {group_of(key) for key in now if is_row(key)}
    for key, fact in new.items():
        old, group = now.get(key), group_of(key)
        before = base.facts.get(key)
        if (old is not None and old.value == fact.value) or before == fact.value:
            continue
        if old is None:
            is_staffs = is_row(key) and group in on_card and group not in said_before
            is_free = before is None and not is_staffs and group not in base.open_groups
            yield Step(key, "add" if is_free else "conflict", None, fact)
        else:
            is_ours = old.value == before and not old.is_settled
            yield Step(key, "change" if is_ours else "conflict", old, fact)


def _removals(base: Base, now: Facts, new: Facts) -> Iterator[Step]:
    listed = _listed_groups(new)
    for key, old in now.items():
        before = base.facts.get(key)
        if key in new or before is None or not is_row(key) or group_of(key) not in listed:
            continue
        is_ours = old.value == before and not old.is_settled
        yield Step(key, "remove" if is_ours else "conflict", old, None)


def _listed_groups(new: Facts) -> set[str]:
    """Return the groups whose rows the text lists: what it does not list there, it has dropped."""
    return {group_of(key) for key in new if is_row(key)}
