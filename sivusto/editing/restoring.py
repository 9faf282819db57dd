"""An earlier public version taken as a new proposal, or as a draft; never at once public."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hankkeet.models import Project, Revision, Version
from sivusto.checks.store import refresh
from sivusto.editing import revisions
from sivusto.editing.comparing import content_of_rows, told
from sivusto.editing.merging import Values, digest
from sivusto.editing.sandbox import sandbox
from sivusto.editing.values import read, write
from sivusto.editing.versions import old_values


class RestoreRefusedError(Exception):
    """Nothing was restored; the message tells why in Finnish."""


@dataclass(frozen=True)
class Restoring:
    """What the card would be as in a version, how that differs from today, and what is lacking.

    ``seen`` stands for the card of today, by which an old page is told from a fresh one.
    """

    values: Values
    live: Values
    sentences: list[str]
    left_out: list[str]
    seen: str


@transaction.atomic
def plan_restoring(project: Project, version: Version) -> Restoring:
    """Return what taking the version back would change; writes nothing.

    Raises RestoreRefusedError for a version that took the card out of sight, where a proposal
    waits already, where nothing would change, and where a rule of today forbids the version.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    if not version.is_public:
        raise RestoreRefusedError(_("Tässä versiossa kortti poistettiin julkaisusta."))
    if Revision.objects.filter(project=project).exists():
        text = _("Kortilla on jo muutosehdotus. Hyväksy tai hylkää se ensin.")
        raise RestoreRefusedError(text)
    live, now = read(project.pk), content_of_rows(project.pk)
    old = old_values(version, live)
    try:
        with sandbox():
            left_out = [*old.left_out, *write(project.pk, old.values)]
            values, then = read(project.pk), content_of_rows(project.pk)
    except IntegrityError as error:
        text = _("Versiota ei voi palauttaa sellaisenaan. Tietokanta sanoo: %(reason)s")
        raise RestoreRefusedError(text % {"reason": str(error).splitlines()[0]}) from error
    sentences = told(now, then, live, values)
    if not sentences:
        raise RestoreRefusedError(_("Kortti on jo sellainen kuin tässä versiossa."))
    return Restoring(values, live, sentences, left_out, digest(live))


@transaction.atomic
def restore_version(project: Project, version: Version, by: Any, seen: str) -> None:
    """Propose to a public card what the version has; write it onto one that is not public.

    Rights are the caller's to ask. Raises RestoreRefusedError as ``plan_restoring`` does, and if
    the card has changed since the person saw what would happen.
    """
    held = Project.objects.select_for_update().get(pk=project.pk)
    planned = plan_restoring(held, version)
    if seen != planned.seen:
        text = _("Kortti on muuttunut sen jälkeen, kun avasit sivun. Lue muutokset uudelleen.")
        raise RestoreRefusedError(text)
    reason = reason_of(version)
    if held.is_public:
        revisions.keep(held, planned.values, planned.live, by=by, reason=reason)
    else:
        write(held.pk, planned.values)
        refresh([held.pk])
    LogEntry.objects.log_actions(
        user_id=by.pk, queryset=[held], action_flag=CHANGE, change_message=reason
    )


def reason_of(version: Version) -> str:
    """Return what the public is told of the change, unless staff write something else."""
    day = timezone.localtime(version.published_at)
    shown = f"{day.day}.{day.month}.{day.year}"
    return _("Palautettu %(day)s julkaistu versio.") % {"day": shown}
