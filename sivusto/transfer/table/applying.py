"""Writing what a table's plan shows: the only writer, one transaction, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from hankkeet.models import Implementer, Organisation, Project, ProjectType
from salkut.models import Portfolio
from sivusto.checks.store import refresh
from sivusto.history.recording import record
from sivusto.transfer.table.cells import Value
from sivusto.transfer.table.planned import Action, PlannedRow, Rights, TablePlan
from sivusto.transfer.table.planning import EVERYTHING, plan, put_facts


class TableRefusedError(Exception):
    """Nothing was written; the message tells why in Finnish."""


@dataclass(frozen=True)
class Written:
    """How many cards were made and changed."""

    new: int
    changed: int


def apply(
    planned: TablePlan,
    rights: Rights = EVERYTHING,
    *,
    by: Any = None,
    shown: str = "",
    reason: str = "",
) -> Written:
    """Write what the plan shows, wholly, or nothing at all.

    ``shown`` is the digest of what a person has agreed to, where that was an earlier plan. Raises
    TableRefusedError if a row is faulty or in conflict, and if the cards have changed meanwhile.
    """
    if planned.is_blocked:
        raise TableRefusedError(
            "Mitään ei tallennettu, sillä osa riveistä on virheellisiä tai ristiriidassa."
        )
    try:
        with transaction.atomic():
            codes = [row.code for row in planned.written_rows]
            held = Project.objects.filter(code__in=codes).order_by("pk").select_for_update()
            list(held.values_list("pk"))
            fresh = plan(planned.table, rights)
            if fresh.digest != (shown or planned.digest):
                raise TableRefusedError(
                    "Rekisteri on muuttunut sen jälkeen, kun muutokset näytettiin. Mitään ei "
                    "tallennettu. Tarkista muutokset uudelleen."
                )
            return _write(fresh, by, reason)
    except IntegrityError as error:
        raise TableRefusedError(
            f"Mitään ei tallennettu, sillä tietokanta hylkäsi tiedon: {str(error).splitlines()[0]}"
        ) from error


def _write(planned: TablePlan, by: Any, reason: str) -> Written:
    writer = _Writer()
    written = [(row, writer.write(row)) for row in planned.written_rows]
    projects = [project for _row, project in written]
    new = [project for row, project in written if row.action == Action.NEW]
    if by is not None and not by.is_superuser:
        for project in new:
            project.managers.add(by)
    if by is not None:
        _log(written, by)
    refresh([project.pk for project in projects])
    record(projects, by, reason)
    return Written(len(new), len(projects) - len(new))


class _Writer:
    """Writes rows; the names that they refer to are looked up once."""

    def __init__(self) -> None:
        self.types = {each.name: each for each in ProjectType.objects.all()}
        self.portfolios = {each.name: each for each in Portfolio.objects.all()}
        self.organisations = dict(Organisation.objects.values_list("name", "pk"))

    def write(self, row: PlannedRow) -> Project:
        """Write one row; return its card."""
        project = row.project or Project()
        values: Mapping[str, Value] = {step.key: step.new for step in row.steps}
        put_facts(project, values)
        if "project_type" in values:
            project.project_type = self.types.get(str(values["project_type"]))
        project.save()
        names = values.get("portfolios")
        if isinstance(names, tuple):
            project.portfolios.set([self.portfolios[name] for name in names])
        names = values.get("implementers")
        if isinstance(names, tuple):
            self._implementers(project, names)
        return project

    def _implementers(self, project: Project, names: tuple[str, ...]) -> None:
        project.implementer_set.all().delete()
        Implementer.objects.bulk_create(
            Implementer(project=project, organisation_id=self.organisations[name], position=place)
            for place, name in enumerate(names)
        )


def _log(written: list[tuple[PlannedRow, Project]], by: Any) -> None:
    kind = ContentType.objects.get_for_model(Project)
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=by.pk,
            content_type=kind,
            object_id=str(project.pk),
            object_repr=str(project)[:200],
            action_flag=ADDITION if row.action == Action.NEW else CHANGE,
            change_message=f"Tuotu taulukosta: {', '.join(step.label for step in row.steps)}",
        )
        for row, project in written
    )
