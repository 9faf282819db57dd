"""The only writer of reports that were read: all of a plan or nothing."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from hankkeet.models import Project
from seuranta.models import Measure, PlannedRange, ReportingPeriod, StatusEntry, WorkPackage
from seuranta.report import MeasureReport, month_ranges
from sivusto.monitoring.intake.order import arranged
from sivusto.monitoring.intake.plan import (
    Action,
    ImportPlan,
    Key,
    ReportRefusedError,
    folded,
    known_entries,
    known_packages,
    plan,
)
from sivusto.monitoring.reading.headings import word_of

BATCH = 1000
K = TypeVar("K", bound=Hashable)


def apply(planned: ImportPlan) -> ImportPlan:
    """Write a plan and return it. Raises ReportRefusedError if the project has changed since."""
    with transaction.atomic():
        project = Project.objects.select_for_update(of=("self",)).get(pk=planned.project.pk)
        now = plan(project, planned.reading, planned.period)
        if _deeds(now) != _deeds(planned):
            raise ReportRefusedError(
                _("Hankkeen seuranta on muuttunut sen jälkeen, kun suunnitelma tehtiin.")
            )
        start, end = planned.period
        period, _is_new = ReportingPeriod.objects.get_or_create(
            project=project, start_date=start, end_date=end
        )
        _Writer(project, period, now).write()
    return now


def _deeds(planned: ImportPlan) -> tuple[object, ...]:
    return planned.measures, planned.opens_period, planned.moved_packages


class _Writer:
    def __init__(self, project: Project, period: ReportingPeriod, planned: ImportPlan) -> None:
        self.project = project
        self.period = period
        self.planned = planned

    def write(self) -> None:
        """Write packages, measures, months and entries, in so many statements of any size."""
        packages = self._packages()
        measures = self._measures(packages)
        self._ranges(measures)
        self._entries(measures)

    def _packages(self) -> dict[str, WorkPackage]:
        known = known_packages(self.project)
        titles = {folded(title): title for title in self.planned.packages}
        new = {
            name: WorkPackage(project=self.project, title=title, word=word_of(title))
            for name, title in titles.items()
            if name not in known
        }
        packages = known | new
        shifted: list[str] = []
        if new or self.planned.moved_packages:
            shifted = _put_in_order(packages, arranged(known, titles))
        WorkPackage.objects.bulk_create(new.values(), batch_size=BATCH)
        moved = [known[name] for name in shifted if name in known]
        WorkPackage.objects.bulk_update(moved, ["position"], batch_size=BATCH)
        return packages

    def _measures(self, packages: dict[str, WorkPackage]) -> dict[Key, Measure]:
        known = self._known_measures()
        new: dict[Key, Measure] = {}
        changed: dict[Key, Measure] = {}
        for planned in self.planned.measures:
            said, key = planned.measure, planned.key
            if planned.action is Action.NEW:
                new[key] = Measure(work_package=packages[key[0]], title=said.title)
            elif {"details", "unit"} & set(planned.changes):
                changed[key] = known[key]
            row = new.get(key) or known[key]
            row.details, row.unit = said.details, said.unit
        measures = known | new
        shifted = self._shifted(known, measures)
        Measure.objects.bulk_create(new.values(), batch_size=BATCH)
        written = changed | {key: row for key, row in shifted.items() if key not in new}
        fields = ["details", "unit", "position"]
        Measure.objects.bulk_update(written.values(), fields, batch_size=BATCH)
        return measures

    def _known_measures(self) -> dict[Key, Measure]:
        known: dict[Key, Measure] = {}
        seen: dict[tuple[str, str], int] = defaultdict(int)
        rows = Measure.objects.filter(work_package__project=self.project)
        for row in rows.select_related("work_package").order_by("work_package", "position", "id"):
            name = folded(row.work_package.title), folded(row.title)
            known[*name, seen[name]] = row
            seen[name] += 1
        return known

    def _shifted(
        self, known: dict[Key, Measure], measures: dict[Key, Measure]
    ) -> dict[Key, Measure]:
        """Put packages with new or moved measures into the report's order; return what moved."""
        before: dict[str, list[Key]] = defaultdict(list)
        after: dict[str, list[Key]] = defaultdict(list)
        for key in known:
            before[key[0]].append(key)
        touched = set()
        for planned in self.planned.measures:
            package = planned.key[0]
            after[package].append(planned.key)
            if planned.is_moved or planned.action is Action.NEW:
                touched.add(package)
        orders = (arranged(before[package], after[package]) for package in touched)
        return {key: measures[key] for order in orders for key in _put_in_order(measures, order)}

    def _ranges(self, measures: dict[Key, Measure]) -> None:
        touched = [
            (measures[planned.key], planned.measure)
            for planned in self.planned.measures
            if planned.action is Action.NEW or "months" in planned.changes
        ]
        PlannedRange.objects.filter(measure__in=[row for row, _said in touched]).delete()
        PlannedRange.objects.bulk_create(
            (
                PlannedRange.of(first, last, measure=row)
                for row, said in touched
                for first, last in month_ranges(said.months)
            ),
            batch_size=BATCH,
        )

    def _entries(self, measures: dict[Key, Measure]) -> None:
        known = known_entries(self.period)
        new, changed = [], []
        for planned in self.planned.measures:
            row, said = measures[planned.key], planned.measure
            if not said.is_reported:
                continue
            entry = known.get(row.pk)
            if entry is None:
                entry = StatusEntry(period=self.period, measure=row)
                new.append(entry)
            elif {"state", "status", "next_steps"} & set(planned.changes):
                changed.append(entry)
            _fill(entry, said)
        StatusEntry.objects.bulk_create(new, batch_size=BATCH)
        fields = ["state", "status", "next_steps"]
        StatusEntry.objects.bulk_update(changed, fields, batch_size=BATCH)


def _put_in_order(rows: Mapping[K, WorkPackage | Measure], order: Iterable[K]) -> list[K]:
    """Give the rows their places; return the keys of those whose place is another than it was."""
    shifted = []
    for place, key in enumerate(order):
        if rows[key].position != place:
            rows[key].position = place
            shifted.append(key)
    return shifted


def _fill(entry: StatusEntry, said: MeasureReport) -> None:
    entry.state, entry.status, entry.next_steps = said.state, said.status, said.next_steps
