"""Writing a plan's cards into the register; always called within a transaction."""

from collections import Counter, defaultdict
from typing import Any

from django.db import models
from django.utils import timezone

from hankkeet.models import (
    Attachment,
    Contact,
    ExternalKey,
    Implementer,
    Project,
    Publication,
    Section,
)
from hankkeet.models.necessities import lacking
from hankkeet.models.relations import KeyKind
from rahoitus.models import FundingShare
from sivusto.transfer.cardtext.model import Card
from sivusto.transfer.columns import drop_stale_plan, row_columns, set_cost, set_day
from sivusto.transfer.copying import Row, copy_in, reserve_keys
from sivusto.transfer.facts import necessities_of
from sivusto.transfer.keeping import keep
from sivusto.transfer.merge import Fact, Step, group_of
from sivusto.transfer.planned import Action, Plan, PlannedCard

ROWS: dict[str, tuple[type[models.Model], str]] = {
    "section": (Section, "sections"),
    "contact": (Contact, "contacts"),
    "attachment": (Attachment, "attachments"),
    "share": (FundingShare, "funding_shares"),
}


class Writer:
    """Writes the cards of one plan: rows of new cards together, changes one by one."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.register = plan.register
        self._new_rows: dict[type[models.Model], list[Row]] = defaultdict(list)

    def write(self) -> dict[int, str]:
        """Write everything; return the codes of new cards by their place in the plan."""
        cards = self.plan.cards
        new = {
            place: self._new_project(card)
            for place, card in enumerate(cards)
            if card.action == Action.NEW
        }
        reserve_keys(list(new.values()))
        copy_in(Project, [vars(project) for project in new.values()])
        written = [
            (card, project)
            for place, card in enumerate(cards)
            if card.new is not None and (project := new.get(place) or card.project)
        ]
        for card, project in written:
            if card.project is None:
                self._add(card, project)
            else:
                self._change(card, project)
        for model, rows in self._new_rows.items():
            copy_in(model, rows)
        keep(written, self.register)
        codes = Project.objects.filter(pk__any_of=[project.pk for project in new.values()])
        given = dict(codes.values_list("pk", "code"))
        return {place: given[project.pk] for place, project in new.items()}

    def _new_project(self, card: PlannedCard) -> Project:
        project = Project(publication=self.plan.publication)
        if self.plan.publication == Publication.PUBLISHED:
            if lacking(necessities_of(card.new or {}, self.register.funders)):
                project.publication = Publication.DRAFT
            else:
                project.published_at = timezone.now()
        self._set_fields(project, card)
        return project

    def _add(self, card: PlannedCard, project: Project) -> None:
        """Make the rows of a new card, each group's in the text's order."""
        said, number = card.text.card or Card(), Counter[str]()
        for key, fact in (card.new or {}).items():
            group = group_of(key)
            if group in ROWS:
                row = row_columns(group, fact, said, self.register)
                row |= {"project_id": project.pk, "position": number[group]}
                self._new_rows[ROWS[group][0]].append(row)
                number[group] += 1
            else:
                self._write_field(key, fact, project)

    def _change(self, card: PlannedCard, project: Project) -> None:
        steps = card.steps_taken
        if steps:
            self._set_fields(project, card)
            project.save()
        for step in steps:
            if step.new is not None:
                if step.now is not None:
                    _clear(step.key, project)
                self._write_field(step.key, step.new, project)
        for group in dict.fromkeys(group_of(step.key) for step in steps):
            if group in ROWS:
                mine = [step for step in steps if group_of(step.key) == group]
                self._write_rows(group, mine, card, project)

    def _set_fields(self, project: Project, card: PlannedCard) -> None:
        """Set the project's own columns where the text may change them."""
        said = card.text.card or Card()
        new = {step.key: step.new for step in card.steps_taken if step.new}
        if "name" in new:
            project.name = said.name
        if "project_type" in new:
            project.project_type_id = self.register.types.pk(new["project_type"].value)
        moved = "phase" in new
        if moved:
            project.phase = new["phase"].value
            new |= card.agreed("start_date", "end_date")
        for which in ("start", "end"):
            fact = new.get(f"{which}_date")
            if fact is not None:
                set_day(project, which, fact.row, anew=moved)
        drop_stale_plan(project)
        if "total_cost" in new:
            set_cost(project, said.total_cost, is_actual=said.total_cost_is_actual)

    def _write_field(self, key: str, fact: Fact, project: Project) -> None:
        """Write what a field of the card keeps in a table of its own."""
        if key == "portfolios":
            through = Project.portfolios.through
            self._new_rows[through] += [
                {"project_id": project.pk, "portfolio_id": self.register.portfolios.pk(ref)}
                for ref in fact.row
            ]
        elif key == "implementers":
            self._new_rows[Implementer] += [
                {
                    "project_id": project.pk,
                    "organisation_id": self.register.organisations.pk(ref),
                    "position": position,
                }
                for position, ref in enumerate(fact.row)
            ]
        elif key == "old_id":
            self._new_rows[ExternalKey].append(
                {"project_id": project.pk, "kind": KeyKind.OLD_REGISTER, "value": fact.value}
            )

    def _write_rows(
        self, group: str, steps: list[Step], card: PlannedCard, project: Project
    ) -> None:
        """Add, change and remove rows; an added one comes after the one before it in the text.

        A row that is there is a model, and one to be added its columns.
        """
        model, related = ROWS[group]
        order: list[Any] = list(getattr(project, related).all())
        by_key = {step.key: step for step in steps}
        for step in steps:
            if step.kind == "remove" and step.now:
                order.remove(step.now.row)
                step.now.row.delete()
        previous: Any = None
        for key in card.new or ():
            if group_of(key) != group:
                continue
            columns = self._columns(group, by_key.get(key), card)
            row = card.now[key].row if card.now and key in card.now else None
            if columns and row is not None:
                _update(row, columns)
            elif columns:
                row = columns | {"project_id": project.pk}
                order.insert(order.index(previous) + 1 if previous else 0, row)
            previous = row or previous
        self._number(model, order)

    def _columns(self, group: str, step: Step | None, card: PlannedCard) -> dict[str, Any]:
        if step is None or step.new is None:
            return {}
        return row_columns(group, step.new, card.text.card or Card(), self.register)

    def _number(self, model: type[models.Model], order: list[Any]) -> None:
        """Give the rows their places; new ones are made with the others at the end."""
        has_new = any(isinstance(row, dict) for row in order)
        for position, row in enumerate(order):
            if isinstance(row, dict):
                self._new_rows[model].append(row | {"position": position})
            elif has_new and row.position != position:
                model._default_manager.filter(pk=row.pk).update(position=position)


def _clear(key: str, project: Project) -> None:
    """Take away what a changed list held."""
    if key == "portfolios":
        project.portfolios.clear()
    elif key == "implementers":
        Implementer.objects.filter(project=project).delete()


def _update(row: models.Model, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
