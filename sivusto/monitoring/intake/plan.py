"""What writing a report would do, found out without writing anything."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hankkeet.models import Project
from seuranta.models import ReportingPeriod, StatusEntry, WorkPackage
from seuranta.report import MeasureReport, Report
from seuranta.tables import report_of
from sivusto.monitoring.intake.order import moved
from sivusto.monitoring.reading.found import Reading


class ReportRefusedError(Exception):
    """The report cannot be brought in; the message is in Finnish, for people."""


class Action(Enum):
    """What becomes of a measure."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    UNCHANGED = "unchanged"


ACTIONS = {
    Action.NEW: gettext_lazy("uusi"),
    Action.CHANGED: gettext_lazy("muuttuu"),
    Action.MOVED: gettext_lazy("siirtynyt"),
    Action.UNCHANGED: gettext_lazy("ennallaan"),
}
FIELDS = {
    "details": gettext_lazy("tarkennus"),
    "unit": gettext_lazy("vastuuyksikkö"),
    "months": gettext_lazy("kuukaudet"),
    "state": gettext_lazy("tila"),
    "status": gettext_lazy("tilanne"),
    "next_steps": gettext_lazy("jatkotoimenpiteet"),
}
# Where a report says nothing of these, what is known stays.
KEPT = ("unit", "state", "status", "next_steps")
Period = tuple[date, date]
Key = tuple[str, str, int]


@dataclass(frozen=True)
class PlannedMeasure:
    """A measure of the report, what it will be, and what becomes of it.

    ``changes`` names the fields that change; ``number`` tells measures of one title apart.
    ``is_moved`` where it stands in another order among those known before.
    """

    package: str
    measure: MeasureReport
    flags: tuple[str, ...]
    action: Action
    changes: tuple[str, ...] = ()
    number: int = 0
    is_moved: bool = False

    @property
    def key(self) -> Key:
        """What the measure is known by within its project."""
        return folded(self.package), folded(self.measure.title), self.number


@dataclass(frozen=True)
class ImportPlan:
    """Everything that writing a report would do; ``missing`` are measures that it leaves out.

    ``moved_packages`` are the folded titles of work packages that come in another order.
    """

    project: Project
    period: Period
    opens_period: bool
    packages: tuple[str, ...]
    measures: tuple[PlannedMeasure, ...]
    missing: tuple[str, ...]
    reading: Reading
    moved_packages: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[Action, int]:
        """How many measures there are of each action."""
        return {a: sum(planned.action is a for planned in self.measures) for a in Action}

    @property
    def changes_anything(self) -> bool:
        """Whether writing would change the register."""
        is_same = self.counts[Action.UNCHANGED] == len(self.measures)
        return self.opens_period or bool(self.moved_packages) or not is_same

    def grouped(self) -> Iterator[tuple[str, list[PlannedMeasure]]]:
        """Yield the titles of work packages with their measures, empty ones too."""
        found: dict[str, list[PlannedMeasure]] = {title: [] for title in self.packages}
        for planned in self.measures:
            found[planned.package].append(planned)
        yield from found.items()


def plan(project: Project, reading: Reading, period: Period | None = None) -> ImportPlan:
    """Compare a report with what is known of the project. Takes five queries of any size.

    Raises ReportRefusedError where it is not known which period the report is of, or that is
    locked already.
    """
    days, known_period = _period(project, reading.report, period)
    before_it = report_of(project, known_period)
    known = dict(_keyed(before_it))
    moves = _moves(known, [key for key, _measure in _keyed(reading.report)])
    has_months = any(measure.months for measure in reading.report.measures())
    titles = [p.title for p in reading.report.work_packages for _measure in p.measures]
    planned = []
    for title, (key, measure), flags in zip(
        titles, _keyed(reading.report), reading.flags, strict=True
    ):
        before = known.pop(key, None)
        after = _merged(before, measure, has_months=has_months)
        action, changes = _becomes(before, after, is_moved=key in moves)
        planned.append(
            PlannedMeasure(title, after, flags, action, changes, key[2], is_moved=key in moves)
        )
    return ImportPlan(
        project=project,
        period=days,
        opens_period=known_period is None,
        packages=tuple(package.title for package in reading.report.work_packages),
        measures=tuple(planned),
        missing=tuple(measure.title for measure in known.values()),
        reading=reading,
        moved_packages=moved(*map(_titles, (before_it, reading.report))),
    )


def _titles(report: Report) -> list[str]:
    return [folded(package.title) for package in report.work_packages]


def _moves(before: Iterable[Key], after: Iterable[Key]) -> set[Key]:
    """Return which measures come in another order within their work package."""
    orders: dict[str, tuple[list[Key], list[Key]]] = defaultdict(lambda: ([], []))
    for side, keys in enumerate((before, after)):
        for key in keys:
            orders[key[0]][side].append(key)
    return {key for old, new in orders.values() for key in moved(old, new)}


def _keyed(report: Report) -> Iterator[tuple[Key, MeasureReport]]:
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for package in report.work_packages:
        for measure in package.measures:
            name = folded(package.title), folded(measure.title)
            yield (*name, seen[name]), measure
            seen[name] += 1


def folded(text: str) -> str:
    """Return a title as titles are compared: case and spaces mean nothing."""
    return " ".join(text.casefold().split())


def _merged(
    before: MeasureReport | None, measure: MeasureReport, *, has_months: bool
) -> MeasureReport:
    """Return the measure as it will be: what the report does not tell stays as it is known."""
    if before is None:
        return measure
    values: dict[str, Any] = dict(vars(measure))
    values |= {name: getattr(before, name) for name in KEPT if not values[name]}
    if not has_months:
        values["months"] = before.months
    return MeasureReport(**values)


def _becomes(
    before: MeasureReport | None, after: MeasureReport, *, is_moved: bool
) -> tuple[Action, tuple[str, ...]]:
    """Return what becomes of a measure, and the fields of it that change."""
    if before is None:
        return Action.NEW, ()
    changes = tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))
    otherwise = Action.MOVED if is_moved else Action.UNCHANGED
    return Action.CHANGED if changes else otherwise, changes


def _period(
    project: Project, report: Report, wanted: Period | None
) -> tuple[Period, ReportingPeriod | None]:
    """Return the days of the period that the report tells of, and the period if it is there.

    Not told, it is the one that is open; where none is, it is that of the marked months.
    """
    if wanted is None:
        opened = list(ReportingPeriod.objects.open().filter(project=project)[:2])
        if len(opened) > 1:
            raise ReportRefusedError(
                _("Hankkeella on avoinna useita raportointijaksoja. Kerro, mitä jaksoa tämä on.")
            )
        if opened:
            return (opened[0].start_date, opened[0].end_date), opened[0]
        wanted = _marked_days(report)
    start, end = wanted
    found = ReportingPeriod.objects.filter(project=project, start_date=start, end_date=end).first()
    if found and not found.is_open:
        raise ReportRefusedError(
            _("Raportointijakso %(period)s on jo lukittu. Avaa se ennen tuontia.")
            % {"period": found}
        )
    return wanted, found


def _marked_days(report: Report) -> Period:
    months = report.months()
    if not months:
        raise ReportRefusedError(
            _("Raportissa ei ole kuukausia. Kerro, minkä raportointijakson tilannetta tämä on.")
        )
    first, last = months[0], months[-1]
    end = monthrange(last.year, last.month)[1]
    return date(first.year, first.month, 1), date(last.year, last.month, end)


def known_packages(project: Project) -> dict[str, WorkPackage]:
    """Return the project's work packages by their folded titles."""
    return {folded(package.title): package for package in project.work_packages.all()}


def known_entries(period: ReportingPeriod) -> dict[int, StatusEntry]:
    """Return what a period tells, by the measure's key."""
    return {entry.measure_id: entry for entry in period.entries.all()}
