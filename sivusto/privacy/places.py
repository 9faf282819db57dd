"""Where in the register a person stands: every text of every table is looked at.

A table that comes later is looked at too, without being named here. The index and its words are
left out, since they are made of the texts, and so are sessions, which are opened one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models.functions import Cast

from hankkeet.models import Contact, Feedback, Project
from sivusto.models import Document, Page, Pending, Word
from sivusto.privacy.person import Person, PersonError, excerpt

LEFT_OUT = (Document, Page, Word, Pending, Session, ContentType)
SECRETS = ("password",)
# Tables in which a person has fields of her own: all of them go when any of them is hers.
OWN_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Contact: ("person_name", "phone", "email"),
    Feedback: ("email",),
    get_user_model(): ("username", "first_name", "last_name", "email"),
}
TEXTS = (models.CharField, models.TextField)
Model = type[models.Model]


@dataclass(frozen=True)
class Place:
    """One field of one row that names the person.

    ``is_own``: the field is there for a person's data; elsewhere the name is part of a text.
    """

    row: models.Model = field(repr=False)
    name: str
    code: str
    label: str
    found: tuple[str, ...]
    around: str
    is_own: bool

    @property
    def key(self) -> str:
        """What stands for the place in a form and on the command line."""
        return f"{self.row._meta.label_lower}:{self.row.pk}:{self.name}"


def find(person: Person) -> list[Place]:
    """Return every place, those with fields of the person's own first; one query a table."""
    found = [place for model in _tables() for place in _in_table(model, person)]
    return sorted(found, key=lambda p: (not p.is_own, p.code, p.row._meta.label_lower, p.row.pk))


def known_by(*terms: str) -> Person:
    """Return the person of the terms, known also by the phone and e-mail of her own contacts."""
    person = Person.of(*terms)
    mine = [row for row in _contacts(person) if person.is_in(f"{row.person_name} {row.email}")]
    told = {value for row in mine for value in (row.phone, row.email)}
    more = sorted(value for value in told if _is_hers_alone(value, person))
    return Person.of(*terms, *more) if more else person


def strings(value: Any) -> Iterator[str]:
    """Return every text in a value of a field, keys of JSON objects included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def _tables() -> list[Model]:
    every = apps.get_models(include_auto_created=True)
    return [m for m in every if m not in LEFT_OUT and m._meta.managed and not m._meta.proxy]


def text_fields(model: Model) -> list[str]:
    """Return the names of the fields whose values are free texts or hold them."""
    return [
        each.name
        for each in model._meta.concrete_fields
        if each.name not in SECRETS
        and not each.choices
        and (
            isinstance(each, (*TEXTS, models.JSONField))
            or (isinstance(each, ArrayField) and isinstance(each.base_field, TEXTS))
        )
    ]


def _rows(model: Model, person: Person, names: list[str]) -> Any:
    """Return the rows that may name the person, found by the database."""
    casts = {f"text_{number}": Cast(name, models.TextField()) for number, name in enumerate(names)}
    may_be = models.Q()
    for alias in casts:
        for coarse in person.coarse:
            may_be |= models.Q(**{f"{alias}__regex": coarse})
    found = model._base_manager.alias(**casts).filter(may_be).order_by("pk")
    owner = [each.name for each in model._meta.concrete_fields if each.name == "project"]
    return found.select_related(*owner) if owner else found


def _in_table(model: Model, person: Person) -> Iterator[Place]:
    names = text_fields(model)
    if not names:
        return
    own = OWN_FIELDS.get(model, ())
    for row in _rows(model, person, names):
        is_hers = bool(own) and _names(row, own, person)
        code = _code(row)
        for name in names:
            place = _place(row, name, code, person, is_own=is_hers and name in own)
            if place is not None:
                yield place


def _names(row: models.Model, own: tuple[str, ...], person: Person) -> bool:
    """Tell whether the row's own fields, alone or one after the other, are the person's."""
    values = [str(getattr(row, name)) for name in own]
    return any(map(person.is_in, values)) or person.is_in(" ".join(values[1:3]))


def _place(
    row: models.Model, name: str, code: str, person: Person, *, is_own: bool
) -> Place | None:
    value = getattr(row, name)
    texts = [text for text in strings(value) if person.is_in(text)]
    if not texts and not (is_own and value):
        return None
    found = tuple(dict.fromkeys(word for text in texts for word in person.found(text)))
    around = excerpt(texts[0], person.spans(texts[0])[0]) if texts else str(value)
    return Place(row, name, code, _label(row, name), found, around, is_own)


def _code(row: models.Model) -> str:
    if isinstance(row, Project):
        return row.code
    project = getattr(row, "project", None)
    return project.code if isinstance(project, Project) else ""


def _label(row: models.Model, name: str) -> str:
    each = row._meta.get_field(name)
    return f"{row._meta.verbose_name}: {getattr(each, 'verbose_name', name)}"


def _contacts(person: Person) -> Any:
    return _rows(Contact, person, list(OWN_FIELDS[Contact]))


def _is_hers_alone(value: str, person: Person) -> bool:
    """Tell whether a phone or an e-mail can be sought, and no other person's contact has it."""
    try:
        holder = Person.of(value)
    except PersonError:
        return False
    others = (row for row in _contacts(holder) if holder.is_in(f"{row.phone} {row.email}"))
    return all(not row.person_name or person.is_in(row.person_name) for row in others)
