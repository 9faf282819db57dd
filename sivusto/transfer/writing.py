"""Writing a plan's cards into the register; always called within a transaction."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.db import models
from django.utils import timezone

from hankkeet.models import (
    Attachment,
    Contact,
    ExternalKey,
    Implementer,
    Phase,
    Project,
    Publication,
    Section,
)
from hankkeet.models.necessities import lacking
from hankkeet.models.relations import KeyKind
from rahoitus.models import FundingShare
from sivusto.models import ImportedCard
from sivusto.transfer.cardtext.model import Card
from sivusto.transfer.columns import drop_stale_plan, row_columns, set_cost, set_day
from sivusto.transfer.copying import copy_in, reserve_keys
from sivusto.transfer.facts import necessities_of, with_made_rows
from sivusto.transfer.known import AnyText, reading_of, remember_state
from sivusto.transfer.merge import Base, Fact, Step, group_of
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
        self._new_rows: dict[type[models.Model], list[Any]] = defaultdict(list)

    def write(self) -> dict[int, str]:
        """Write everything; return the codes of new cards by their place in the plan."""
        cards = self.plan.cards
        new = {
            place: self._new_project(card)
            for place, card in enumerate(cards)
            if card.action == Action.NEW
        }
        reserve_keys(list(new.values()))
        copy_in(list(new.values()))
        written = [
            (card, project)
            for place, card in enumerate(cards)
            if card.new is not None and (project := new.get(place) or card.project)
        ]
        for card, project in written:
            self._write(card, project)
        for rows in self._new_rows.values():
            copy_in(rows)
        self._remember(written)
        codes = Project.objects.filter(pk__in=[project.pk for project in new.values()])
        given = dict(codes.values_list("pk", "code"))
        return {place: given[project.pk] for place, project in new.items()}

    def _new_project(self, card: PlannedCard) -> Project:
        project = Project(publication=self.plan.publication)
        if self.plan.publication == Publication.PUBLISHED:
            if lacking(necessities_of(card.new or {})):
                project.publication = Publication.DRAFT
            else:
                project.published_at = timezone.now()
        self._set_fields(project, card)
        return project

    def _write(self, card: PlannedCard, project: Project) -> None:
        steps = card.steps_taken
        if steps and card.project is not None:
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
                through(project_id=project.pk, portfolio_id=self.register.portfolios.pk(ref))
                for ref in fact.row
            ]
        elif key == "implementers":
            self._new_rows[Implementer] += [
                Implementer(
                    project=project,
                    organisation_id=self.register.organisations.pk(ref),
                    position=position,
                )
                for position, ref in enumerate(fact.row)
            ]
        elif key == "old_id":
            self._new_rows[ExternalKey].append(
                ExternalKey(project=project, kind=KeyKind.OLD_REGISTER, value=fact.value)
            )

    def _write_rows(
        self, group: str, steps: list[Step], card: PlannedCard, project: Project
    ) -> None:
        """Add, change and remove rows; an added one comes after the one before it in the text."""
        model, related = ROWS[group]
        order = list(getattr(project, related).all()) if card.project else []
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
                row = model(project=project, **columns)
                order.insert(order.index(previous) + 1 if previous else 0, row)
            previous = row or previous
        self._number(model, order)

    def _columns(self, group: str, step: Step | None, card: PlannedCard) -> dict[str, Any]:
        if step is None or step.new is None:
            return {}
        return row_columns(group, step.new, card.text.card or Card(), self.register)

    def _number(self, model: type[models.Model], order: list[Any]) -> None:
        """Give the rows their places; new ones are made with the others at the end."""
        has_new = any(row.pk is None for row in order)
        for position, row in enumerate(order):
            if row.pk is None:
                row.position = position
                self._new_rows[model].append(row)
            elif has_new and row.position != position:
                model._default_manager.filter(pk=row.pk).update(position=position)

    def _remember(self, written: list[tuple[PlannedCard, Project]]) -> None:
        """Keep what the texts said, with the keys of the rows that have been made for them."""
        new, old = [], []
        for card, project in written:
            row = ImportedCard(
                project=project,
                source=card.text.source[:500],
                values=self._base_after(card).to_json(),
                **(_known_by(card.text) if card.is_as_told else {}),
            )
            if card.project is None:
                new.append(row)
            elif _has_moved(row, self.register.imported(card.project)):
                old.append(row)
        copy_in(new)
        ImportedCard.objects.bulk_create(
            old,
            update_conflicts=True,
            unique_fields=["project"],
            update_fields=["source", "values", "digest", "reading", "imported_at"],
        )
        remember_state([row.pk for row in (*new, *old) if row.digest])

    def _base_after(self, card: PlannedCard) -> Base:
        keys, new = {}, {}
        for key, fact in (card.new or {}).items():
            keys[key], made = with_made_rows(key, fact, self.register)
            new[keys[key]] = made
        steps = tuple(
            step if keys.get(step.key, step.key) == step.key else replace(step, key=keys[step.key])
            for step in card.steps
        )
        base = replace(card, new=new, steps=steps).base_after
        if card.project is None:
            # A text without a phase leaves the card with the register's own first phase.
            base = replace(base, facts={"phase": Phase.PLANNED.value} | dict(base.facts))
        return base


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


def _known_by(text: AnyText) -> dict[str, Any]:
    return {"digest": text.digest, "reading": reading_of(text)}


def _has_moved(row: ImportedCard, kept: ImportedCard | None) -> bool:
    """Tell whether there is something new to keep of a text.

    A card that is unchanged and does not know its text yet, or was changed by staff since, learns
    that it need not be read again.
    """
    if kept is None or row.values != kept.values:
        return True
    return bool(row.digest) and kept.digest in ("", row.digest)
