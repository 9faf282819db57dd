"""New rows written with PostgreSQL's COPY, prepared as save() would prepare them.

``bulk_create`` does the same at some three times the cost: it asks the values of each row several
times over and sends them as parameters.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

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


def copy_in(rows: Sequence[models.Model]) -> None:
    """Write new rows of one table; values that are left to the database's defaults come from it.

    Sends no signals and sets no keys. Raises what a save would: IntegrityError and the like.
    """
    if not rows:
        return
    fields = list(_written_fields(rows[0]))
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    values = _getter(fields)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(rows[0]._meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(values(row))


def _written_fields(row: models.Model) -> Iterator["models.Field[Any, Any]"]:
    for field in row._meta.local_concrete_fields:
        value = getattr(row, field.attname) if not field.generated else None
        is_left = field.generated or isinstance(value, DatabaseDefault)
        if not is_left and not (field.primary_key and value is None):
            yield field


def _getter(fields: "list[models.Field[Any, Any]]") -> Callable[[models.Model], Sequence[Any]]:
    """Return what gets a row's values as the database takes them."""
    places = list(enumerate(fields))
    set_on_save = [(n, f) for n, f in places if type(f).pre_save is not models.Field.pre_save]
    prepared = [(n, f) for n, f in places if not isinstance(f, PLAIN)]
    get = attrgetter(*(field.attname for field in fields))

    def values(row: models.Model) -> Sequence[Any]:
        saved = [(place, field.pre_save(row, True)) for place, field in set_on_save]
        found = list(get(row))
        for place, value in saved:
            found[place] = value
        for place, field in prepared:
            found[place] = field.get_db_prep_save(found[place], connection)
        return found

    return values
