"""All that staff may change of a card as plain values, read from its rows and written to them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import ForeignKey, Q

from hankkeet.models import (
    Attachment,
    Contact,
    ExternalKey,
    Implementer,
    Logo,
    Project,
    Result,
    Section,
    Succession,
)
from hankkeet.models.relations import KeyKind
from rahoitus.models import FundingShare
from sivusto.editing.merging import Row, Values

FACTS = (
    "name",
    "project_type",
    "phase",
    "planned_start_date",
    "planned_end_date",
    "actual_start_date",
    "actual_end_date",
    "planned_cost",
    "actual_cost",
    "parent",
)
KEYS = ("portfolios", "managers")
# The lists of rows, each with its table and the column that says whose the row is.
TABLES: dict[str, tuple[type[models.Model], str]] = {
    "sections": (Section, "project"),
    "funding_shares": (FundingShare, "project"),
    "implementer_set": (Implementer, "project"),
    "contacts": (Contact, "project"),
    "attachments": (Attachment, "project"),
    "logos": (Logo, "project"),
    "results": (Result, "project"),
    "origins": (Succession, "successor"),
    "successions": (Succession, "predecessor"),
    "external_keys": (ExternalKey, "project"),
}
# Where two rows may have changed places, which a unique constraint refuses in between.
REPLACED = ("implementer_set", "origins", "successions", "external_keys")
FILES = {"attachments": "file", "logos": "image"}


def read(pk: int) -> Values:
    """Return the values of the project with this key; thirteen queries."""
    project = Project.objects.get(pk=pk)
    values: Values = {name: _plain(project, name) for name in FACTS}
    for name in KEYS:
        values[name] = sorted(getattr(project, name).order_by().values_list("pk", flat=True))
    return values | {name: _rows(name, pk) for name in TABLES}


def write(pk: int, values: Values) -> list[str]:
    """Give the project these values; return what had to be left out, as words to show.

    What refers to something that is no longer in the register is left out. Rows keep their keys,
    and those that are as they should be are not touched. Asks for a transaction around it.
    """
    now, left_out = read(pk), list[str]()
    project = Project.objects.get(pk=pk)
    facts = {name: value for name, value in values.items() if name in FACTS and now[name] != value}
    for name, value in _living(Project, facts, left_out).items():
        _put(project, name, value)
    if now != values:
        project.save()
    for name in KEYS:
        if name in values and values[name] != now[name]:
            related: Any = getattr(project, name)
            related.set(related.model.objects.filter(pk__in=values[name]))
    for name in TABLES:
        if name in values and values[name] != now[name]:
            _write_rows(name, pk, now[name], values[name], left_out)
    return left_out


def files_of(values: Values) -> set[str]:
    """Return the names of the files that the values hold."""
    return {row[field] for name, field in FILES.items() for row in values[name] if row.get(field)}


def label(name: str) -> str:
    """Return what a fact or a list is called on the form."""
    if name in TABLES:
        return str(TABLES[name][0]._meta.verbose_name_plural)
    return str(getattr(Project._meta.get_field(name), "verbose_name", name))


def _fields(model: type[models.Model], owner: str) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.generated and field.name != owner
    ]


def _rows(name: str, pk: int) -> list[Row]:
    model, owner = TABLES[name]
    fields = _fields(model, owner)
    found = model._default_manager.filter(**{owner: pk}).order_by("pk")
    return [{"id": row.pk} | {f.name: _plain(row, f.name) for f in fields} for row in found]


def _plain(row: models.Model, name: str) -> Any:
    field: Any = row._meta.get_field(name)
    value = field.value_from_object(row)
    if isinstance(field, models.FileField):
        return value.name or ""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _put(row: models.Model, name: str, value: Any) -> None:
    field: Any = row._meta.get_field(name)
    setattr(row, field.attname, field.to_python(value))


def _write_rows(name: str, pk: int, now: list[Row], then: list[Row], left_out: list[str]) -> None:
    model, owner = TABLES[name]
    before = {row["id"]: row for row in now}
    changed = [row for row in then if before.get(row["id"]) != row]
    gone = before.keys() - {row["id"] for row in then}
    made = [_made(model, owner, pk, row) for row in _possible(name, pk, changed, left_out)]
    updated = [row for row in made if row.pk in before and name not in REPLACED]
    created = [row for row in made if row not in updated]
    removed = gone | {row.pk for row in created if row.pk in before}
    if removed:
        model._default_manager.filter(pk__in=removed).delete()
    if updated:
        names = [field.name for field in _fields(model, owner)]
        model._default_manager.bulk_update(updated, names)
    model._default_manager.bulk_create(created)


def _made(model: type[models.Model], owner: str, pk: int, values: Row) -> models.Model:
    """Return a row; a field that the values do not know keeps its default."""
    row = model(pk=values["id"], **{f"{owner}_id": pk})
    known = {field.name for field in _fields(model, owner)}
    for name in known & values.keys():
        _put(row, name, values[name])
    return row


def _possible(name: str, pk: int, rows: list[Row], left_out: list[str]) -> list[Row]:
    """Return the rows whose references live, and no key that another project has taken."""
    model, owner = TABLES[name]
    known = {field.name for field in _fields(model, owner)} | {"id"}
    living = []
    for row in rows:
        checked = _living(model, {k: v for k, v in row.items() if k in known}, left_out)
        is_whole = checked.keys() >= (row.keys() & known)
        if is_whole and not (name == "external_keys" and _is_taken(pk, row)):
            living.append(checked)
        elif is_whole:
            left_out.append(f"{label(name)}: {row['value']}")
    return living


def _is_taken(pk: int, row: Row) -> bool:
    same = ExternalKey.objects.filter(kind=row["kind"], value=row["value"])
    return row["kind"] != KeyKind.CASE and same.exclude(project=pk).exists()


def _living(model: type[models.Model], values: Row, left_out: list[str]) -> Row:
    """Return the values without references to what is gone: emptied, or left out if required."""
    living = dict(values)
    for name, value in values.items():
        field = model._meta.get_field(name) if name != "id" else None
        if not isinstance(field, ForeignKey) or value is None:
            continue
        if field.related_model._default_manager.filter(Q(pk=value)).exists():
            continue
        left_out.append(str(field.verbose_name))
        if field.null:
            living[name] = None
        else:
            del living[name]
    return living
