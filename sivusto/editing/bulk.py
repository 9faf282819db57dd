"""One change to many cards: planned card by card in sentences, then made to all or to none."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hankkeet.models import Contact, Project
from sivusto.card.queries import cards
from sivusto.checks.store import refresh
from sivusto.editing.bulk_change import Change, Person, Task
from sivusto.history.contents import Content
from sivusto.history.differences import differences
from sivusto.history.recording import record
from sivusto.history.snapshot import snapshot

LAST_PLACE = 32_767  # the column's largest number
Refuse = Callable[[Sequence[Project]], Mapping[int, str]]


class BulkRefusedError(Exception):
    """Nothing was changed; the message tells why in Finnish."""


@dataclass(frozen=True)
class PlannedCard:
    """What becomes of one card: sentences for staff, or why nothing may be done to it."""

    project: Project
    sentences: Sequence[str]
    told: Sequence[str]  # the same for the log, where no person is named
    refusal: str = ""
    contacts: Sequence[Contact] = field(default=(), repr=False)

    @property
    def is_changed(self) -> bool:
        """Whether the card is written."""
        return bool(self.sentences) and not self.refusal

    @property
    def stamp(self) -> str:
        """What stands for the card as it is and for what would be done to it."""
        text = json.dumps([self.project.version, [*self.sentences], self.refusal])
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def tasks_of(keys: Iterable[int]) -> dict[Task, int]:
    """Return the tasks that the cards' contacts have, and on how many cards; by name."""
    counted: dict[Task, set[int]] = {}
    for contact in Contact.objects.filter(project__in=list(keys)):
        counted.setdefault(Task.of(contact), set()).add(contact.project_id)
    ordered = sorted(counted, key=lambda task: (task.person_name, task.role, task.unit))
    return {task: len(counted[task]) for task in ordered}


def plan(keys: Iterable[int], change: Change, refuse: Refuse) -> list[PlannedCard]:
    """Tell what the change would do to each card, by name; writes nothing.

    ``refuse`` tells of which cards the person may not change, and why. Eleven queries however many
    the cards are.
    """
    chosen = list(cards().filter(pk__in=list(keys)).order_by("name", "pk"))
    refusals = refuse(chosen)
    return [_planned(project, change, refusals.get(project.pk, "")) for project in chosen]


@transaction.atomic
def apply(
    change: Change, shown: Mapping[int, str], refuse: Refuse, by: Any, reason: str = ""
) -> int:
    """Make the change to all the cards that it touches; return their number.

    ``shown`` has the stamp of each card as it was planned. Raises BulkRefusedError if one of them
    has changed since or is gone: then none is changed.
    """
    held = Project.objects.filter(pk__in=list(shown)).order_by("pk").select_for_update()
    list(held.values_list("pk"))
    planned = plan(shown, change, refuse)
    stale = [each for each in planned if shown[each.project.pk] != each.stamp]
    if stale or len(planned) != len(shown):
        names = ", ".join(each.project.name for each in stale[:10]) or _("poistettu kortti")
        text = _("Mitään ei muutettu, sillä jokin on muuttunut esikatselun jälkeen: %(names)s.")
        raise BulkRefusedError(text % {"names": names})
    changed = [each for each in planned if each.is_changed]
    _write(changed, change)
    _log(changed, by)
    refresh([each.project.pk for each in changed])
    record([each.project for each in changed], by, reason)
    return len(changed)


def _planned(project: Project, change: Change, refusal: str) -> PlannedCard:
    before = snapshot(project)
    after = _changed(before, change)
    facts = differences(before, after)
    contacts = list(project.contacts.all())
    if change.adds_contact:
        named = _additions(contacts, change)
    else:
        named = [c for c in contacts if _is_replaced(c, change)]
    if not refusal and project.is_public and before["portfolios"] and not after["portfolios"]:
        refusal = _("Julkaistu kortti jäisi ilman salkkua.")
    return PlannedCard(
        project,
        [*facts, *(_sentence(contact, change, is_named=True) for contact in named)],
        [*facts, *(_sentence(contact, change, is_named=False) for contact in named)],
        refusal,
        named,
    )


def _changed(content: Content, change: Change) -> Content:
    removed = {portfolio.pk for portfolio in change.removed}
    kept = [row for row in content["portfolios"] if row["id"] not in removed]
    known = {row["id"] for row in kept}
    added = [{"id": p.pk, "name": p.name} for p in change.added if p.pk not in known]
    phase = change.phase or content["phase"]
    return content | {"phase": phase, "portfolios": [*kept, *added]}


def _is_replaced(contact: Contact, change: Change) -> bool:
    """Tell whether the contact is somebody else's than the person's and to be hers."""
    if change.person is None or Task.of(contact) not in change.tasks:
        return False
    now = (contact.person_name, contact.phone, contact.email, contact.visibility)
    then = change.person
    return now != (then.person_name, then.phone, then.email, then.visibility)


def _additions(contacts: Sequence[Contact], change: Change) -> list[Contact]:
    """Return the new contact, unless the card has the same one already."""
    person = change.person
    if person is None:
        return []
    new = Task(change.role, change.unit, person.person_name)
    if any(Task.of(contact) == new for contact in contacts):
        return []
    last = max((contact.position for contact in contacts), default=0)
    place = {"unit_email": change.unit_email, "position": min(last + 1, LAST_PLACE)}
    return [Contact(role=change.role, unit=change.unit, **vars(person), **place)]


def _sentence(contact: Contact, change: Change, *, is_named: bool) -> str:
    place, person = Task.of(contact).place, change.person.person_name if change.person else ""
    if change.adds_contact:
        names = [place, *([person] if is_named else [])]
        return f"Yhteyshenkilö lisättiin: {': '.join(filter(None, names))}."
    where = f" ({place})" if place else ""
    if not is_named:
        return f"Yhteyshenkilö vaihtui{where}."
    return f"Yhteyshenkilö vaihtui{where}: {contact.person_name or 'ei ketään'} → {person}."


def _write(changed: Sequence[PlannedCard], change: Change) -> None:
    """Write what was planned; the same number of queries however many the cards are."""
    keys = [each.project.pk for each in changed]
    phase = {"phase": change.phase} if change.phase else {}
    Project.objects.filter(pk__in=keys).update(updated_at=timezone.now(), **phase)
    through: Any = Project.portfolios.through
    through.objects.filter(project__in=keys, portfolio__in=change.removed).delete()
    through.objects.bulk_create(
        (through(project_id=key, portfolio=each) for key in keys for each in change.added),
        ignore_conflicts=True,
    )
    contacts = []
    for each in changed:
        for contact in each.contacts:
            contact.project = each.project
            contacts.append(contact)
    if change.adds_contact:
        Contact.objects.bulk_create(contacts)
    elif change.person is not None:
        for contact in contacts:
            _hand_over(contact, change.person)
        fields = ["person_name", "phone", "email", "visibility", "start_date"]
        Contact.objects.bulk_update(contacts, [*fields, "end_date", "share_percent"])


def _hand_over(contact: Contact, person: Person) -> None:
    """Attach the person; how long and how much the one before her worked is not hers."""
    for name, value in vars(person).items():
        setattr(contact, name, value)
    contact.end_date = contact.share_percent = None


def _log(changed: Sequence[PlannedCard], by: Any) -> None:
    kind = ContentType.objects.get_for_model(Project)
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=by.pk,
            content_type=kind,
            object_id=str(each.project.pk),
            object_repr=str(each.project)[:200],
            action_flag=CHANGE,
            change_message=f"{_('Muutettu kerralla')}: {' '.join(each.told)}",
        )
        for each in changed
    )
