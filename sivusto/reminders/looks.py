"""Noting that somebody has looked a card over: by saving it, or by saying that nothing changes."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import override

from hankkeet.models import Look, LookKind, Project


def note_look(project: Project, by: Any, kind: LookKind = LookKind.SAVED) -> None:
    """Keep that the person has looked the card over, now."""
    Look.objects.create(project=project, by=by, kind=kind)


@transaction.atomic
def confirm(project: Project, by: Any, kind: LookKind = LookKind.CONFIRMED, mark: str = "") -> bool:
    """Keep that the person found nothing to change, and log it; rights are the caller's to ask.

    False, and nothing kept, where the mark has been used.
    """
    if mark:
        facts = {"project": project, "by": by, "kind": kind}
        _look, is_new = Look.objects.get_or_create(mark=mark, defaults=facts)
        if not is_new:
            return False
    else:
        note_look(project, by, kind)
    with override("fi"):
        LogEntry.objects.log_actions(
            user_id=by.pk,
            queryset=[project],
            action_flag=CHANGE,
            change_message=str(kind.label),
            single_object=True,
        )
    return True
