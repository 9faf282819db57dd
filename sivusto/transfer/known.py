"""Texts that need no reading: the very same was brought in before and nothing has moved since.

With each card an import keeps two digests: of the file that it came from, together with the code
that read it, and of everything that it left in the register. Where both still hold, the text says
what the card holds, and comparing them again could only find that.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection

from hankkeet.models import Attachment, Contact, ExternalKey, Implementer, Project, Section
from rahoitus.models import FundingShare
from sivusto.models import ImportedCard
from sivusto.transfer.cardtext.model import Card
from sivusto.transfer.own_facts import OwnFacts
from sivusto.transfer.register import Identity
from sivusto.transfer.sources import Source
from sivusto.transfer.texts import CardText, digest_of, read

_ROWS = (
    Section,
    Contact,
    Attachment,
    Implementer,
    ExternalKey,
    Project.portfolios.through,
    FundingShare,
)
# All that an import compares of a card, as the database writes it.
_STATE = (
    "encode(sha256(convert_to(concat_ws('|', c.\"values\"::text, p::text, {rows}), 'UTF8')), 'hex')"
)
_OF_TABLE = (
    "coalesce((SELECT string_agg(r::text, '|' ORDER BY r.id) FROM {table} r "
    "WHERE r.project_id = p.id), '')"
)
STATE = _STATE.format(rows=", ".join(_OF_TABLE.format(table=row._meta.db_table) for row in _ROWS))


@dataclass(frozen=True)
class KnownText:
    """A file whose card is in the register just as it says; read only if somebody asks for it."""

    file: Source = field(repr=False)
    digest: str
    project: int
    identity: Identity
    missing: tuple[str, ...]
    messages: tuple[str, ...] = ()
    is_faulty: bool = False
    is_whole: bool = True
    is_card: bool = True

    @property
    def source(self) -> str:
        """What the file is called."""
        return self.file.name

    @property
    def name(self) -> str:
        """The project's name as the text has it."""
        return self.identity[1]

    @property
    def old_id(self) -> str:
        """The old register's id."""
        return self.identity[0]

    @cached_property
    def text(self) -> CardText:
        """The text, read after all."""
        return read(self.file)

    @property
    def card(self) -> Card | None:
        """The card, which costs reading it."""
        return self.text.card

    @property
    def own(self) -> OwnFacts:
        """What the card says by itself, which costs reading it."""
        return self.text.own


AnyText = CardText | KnownText


def known_texts(sources: Iterable[Source]) -> dict[str, KnownText]:
    """Return the sources, by name, that need no reading; one query however many there are."""
    by_digest = {digest_of(source): source for source in sources if not source.problem}
    known = {}
    for digest, project, reading in _settled(list(by_digest)):
        source, start = by_digest[digest], reading["start_date"]
        identity = (reading["old_id"], reading["name"], start and date.fromisoformat(start))
        missing = tuple(reading["missing"])
        known[source.name] = KnownText(source, digest, project, identity, missing)
    return known


def still_known(texts: Iterable[KnownText]) -> set[int]:
    """Return the projects of the texts whose cards are as the import left them; one query."""
    return {project for _digest, project, _reading in _settled([text.digest for text in texts])}


def states_of(projects: Collection[int]) -> dict[int, str]:
    """Return the digests of what the cards hold now, by their projects; one query."""
    if not projects:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id, {STATE} FROM {Project._meta.db_table} p "  # noqa: S608
            f"LEFT JOIN {_table()} c ON c.project_id = p.id WHERE p.id = ANY(%s)",
            [list(projects)],
        )
        return dict(cursor.fetchall())


def remember_state(projects: Sequence[int]) -> None:
    """Keep what the cards look like now; call when everything has been written."""
    if projects:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {_table()} c SET state = {STATE} FROM {Project._meta.db_table} p "  # noqa: S608
                "WHERE p.id = c.project_id AND c.project_id = ANY(%s)",
                [list(projects)],
            )


def reading_of(text: AnyText) -> dict[str, Any]:
    """Return what has to be known of a text in place of reading it."""
    old_id, name, start = text.identity
    return {
        "old_id": old_id,
        "name": name,
        "start_date": start and start.isoformat(),
        "missing": list(text.missing),
    }


def _settled(digests: list[str]) -> list[tuple[str, int, dict[str, Any]]]:
    """Return digest, project and reading of the untouched cards that came from the texts."""
    if not digests:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.digest, c.project_id, c.reading FROM {_table()} c "  # noqa: S608
            f"JOIN {Project._meta.db_table} p ON p.id = c.project_id "
            f"WHERE c.digest = ANY(%s) AND c.state = {STATE}",
            [digests],
        )
        return [(digest, pk, json.loads(reading)) for digest, pk, reading in cursor.fetchall()]


def _table() -> str:
    return ImportedCard._meta.db_table
