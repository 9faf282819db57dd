"""Mends of what is proposed to a public card: the proposal changes, the card does not."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from hankkeet.models import Finding, Project, Revision
from sivusto.checks import mending
from sivusto.checks.describe import described
from sivusto.checks.mending import MendRefusedError
from sivusto.checks.store import refresh
from sivusto.editing import revisions
from sivusto.editing.merging import Values, digest
from sivusto.editing.sandbox import sandbox
from sivusto.editing.values import read, write


@transaction.atomic
def mend_proposal(project: Project, key: str, seen: str, by: Any) -> str:
    """Do the mend of a finding on what is proposed to the card; return what its button said.

    Where nothing is proposed yet, the mend is the first thing that is. ``seen`` is the digest of
    the proposed content that the person saw. Raises MendRefusedError if that has changed since,
    if the card is not public, or if the finding is gone or has no mend.
    """
    revision, live = _held(project)
    proposed = _proposed(revision, live)
    if seen != digest(proposed):
        raise MendRefusedError(
            _(
                "Muutosehdotus tai kortti on muuttunut sen jälkeen, kun avasit sen, joten mitään "
                "ei korjattu."
            )
        )
    with sandbox():
        write(project.pk, proposed)
        fix = mending.fix_of(described().get(pk=project.pk), key)
    payers = mending.payers_of(fix)  # outside, for a funder new to the register stays in it
    with sandbox():
        write(project.pk, proposed)
        mending.write(Project.objects.get(pk=project.pk), fix, payers)
        content = read(project.pk)
    reason = revision.reason if revision else ""
    revisions.keep(project, content, live, by=by, reason=reason)
    text = f"{_('Muutosehdotus')}: {fix.label}"
    LogEntry.objects.log_actions(
        user_id=by.pk, queryset=[project], action_flag=CHANGE, change_message=text
    )
    return fix.label


def finding_of_proposal(project: Project, key: str) -> Finding | None:
    """Return a finding of what is proposed to the card, unsaved rows and all; None if gone."""
    with transaction.atomic():
        proposed = _proposed(*_held(project))
        with sandbox():
            write(project.pk, proposed)
            refresh([project.pk])
            return Finding.objects.filter(project=project, key=key).first()


def _held(project: Project) -> tuple[Revision | None, Values]:
    """Return the card's revision and its content, held until the transaction ends."""
    held = Project.objects.select_for_update().get(pk=project.pk)
    if not held.is_public:
        raise MendRefusedError(_("Kortti ei ole enää julkaistu, joten mitään ei korjattu."))
    revision = Revision.objects.select_for_update().filter(project=project).first()
    return revision, read(project.pk)


def _proposed(revision: Revision | None, live: Values) -> Values:
    return revisions.working(revision, live) if revision else live
