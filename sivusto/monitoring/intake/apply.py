"""The only writer of reports that were read: all of a plan or nothing."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from hankkeet.models import Project
from seuranta.models import Measure, PlannedRange, ReportingPeriod, StatusEntry, WorkPackage
from seuranta.report import MeasureReport, month_ranges
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


def apply(planned: ImportPlan) -> ImportPlan:
    """Write a plan and return it. Raises ReportRefusedError if the project has changed since."""
    with transaction.atomic():
        project = Project.objects.select_for_update(of=("self",)).get(pk=planned.project.pk)
        now = plan(project, planned.reading, planned.period)
        if (now.measures, now.opens_period) != (planned.measures, planned.opens_period):
            raise ReportRefusedError(
                _("Hankkeen seuranta on muuttunut sen jälkeen, kun suunnitelma tehtiin.")
            )
        start, end = planned.period
        period, _is_new = ReportingPeriod.objects.get_or_create(
            project=project, start_date=start, end_date=end
        )
        _Writer(project, period, now).write()
    return now


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
        last = max((package.position for package in known.values()), default=-1)
        new = [title for title in self.planned.packages if folded(title) not in known]
        made = WorkPackage.objects.bulk_create(
            WorkPackage(project=self.project, title=title, word=word_of(title), position=place)
            for place, title in enumerate(new, start=last + 1)
        )
        return known | {folded(package.title): package for package in made}

    def _measures(self, packages: dict[str, WorkPackage]) -> dict[Key, Measure]:
        known: dict[Key, Measure] = {}
        seen: dict[tuple[str, str], int] = defaultdict(int)
        places: dict[int, int] = defaultdict(int)
        rows = Measure.objects.filter(work_package__project=self.project)
        for row in rows.select_related("work_package").order_by("work_package", "position", "id"):
            name = folded(row.work_package.title), folded(row.title)
            known[*name, seen[name]] = row
            seen[name] += 1
            places[row.work_package_id] = row.position + 1
        new: dict[Key, Measure] = {}
        changed: list[Measure] = []
        for planned in self.planned.measures:
            said = planned.measure
            if planned.action is Action.NEW:
                package = packages[folded(planned.package)]
                row = Measure(work_package=package, title=said.title, position=places[package.pk])
                places[package.pk] += 1
                new[planned.key] = row
            else:
                row = known[planned.key]
                if {"details", "unit"} & set(planned.changes):
                    changed.append(row)
            row.details, row.unit = said.details, said.unit
        Measure.objects.bulk_create(new.values(), batch_size=BATCH)
        Measure.objects.bulk_update(changed, ["details", "unit"], batch_size=BATCH)
        return known | new

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


def _fill(entry: StatusEntry, said: MeasureReport) -> None:
    entry.state, entry.status, entry.next_steps = said.state, said.status, said.next_steps
