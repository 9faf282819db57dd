"""Taking a person out of the register: her own fields emptied, her name blanked in texts."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, models, transaction
from django.db.models.functions import Now

from hankkeet.models import Contact, Project
from sivusto.audit.triggers import ERASING
from sivusto.card.paper import forget_printed
from sivusto.checks.store import refresh
from sivusto.models import AuditEntry, Word
from sivusto.privacy.expiry import clear
from sivusto.privacy.models import ErasureRecord
from sivusto.privacy.person import MARK, Person
from sivusto.privacy.places import Place, find
from sivusto.privacy.sessions import sessions_with
from sivusto.search.index import catch_up

ADDRESS_MARK = "poistettu"


@dataclass(frozen=True)
class Erased:
    """What was done, counted, and the places that the database would not let be changed."""

    counts: dict[str, int]
    codes: list[str]
    refused: list[Place]


def erase(
    person: Person, chosen: Collection[str] | None = None, *, by: Any = None, account: str = ""
) -> Erased:
    """Take the person out of the chosen places, of all where none are named; log that it was done.

    Printed cards are thrown away, so that none of them keeps her; who asks for one has it printed
    anew. All or nothing, but for tables that refuse to be changed and one's own account.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, 'on', true)", [ERASING])
        places = [p for p in find(person) if chosen is None or p.key in chosen]
        refused, counts = _take_out(places, person, by)
        done = [place for place in places if place not in refused]
        codes = sorted({place.code for place in done if place.code})
        sessions = sessions_with(person)
        counts["sessions"] = Session.objects.filter(pk__in=sessions).delete()[0]
        touched = Project.objects.filter(code__in=codes)
        touched.update(updated_at=Now())  # an open form must not write the person back
        refresh(touched.values_list("pk", flat=True))
        words = {
            word.casefold()
            for place in done
            for found in place.found
            for word in re.findall(r"\w+", found)
        }
        Word.objects.filter(word__in=words).delete()
        counts["printed"] = forget_printed()
        counted = {name: number for name, number in counts.items() if number}
        if done or sessions:
            ErasureRecord.objects.create(
                kind=ErasureRecord.Kind.PERSON,
                done_by=by,
                account=account,
                codes=codes,
                counts=counted,
            )
    catch_up(budget_s=None)
    forget_printed()  # one may have been printed from the old contents meanwhile
    return Erased(counted, codes, refused)


def _take_out(places: list[Place], person: Person, by: Any) -> tuple[list[Place], dict[str, int]]:
    refused: list[Place] = []
    counts: dict[str, int] = defaultdict(int)
    rows = groupby(places, key=lambda place: (place.row._meta.label_lower, place.row.pk))
    for _row, grouped in rows:
        mine = list(grouped)
        if by is not None and mine[0].row == by:
            refused += mine
            continue
        try:
            with transaction.atomic():
                _change(mine, person)
        except DatabaseError:  # a guarded table lets nobody change it
            refused += mine
            continue
        for place in mine:
            counts["own" if place.is_own else "texts"] += 1
    return refused, counts


def _change(places: list[Place], person: Person) -> None:
    """Write the row of the places without the person."""
    row = places[0].row
    own = {place.name for place in places if place.is_own}
    if own and isinstance(row, Contact):
        clear([row.pk])
    elif own and isinstance(row, get_user_model()):
        _close(row)
        own = {"username", "first_name", "last_name", "email"}
    elif own:
        type(row)._base_manager.filter(pk=row.pk).update(**dict.fromkeys(own, ""))
    texts = {p.name: p for p in places if p.name not in own}
    values = {name: _without(place, person) for name, place in texts.items()}
    if values:
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def _close(user: Any) -> None:
    """Close the account; what it has done stays, done by nobody in particular."""
    user.username = f"{ADDRESS_MARK}-{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    AuditEntry.objects.filter(actor_id=user.pk).update(actor=user.username)
    accounts = AuditEntry.objects.filter(target_type=user._meta.label_lower)
    accounts.filter(target_id=str(user.pk)).update(target=user.username)


def _without(place: Place, person: Person) -> Any:
    each = place.row._meta.get_field(place.name)
    is_address = isinstance(getattr(each, "base_field", each), models.SlugField | models.URLField)
    mark = f"{ADDRESS_MARK}-{place.row.pk}" if is_address else MARK
    limit = getattr(each, "max_length", None)
    value = _blanked(getattr(place.row, place.name), person, mark)
    return value[:limit] if isinstance(value, str) else value


def _blanked(value: Any, person: Person, mark: str) -> Any:
    if isinstance(value, str):
        return person.blanked(value, mark)
    if isinstance(value, dict):
        return {person.blanked(k, mark): _blanked(v, person, mark) for k, v in value.items()}
    if isinstance(value, list):
        return [_blanked(inner, person, mark) for inner in value]
    return value
