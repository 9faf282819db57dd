"""How measures stand at the end of a period, and what changed since the one before.

No Django here. Late and silent are two things: of a late one we know that it is late; of a silent
one nobody has told anything.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from seuranta.report import MeasureReport, Month, Report


class Standing(Enum):
    """How one measure stands."""

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    PLANNED = "planned"
    DISCONTINUED = "discontinued"
    SILENT = "silent"


def standing(measure: MeasureReport, end: Month) -> Standing:
    """Return how a measure stands at the end of a month.

    Late is what says so itself, and what should have ended by then but tells of no end.
    """
    if not measure.is_reported:
        return (
            Standing.SILENT
            if not measure.months or measure.months[0] <= end
            else (Standing.PLANNED)
        )
    if measure.state in ("done", "discontinued"):
        return Standing(measure.state)
    is_overdue = bool(measure.months) and measure.months[-1] < end
    if measure.state == "late" or is_overdue:
        return Standing.LATE
    return Standing.PLANNED if measure.state == "not_started" else Standing.RUNNING


def figures(report: Report, end: Month) -> dict[str, Any]:
    """Return how many measures stand how, and the first and last planned months."""
    counts = Counter(standing(measure, end).value for measure in report.measures())
    months = report.months()
    return {
        "measures": sum(counts.values()),
        "standings": {each.value: counts[each.value] for each in Standing if counts[each.value]},
        "first_month": months[0].iso() if months else None,
        "last_month": months[-1].iso() if months else None,
    }


class Kind(Enum):
    """What happened to a measure between two reports."""

    DONE = "done"
    STARTED = "started"
    LATE = "late"
    DISCONTINUED = "discontinued"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    SILENT = "silent"
    HEARD = "heard"


@dataclass(frozen=True)
class Change:
    """A measure to which something happened; its months before and after where they moved."""

    kind: Kind
    title: str
    before: tuple[Month, ...] = ()
    after: tuple[Month, ...] = ()


STATES = {
    "done": Kind.DONE,
    "running": Kind.STARTED,
    "late": Kind.LATE,
    "discontinued": Kind.DISCONTINUED,
}


def changes(before: Report, after: Report) -> list[Change]:
    """Return what happened between two reports, in the order of the kinds and of the table."""
    known = _keyed(before)
    found: list[Change] = []
    for key, measure in _keyed(after).items():
        old = known.pop(key, None)
        if old is None:
            found.append(Change(Kind.ADDED, measure.title))
        else:
            found += _between(old, measure)
    found += (Change(Kind.REMOVED, measure.title) for measure in known.values())
    order = list(Kind)
    return sorted(found, key=lambda change: order.index(change.kind))


def pairs(before: Report | None, after: Report) -> Iterator[MeasureReport | None]:
    """Yield for each measure of a report the same one of the report before, None where new."""
    known = _keyed(before) if before else {}
    yield from (known.get(key) for key in _keyed(after))


def _between(old: MeasureReport, new: MeasureReport) -> Iterator[Change]:
    if old.state != new.state and new.state in STATES:
        yield Change(STATES[new.state], new.title)
    if old.months != new.months:
        yield Change(Kind.MOVED, new.title, old.months, new.months)
    if old.is_reported and not new.is_reported:
        yield Change(Kind.SILENT, new.title)
    if new.is_reported and not old.is_reported and new.state not in STATES:
        yield Change(Kind.HEARD, new.title)


def _keyed(report: Report) -> dict[tuple[str, str, int], MeasureReport]:
    """Return the measures by package and title; those of one title are told apart by number."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for package in report.work_packages:
        for measure in package.measures:
            name = package.title.casefold(), measure.title.casefold()
            found[*name, seen[name]] = measure
            seen[name] += 1
    return found
