"""A public card is edited without going dark: proposed aside, and brought over in one step.

The proposed content never has rows of its own, so that no list, count, search, export or import
can meet it. To be shown, checked or edited it is written over the card's rows in a sandbox.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hankkeet.models import MoveKind, Project, Publication, Revision
from hankkeet.storage import delete_after_commit
from sivusto.checks.store import refresh
from sivusto.editing.comparing import content_of_rows, told
from sivusto.editing.merging import Values, clashes, digest, merged
from sivusto.editing.moves import MoveRefusedError, checked_note, lacking_text, log
from sivusto.editing.sandbox import sandbox
from sivusto.editing.values import files_of, label, read, write
from sivusto.history.recording import record


@dataclass(frozen=True)
class Comparison:
    """What a reviewer judges: sentences, and a mark of exactly that."""

    proposed: list[str]
    meanwhile: list[str]
    in_both: list[str]
    left_out: list[str]
    seen: str


def working(revision: Revision, live: Values) -> Values:
    """Return the proposed content with what has happened to the card since it was saved."""
    return merged(revision.base, revision.content, live)


@contextmanager
def written(revision: Revision) -> Iterator[list[str]]:
    """Have the proposed content on the card's rows inside the block; yields what was left out."""
    with sandbox():
        Project.objects.select_for_update().get(pk=revision.project_id)
        yield write(revision.project_id, working(revision, read(revision.project_id)))


def compare(revision: Revision) -> Comparison:
    """Return what the revision would change, and what has changed since it was saved."""
    pk, live = revision.project_id, read(revision.project_id)
    proposed = working(revision, live)
    now = content_of_rows(pk)
    with sandbox():
        left_out = write(pk, proposed)
        then = content_of_rows(pk)
    meanwhile: list[str] = []
    if revision.base != live:
        with sandbox():
            write(pk, revision.base)
            meanwhile = told(content_of_rows(pk), now, revision.base, live)
    return Comparison(
        proposed=told(now, then, live, proposed),
        meanwhile=meanwhile,
        in_both=[label(name) for name in clashes(revision.base, revision.content, live)],
        left_out=left_out,
        seen=digest(proposed),
    )


def keep(project: Project, content: Values, live: Values, *, by: Any, reason: str) -> Revision:
    """Keep a card's proposed content; one that is in review stays so."""
    revision = Revision.objects.filter(project=project).first() or Revision(project=project)
    before = files_of(revision.content) if revision.pk else set()
    if revision.pk is None:
        revision.author = by
    revision.base, revision.content, revision.reason = live, content, reason
    revision.save()
    delete_after_commit(before - files_of(content) - files_of(live))
    return revision


@transaction.atomic
def move(revision: Revision, kind: MoveKind, by: Any, *, note: str = "", seen: str = "") -> None:
    """Send, return, approve or discard a revision; rights are the caller's to ask.

    Raises MoveRefusedError from a state that the move does not lead from, and, of an approval,
    what ``approve`` says.
    """
    held = _held(revision)
    kept_note = checked_note(kind, note)
    ways = {MoveKind.SENT: Publication.DRAFT, MoveKind.RETURNED: Publication.IN_REVIEW}
    if kind in ways and held.state != ways[kind]:
        text = _("Muutosehdotuksen tila on nyt ”%(state)s”, joten siirtoa ei tehty.")
        raise MoveRefusedError(text % {"state": held.get_state_display()})
    if kind == MoveKind.PUBLISHED:
        _bring_over(held, by, seen)
    elif kind == MoveKind.DISCARDED:
        held.delete()
        delete_after_commit(files_of(held.content) - files_of(read(held.project_id)))
    else:
        if kind == MoveKind.SENT:
            _refuse_lacking(held)
        held.state = Publication.IN_REVIEW if kind == MoveKind.SENT else Publication.DRAFT
        held.save(update_fields=["state", "updated_at"])
    log([held.project], kind, by, note=kept_note, of_revision=True)


def _held(revision: Revision) -> Revision:
    """Return the revision as it is now, held together with its card until the transaction ends."""
    list(Project.objects.filter(pk=revision.project_id).select_for_update())
    held = Revision.objects.select_for_update().filter(pk=revision.pk).first()
    if held is None:
        raise MoveRefusedError(_("Muutosehdotusta ei enää ole: joku muu on käsitellyt sen."))
    return held


def _refuse_lacking(revision: Revision) -> None:
    with written(revision):
        lacks = Project.objects.get(pk=revision.project_id).lacks
    if lacks:
        state = str(Publication(revision.state).label)
        raise MoveRefusedError(lacking_text(MoveKind.SENT, lacks, state))


def _bring_over(revision: Revision, by: Any, seen: str) -> None:
    """Give the card the proposed content, keep a version of it, and forget the revision.

    Refuses another content than the one seen, one that lacks a necessity, and one that breaks a
    rule of the database together with what has happened meanwhile.
    """
    pk, live = revision.project_id, read(revision.project_id)
    proposed = working(revision, live)
    if seen and seen != digest(proposed):
        raise MoveRefusedError(
            _(
                "Muutosehdotus tai kortti on muuttunut sen jälkeen, kun avasit sen. Lue erot "
                "uudelleen ja päätä sitten."
            )
        )
    if not revision.project.is_public:
        raise MoveRefusedError(
            _("Kortti ei ole enää julkaistu. Julkaise se ensin; muutosehdotus säilyy.")
        )
    _write_whole(pk, proposed)
    project = revision.project = Project.objects.get(pk=pk)
    lacks = project.lacks
    if lacks:
        state = str(Publication(revision.state).label)
        raise MoveRefusedError(lacking_text(MoveKind.PUBLISHED, lacks, state))
    revision.delete()
    refresh([pk])
    record([project], by, revision.reason)
    delete_after_commit((files_of(live) | files_of(revision.content)) - files_of(read(pk)))


def _write_whole(pk: int, values: Values) -> None:
    try:
        with transaction.atomic():
            write(pk, values)
            Project.objects.get(pk=pk).save(update_fields=["updated_at"])
    except IntegrityError as error:
        raise MoveRefusedError(
            _(
                "Muutosehdotus ei sovi yhteen kortin muiden muutosten kanssa. Avaa se "
                "muokattavaksi ja korjaa ensin sen tiedot. Tietokanta sanoo: %(reason)s"
            )
            % {"reason": str(error).splitlines()[0]}
        ) from error
