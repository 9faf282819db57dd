"""Persons whose time is over, taken out of the register for good.

Readers see none of them from the day after their last one on, whether this is run or not. Here
the data themselves go. Names are not listed: what is due follows from the card's own dates, and a
list of names would outlive what it lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hankkeet.models import Contact, Feedback, Project, Revision
from hankkeet.models.expiry import LONG_AGO
from sivusto.card.paper import forget_printed
from sivusto.checks.store import refresh
from sivusto.feedback.limits import forget_earlier_days
from sivusto.privacy.models import ErasureRecord

DATA = ("person_name", "phone", "email")
PLAIN_ROLE = "Yhteyshenkilö"


@dataclass(frozen=True)
class Due:
    """A contact or a message that holds data past their time; ``since`` None: no end is known."""

    pk: int
    code: str
    role: str
    unit: str
    since: date | None
    data: tuple[str, ...]


def due_contacts(today: date) -> list[Due]:
    """Return the contacts whose persons are not shown any more, the longest due first."""
    found = Contact.objects.with_person().expired(today).select_related("project")
    return [
        Due(
            contact.pk,
            contact.project.code,
            contact.role,
            contact.unit,
            None if contact.last_public_day == LONG_AGO else _day_after(contact.last_public_day),
            tuple(name for name in DATA if getattr(contact, name)),
        )
        for contact in found.order_by("last_public_day", "project__code", "position", "pk")
    ]


def due_feedback(today: date) -> list[Due]:
    """Return the closed messages whose writers' addresses are to go."""
    late = Feedback.objects.with_overdue_email(today).select_related("project")
    return [
        Due(row.pk, row.project.code, "", "", timezone.localdate(row.closed_at), ("email",))
        for row in late.order_by("closed_at", "pk")
    ]


@transaction.atomic
def expire(today: date, *, by: Any = None, account: str = "") -> tuple[list[Due], list[Due]]:
    """Remove what is due and has a known date; return the contacts and the messages.

    A project that has ended nobody knows when is left for staff to date.
    """
    list(Contact.objects.with_person().expired(today).select_for_update(of=("self",)))
    contacts = [due for due in due_contacts(today) if due.since is not None]
    feedback = due_feedback(today)
    clear([due.pk for due in contacts])
    Feedback.objects.filter(pk__in=[due.pk for due in feedback]).update(email="")
    forget_earlier_days(today)
    codes = sorted({due.code for due in contacts + feedback})
    if codes:
        counts = {"contacts": len(contacts), "feedback": len(feedback)}
        ErasureRecord.objects.create(
            kind=ErasureRecord.Kind.EXPIRY, done_by=by, account=account, codes=codes, counts=counts
        )
    touched = {due.code for due in contacts}
    refresh(Project.objects.filter(code__in=touched).values_list("pk", flat=True))
    transaction.on_commit(lambda: forget_printed(touched))
    return contacts, feedback


def clear(contacts: Iterable[int]) -> int:
    """Take the persons off contacts, and off what is proposed to their cards; the roles stay.

    Return how many contacts that was.
    """
    keys = set(contacts)
    mine = Contact.objects.filter(pk__in=keys)
    for revision in Revision.objects.filter(project__contacts__in=mine).distinct():
        revision.base, revision.content = (
            _cleared(values, keys) for values in (revision.base, revision.content)
        )
        revision.save(update_fields=["base", "content"])
    mine.filter(role="", unit="").update(role=PLAIN_ROLE)
    return int(mine.update(**dict.fromkeys(DATA, "")))


def _cleared(values: dict[str, Any], keys: set[int]) -> dict[str, Any]:
    """Return a revision's values with the persons of the contacts taken off."""
    gone = dict.fromkeys(DATA, "")
    rows = [
        row | gone | {"role": row["role"] or (PLAIN_ROLE if not row["unit"] else "")}
        if row["id"] in keys
        else row
        for row in values["contacts"]
    ]
    return values | {"contacts": rows}


def _day_after(day: date | None) -> date | None:
    return day and day + timedelta(days=1)
