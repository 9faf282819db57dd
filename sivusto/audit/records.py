"""Adding to the audit log, and the only way to shorten it."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sivusto.audit.models import AuditEntry
from sivusto.audit.triggers import PRUNING
from sivusto.security.address import client_address

Kind = AuditEntry.Kind


def record(
    kind: AuditEntry.Kind,
    request: HttpRequest | None = None,
    *,
    actor: Any = None,
    target: Any = None,
    details: str = "",
) -> AuditEntry:
    """Add one row. The actor and the target are an account, a group or None.

    Details are a sentence without values of fields and without what somebody typed.
    """
    return AuditEntry.objects.create(
        kind=kind,
        actor_id=actor.pk if actor else None,
        actor=actor.get_username() if actor else "",
        address=client_address(request) if request else None,
        target_type=target._meta.label_lower if target else "",
        target_id=str(target.pk) if target else "",
        target=str(target)[:200] if target else "",
        details=details,
    )


def older_than(moment: datetime) -> QuerySet[AuditEntry]:
    """Return the rows from before the moment."""
    return AuditEntry.objects.filter(at__lt=moment)


def prune(moment: datetime) -> int:
    """Remove the rows from before the moment, note that it was done, and return how many."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, 'on', true)", [PRUNING])
        count = older_than(moment)._raw_delete("default")
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, '', true)", [PRUNING])
        text = _("Poistettiin %(count)s merkintää ajalta ennen %(day)s.")
        record(Kind.PRUNED, details=text % {"count": count, "day": f"{moment:%d.%m.%Y}"})
    return int(count)
