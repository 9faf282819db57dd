"""Draft → in review → published → withdrawn: the only writer of a card's publication."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hankkeet.models import Move, MoveKind, Project, Publication
from sivusto.checks.store import refresh
from sivusto.history.recording import record

# Each move with the states that it leads from, and the one that it leads to.
WAYS = {
    MoveKind.SENT: ((Publication.DRAFT, Publication.WITHDRAWN), Publication.IN_REVIEW),
    MoveKind.RETURNED: ((Publication.IN_REVIEW,), Publication.DRAFT),
    MoveKind.PUBLISHED: (
        (Publication.DRAFT, Publication.IN_REVIEW, Publication.WITHDRAWN),
        Publication.PUBLISHED,
    ),
    MoveKind.WITHDRAWN: ((Publication.PUBLISHED,), Publication.WITHDRAWN),
}
NEED_ALL = (MoveKind.SENT, MoveKind.PUBLISHED)
LONGEST_NOTE = int(Move._meta.get_field("note").max_length or 0)


class MoveRefusedError(Exception):
    """Nothing was moved; the message tells why in Finnish."""


def is_open(kind: MoveKind, state: str) -> bool:
    """Tell whether a move leads from a state."""
    return kind in WAYS and state in WAYS[kind][0]


@transaction.atomic
def move(  # noqa: PLR0913 each is a fact of the move
    project: Project, kind: MoveKind, by: Any, *, note: str = "", reason: str = "", seen: str = ""
) -> None:
    """Move the card, log it, and keep a version of what the public now sees.

    Rights are the caller's to ask. ``seen`` is the card's version that the person has judged, if
    she has; ``reason`` is told to the public. Raises MoveRefusedError from a state that the move
    does not lead from, for a card that lacks a necessity, for another version than the one seen,
    and for a return without a note. ``project`` has its new state afterwards.
    """
    held = Project.objects.select_for_update().get(pk=project.pk)
    _check(held, kind, note, seen)
    held.publication = WAYS[kind][1]
    if kind == MoveKind.PUBLISHED:
        held.published_at = held.published_at or timezone.now()
    held.save(update_fields=["publication", "published_at", "updated_at"])
    log([held], kind, by, note=note)
    if kind in (MoveKind.PUBLISHED, MoveKind.WITHDRAWN):
        record([held], by, reason)
    refresh([held.pk])
    project.publication, project.published_at = held.publication, held.published_at
    project.updated_at = held.updated_at


def move_all(projects: Iterable[Project], kind: MoveKind, by: Any) -> int:
    """Move cards for which all that ``move`` asks for has been asked; return their number."""
    chosen = list(projects)
    rows = Project.objects.filter(pk__in=[project.pk for project in chosen])
    count = rows.publish() if kind == MoveKind.PUBLISHED else rows.withdraw()
    log(chosen, kind, by)
    record(chosen, by)
    return count


def log(
    projects: list[Project],
    kind: MoveKind,
    by: Any,
    *,
    note: str = "",
    of_revision: bool = False,
) -> None:
    """Keep who moved the cards, or their revisions, and with what note."""
    Move.objects.bulk_create(
        Move(project=project, kind=kind, by=by, note=note, of_revision=of_revision)
        for project in projects
    )
    text = str(kind.label) if not of_revision else f"{_('Muutosehdotus')}: {kind.label}"
    LogEntry.objects.log_actions(
        user_id=by.pk, queryset=projects, action_flag=CHANGE, change_message=text
    )


def checked_note(kind: MoveKind, note: str) -> str:
    """Return the note as it is kept; refuse an empty one of a return, and one too long."""
    kept = note.replace("\0", "").strip()
    if kind == MoveKind.RETURNED and not kept:
        raise MoveRefusedError(_("Kirjoita tekijälle, mitä pitää korjata."))
    if len(kept) > LONGEST_NOTE:
        text = _("Viesti on liian pitkä: siinä saa olla enintään %(most)d merkkiä.")
        raise MoveRefusedError(text % {"most": LONGEST_NOTE})
    return kept


def _check(held: Project, kind: MoveKind, note: str, seen: str) -> None:
    if seen and seen != held.version:
        raise MoveRefusedError(
            _("Kortti on muuttunut sen jälkeen, kun avasit sen. Lue se uudelleen ja päätä sitten.")
        )
    if not is_open(kind, held.publication):
        text = _("Kortin tila on nyt ”%(state)s”, joten siirtoa ei tehty.")
        raise MoveRefusedError(text % {"state": held.get_publication_display()})
    checked_note(kind, note)
    lacks = held.lacks if kind in NEED_ALL else []
    if lacks:
        raise MoveRefusedError(lacking_text(kind, lacks, held.get_publication_display()))


def lacking_text(kind: MoveKind, lacks: list[str], state: str) -> str:
    """Tell that a card was not moved, for what it lacks."""
    if kind == MoveKind.PUBLISHED:
        text = _(
            "Korttia ei julkaistu, sillä siltä puuttuu: %(lacks)s. Julkaisutila on yhä ”%(state)s”."
        )
    else:
        text = _(
            "Korttia ei lähetetty tarkastettavaksi, sillä siltä puuttuu: %(lacks)s. "
            "Julkaisutila on yhä ”%(state)s”."
        )
    return text % {"lacks": ", ".join(lacks), "state": state}
