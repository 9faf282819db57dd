"""What an import keeps of each text, for the next one to compare with."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hankkeet.models import Phase, Project
from sivusto.models import ImportedCard
from sivusto.transfer.copying import Row, copy_in
from sivusto.transfer.facts import with_made_rows
from sivusto.transfer.known import reading_of, remember_state
from sivusto.transfer.merge import Base
from sivusto.transfer.planned import PlannedCard
from sivusto.transfer.register import Register


def keep(written: Iterable[tuple[PlannedCard, Project]], register: Register) -> None:
    """Keep what the texts said, with the keys of the rows that have been made for them."""
    new, old = [], []
    for card, project in written:
        row: dict[str, Any] = {
            "project_id": project.pk,
            "source": card.text.source[:500],
            "values": _base_after(card, register).to_json(),
            "digest": card.text.digest if card.is_as_told else "",
            "reading": reading_of(card.text) if card.is_as_told else {},
        }
        if card.project is None:
            new.append(row)
        elif _has_moved(row, register.imported(card.project)):
            old.append(row)
    copy_in(ImportedCard, new)
    ImportedCard.objects.bulk_create(
        [ImportedCard(**row) for row in old],
        update_conflicts=True,
        unique_fields=["project"],
        update_fields=["source", "values", "digest", "reading", "imported_at"],
    )
    remember_state([row["project_id"] for row in (*new, *old) if row["digest"]])


def _base_after(card: PlannedCard, register: Register) -> Base:
    if register.has_made_rows:
        card = _with_made_rows(card, register)
    base = card.base_after
    if card.project is None:
        # A text without a phase leaves the card with the register's own first phase.
        base = replace(base, facts={"phase": Phase.PLANNED.value} | dict(base.facts))
    return base


def _with_made_rows(card: PlannedCard, register: Register) -> PlannedCard:
    keys, new = {}, {}
    for key, fact in (card.new or {}).items():
        keys[key], made = with_made_rows(key, fact, register)
        new[keys[key]] = made
    steps = tuple(
        step if keys.get(step.key, step.key) == step.key else replace(step, key=keys[step.key])
        for step in card.steps
    )
    return replace(card, new=new, steps=steps)


def _has_moved(row: Row, kept: ImportedCard | None) -> bool:
    """Tell whether there is something new to keep of a text.

    A card that is unchanged and does not know its text yet, or was changed by staff since, learns
    that it need not be read again.
    """
    if kept is None or row["values"] != kept.values:
        return True
    return bool(row["digest"]) and kept.digest in ("", row["digest"])
