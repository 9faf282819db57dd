"""A believable register of any size: invented cards from the words of the demo register."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Max
from django.db.models.functions import Cast, Substr

from hankkeet.models import (
    Attachment,
    Contact,
    ExternalKey,
    Implementer,
    Project,
    Section,
    Succession,
)
from rahoitus.models import FundingShare
from sivusto.transfer.demo import register_is_empty
from sivusto.transfer.make_register.cards import CardMaker
from sivusto.transfer.make_register.shared import Shared, make_shared
from sivusto.transfer.make_register.words import Words
from sivusto.transfer.markup import html_of

DEMO = settings.BASE_DIR / "fixtures" / "demo"
AT_ONCE = 1000
# The tables in the order of writing, and the columns that the card maker gives values for.
TABLES: dict[str, tuple[type[models.Model], str]] = {
    "project": (
        Project,
        "id name slug former_slugs project_type_id phase publication planned_start_date "
        "planned_end_date actual_start_date actual_end_date planned_cost actual_cost parent_id "
        "created_at updated_at published_at",
    ),
    "portfolio": (Project.portfolios.through, "project_id portfolio_id"),
    "succession": (Succession, "predecessor_id successor_id"),
    "implementer": (Implementer, "project_id organisation_id position"),
    "section": (Section, "project_id kind heading body position"),
    "share": (
        FundingShare,
        "project_id funder_id programme_id amount percent kind stage is_declared is_proposal "
        "quote position",
    ),
    "contact": (
        Contact,
        "project_id role unit unit_email person_name phone email share_percent start_date "
        "end_date visibility position",
    ),
    "attachment": (
        Attachment,
        "project_id title url file file_name size language document_date is_hidden position",
    ),
    "key": (ExternalKey, "project_id kind value"),
}


class NotEmptyError(Exception):
    """The register already holds something."""


@dataclass(frozen=True)
class Made:
    """How much was made."""

    projects: int
    rows: int
    portfolios: int
    funders: int
    organisations: int


def make_register(count: int, seed: int, *, add: bool = False, folder: Path = DEMO) -> Made:
    """Make so many projects with all that belongs to them, all or nothing.

    The same seed makes the same register in an empty database. Memory does not grow with the
    cards, but for 100 bytes each. Raises NotEmptyError unless the register is empty or `add`.
    """
    if not (add or register_is_empty()):
        raise NotEmptyError
    # Not for secrets: a seed must give the same register again.
    random = Random(seed)  # noqa: S311
    words = Words(demo_sections(folder), random)
    with transaction.atomic():
        shared = make_shared(folder, count, words, random)
        maker = CardMaker(words, shared, random, _first_free_number())
        rows = sum(_write(maker, min(AT_ONCE, count - done)) for done in range(0, count, AT_ONCE))
    _analyse()
    return _made(count, rows, shared)


def demo_sections(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the sections of the folder's cards as (file, kind, HTML)."""
    for path in sorted((folder / "projects").glob("*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["project"]:
            for section in row.get("sections", []):
                kind = section.get("kind", "other")
                yield path.stem, kind, html_of(section.get("body", ""))


def _write(maker: CardMaker, count: int) -> int:
    """Copy so many new cards into their tables; return the number of rows."""
    maker.rows.clear()
    with connection.cursor() as cursor:
        for pk in _new_keys(cursor, count):
            maker.make(pk)
        for table, (model, columns) in TABLES.items():
            _copy(cursor, model, columns.split(), maker.rows[table])
    return sum(map(len, maker.rows.values()))


def _new_keys(cursor: Any, count: int) -> list[int]:
    """Reserve keys, so that rows which refer to a project can be made before it is written."""
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [Project._meta.db_table, count],
    )
    return [row[0] for row in cursor.fetchall()]


def _copy(
    cursor: Any, model: type[models.Model], columns: list[str], rows: list[tuple[Any, ...]]
) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with cursor.copy(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _first_free_number() -> int:
    """Return a number that no key in the register has yet."""
    keys = ExternalKey.objects.exclude(kind="case")
    digits: dict[str, F | Substr] = {"old_register": F("value"), "eura": Substr("value", 2)}
    most = 1000
    for kind, expression in digits.items():
        plain = keys.filter(kind=kind, value__regex=r"^A?\d{1,12}$")
        found = plain.aggregate(most=Max(Cast(expression, models.BigIntegerField())))["most"]
        most = max(most, found or 0)
    return most + 1


def _analyse() -> None:
    """Let the database know at once what has come, so that its plans fit."""
    with connection.cursor() as cursor:
        for model, _columns in TABLES.values():
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _made(count: int, rows: int, shared: Shared) -> Made:
    return Made(
        projects=count,
        rows=rows,
        portfolios=len(shared.themes),
        funders=len(shared.payers) + 1,
        organisations=len(shared.organisations),
    )
