"""Mends that staff ask for with one button: found anew, planned by the core, written at once."""

from decimal import Decimal
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hankkeet.models import Project
from rahoitus.models import FundingShare
from sivusto.checks.core import check
from sivusto.checks.describe import dead_links, describe, described
from sivusto.checks.model import Fix
from sivusto.checks.store import refresh
from sivusto.history.recording import record
from sivusto.transfer.funders import Funders

NUMBERS = ("amount", "percent")
Payer = tuple[int, int | None]


class MendRefusedError(Exception):
    """Nothing was written; the message tells why in Finnish."""


@transaction.atomic
def mend(pk: int, key: str, version: str, user: Any) -> str:
    """Do the mend of the card's finding and return what its button said.

    `version` is the card's as the person saw it. Raises MendRefusedError if the card has changed
    since, or if the finding is gone or has no mend.
    """
    project = described().select_for_update(of=("self",)).get(pk=pk)
    if project.version != version:
        raise MendRefusedError(
            _("Kortti on muuttunut sen jälkeen, kun avasit sen, joten mitään ei korjattu.")
        )
    fix = fix_of(project, key)
    write(project, fix, payers_of(fix))
    LogEntry.objects.log_actions(
        user_id=user.pk, queryset=[project], action_flag=CHANGE, change_message=fix.label
    )
    refresh([pk])
    record([project], user)
    return fix.label


def fix_of(project: Project, key: str) -> Fix:
    """Return the mend of a finding of the card, which ``described()`` has loaded.

    Raises MendRefusedError if the card's rows no longer give such a finding, or it has no mend.
    """
    found = check(describe(project, timezone.localdate(), dead_links()))
    fix = next((finding.fix for finding in found if finding.key == key), None)
    if fix is None:
        raise MendRefusedError(_("Havaintoa ei enää ole, joten mitään ei korjattu."))
    return fix


def payers_of(fix: Fix) -> list[Payer]:
    """Return the keys of funder and programme of each share that the mend adds, in its order.

    Meets them in the register under any of their names; makes those that it does not have.
    """
    new = [change.values for change in fix.changes if change.table == "new_share"]
    mentions = [(values["funder"], values["programme"]) for values in new]
    if not mentions:
        return []
    funders = Funders()
    funders.prepare(mentions)
    pairs = [funders.find(mention) for mention in mentions]
    if None in pairs:
        raise MendRefusedError(_("Rahoittajan nimeä ei ymmärretty. Lisää se lomakkeella."))
    return [funders.pks(pair) for pair in pairs if pair is not None]


def write(project: Project, fix: Fix, payers: list[Payer]) -> None:
    """Do the mend on the card's rows; ``payers`` are those of its new shares."""
    left = iter(payers)
    for change in fix.changes:
        if change.table == "project":
            _set(project, change.values)
        elif change.table == "share":
            share = project.funding_shares.get(pk=change.row or 0)
            _set(share, change.values)
            share.save()
        else:
            _add_share(project, change.values, next(left))
    project.save()


def _set(row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        field = row._meta.get_field(name)
        setattr(row, name, field.to_python(value))  # type: ignore[union-attr]


def _add_share(project: Project, values: dict[str, Any], payer: Payer) -> None:
    """Add a funder as the last one."""
    own = {name: value for name, value in values.items() if name not in ("funder", "programme")}
    last = project.funding_shares.aggregate(last=models.Max("position"))["last"]
    numbers = {name: Decimal(own[name]) for name in NUMBERS if own[name] is not None}
    FundingShare.objects.create(
        project=project,
        funder_id=payer[0],
        programme_id=payer[1],
        position=0 if last is None else last + 1,
        **(own | numbers),
    )
