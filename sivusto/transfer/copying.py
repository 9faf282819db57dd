"""New rows written with PostgreSQL's COPY, prepared as save() would prepare them.

``bulk_create`` does the same at some three times the cost, and making a model of each row costs
more than writing it: a row here is what its columns hold, by the names of the model's attributes.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, TypeAlias

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

Row = Mapping[str, Any]
Field: TypeAlias = "models.Field[Any, Any]"

# Kinds of field whose values go to the database as they are.
PLAIN = (
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.DecimalField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)


def reserve_keys(rows: Sequence[models.Model]) -> None:
    """Give new rows their keys, so that others can refer to them before they are written."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [rows[0]._meta.db_table, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def copy_in(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Write new rows of one table, all of the same columns; the others get their defaults.

    Sends no signals and sets no keys. Raises what a save would: IntegrityError and the like.
    """
    if not rows:
        return
    fields = _written_fields(model, rows[0])
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    values = _getter(fields, rows[0])
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(values(row))


def _written_fields(model: type[models.Model], row: Row) -> list[Field]:
    """Return the fields to write: neither generated nor left to the database, given ones first."""
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not (field.generated or isinstance(_value(field, row), DatabaseDefault))
        and not (field.primary_key and _value(field, row) is None)
    ]
    return sorted(fields, key=lambda field: not _is_by_row(field, row))


def _value(field: Field, row: Row) -> Any:
    return row[field.attname] if field.attname in row else field.get_default()


def _is_by_row(field: Field, row: Row) -> bool:
    """Tell whether each row has a value of its own."""
    return field.attname in row or _is_set_on_save(field)


def _is_set_on_save(field: Field) -> bool:
    # No row brings a file, which would be stored on save.
    is_own = type(field).pre_save is not models.Field.pre_save
    return is_own and not isinstance(field, models.FileField)


def _getter(fields: Sequence[Field], first: Row) -> Callable[[Row], Sequence[Any]]:
    """Return what gets a row's values as the database takes them."""
    own = [field for field in fields if _is_by_row(field, first)]
    same = [f.get_db_prep_save(f.get_default(), connection) for f in fields[len(own) :]]
    get = itemgetter(*(field.attname for field in own))
    set_on_save = [field for field in own if _is_set_on_save(field)]
    prepared = [(n, field) for n, field in enumerate(own) if not isinstance(field, PLAIN)]
    blank = {field.attname: field.get_default() for field in set_on_save}

    def values(row: Row) -> Sequence[Any]:
        if set_on_save:
            saved: Any = SimpleNamespace(**{**blank, **row})
            for field in set_on_save:
                setattr(saved, field.attname, field.pre_save(saved, True))
            row = vars(saved)
        found = [*get(row), *same]
        for place, field in prepared:
            found[place] = field.get_db_prep_save(found[place], connection)
        return found

    return values
