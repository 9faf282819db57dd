"""The findings of cards kept in the register: refreshed on save, on import and every night."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hankkeet.models import Finding
from sivusto.checks import model
from sivusto.checks.core import check
from sivusto.checks.describe import dead_links, describe, described

BATCH = 200


def refresh(projects: Iterable[int]) -> None:
    """Check the cards with these keys and keep what was found.

    Holds one batch of cards in memory at a time and takes the same number of queries for each; a
    finding that is still there keeps the day on which it was first seen.
    """
    today, pks = timezone.localdate(), list(projects)
    for start in range(0, len(pks), BATCH):
        with transaction.atomic():
            _refresh(pks[start : start + BATCH], today)


def as_json(fix: model.Fix | None) -> dict[str, Any] | None:
    """Return a mend as it is kept and printed."""
    return None if fix is None else asdict(fix)


def _refresh(pks: list[int], today: date) -> None:
    # Held, so that nobody deletes or changes a card between its check and its findings.
    cards = described().filter(pk__in=pks).order_by("pk")
    held = cards.select_for_update(of=("self",), no_key=True)
    dead = dead_links()
    rows = [
        Finding(
            project=project,
            key=finding.key,
            kind=finding.kind,
            weight=finding.weight,
            message=finding.message,
            quote=finding.quote,
            fix=as_json(finding.fix),
        )
        for project in held
        for finding in check(describe(project, today, dead))
    ]
    found = {(row.project_id, row.key) for row in rows}
    kept = Finding.objects.filter(project__in=pks).values_list("pk", "project_id", "key")
    gone = [pk for pk, project, key in kept if (project, key) not in found]
    Finding.objects.filter(pk__in=gone).delete()
    Finding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["project", "key"],
        update_fields=["kind", "weight", "message", "quote", "fix"],
    )
