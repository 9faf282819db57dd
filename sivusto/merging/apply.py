"""Making two things one, in one transaction, while nobody else changes either."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hankkeet.models import Implementer, Organisation, Project, Revision
from hankkeet.storage import delete_after_commit
from rahoitus.models import STATEMENTS, Funder, FundingShare, PayerVisibility, Programme
from sivusto.checks.store import refresh
from sivusto.history.recording import record
from sivusto.merging.names import former_addresses, other_names
from sivusto.merging.plan import AT_ONCE, MergeRefusedError, Plan, plan_of

Ids = dict[str, dict[int, int]]  # a field of a card's rows, and keys that become others


@transaction.atomic
def merge(model: type[Any], kept: int, gone: int, *, seen: str, by: Any) -> Plan:
    """Merge the one that goes into the one that stays; return what was done.

    Raises MergeRefusedError where either is no longer there, or where something of the plan that
    was ``seen`` has changed. Rights are the caller's to ask.
    """
    rows = {row.pk: row for row in _held(model, [kept, gone])}
    if kept not in rows or gone not in rows:
        raise MergeRefusedError(
            _("Toista ei enää ole rekisterissä: joku on yhdistänyt tai poistanut sen.")
        )
    plan = plan_of(rows[kept], rows[gone])
    if plan.seen != seen:
        raise MergeRefusedError(
            _("Tiedot ovat muuttuneet sen jälkeen, kun avasit sivun. Lue suunnitelma uudelleen.")
        )
    held = Project.objects.filter(pk__in=plan.projects).order_by("pk").select_for_update()
    list(held.values_list("pk"))
    _move_rows(plan)
    _gain_names(plan)
    if len(plan.projects) <= AT_ONCE:
        refresh(plan.projects)
        reason = _("Yhdistetty: %(gone)s → %(kept)s")
        names = {"gone": plan.gone.name, "kept": plan.kept.name}
        record(Project.objects.filter(pk__in=plan.projects), by, reason % names)
    return plan


def _held(model: type[Any], keys: list[int]) -> Any:
    return model._default_manager.filter(pk__in=keys).order_by("pk").select_for_update()


def _move_rows(plan: Plan) -> None:
    """Let everything that names the one name the other, and remove what says it twice."""
    gone, kept = plan.gone, plan.kept
    changed: Ids = {}
    if isinstance(gone, Organisation):
        Implementer.objects.filter(pk__in=plan.needless).delete()
        Implementer.objects.filter(organisation=gone).update(organisation=kept)
        changed["organisation"] = {gone.pk: kept.pk}
    elif isinstance(gone, Programme):
        _drop_needless(plan)
        FundingShare.objects.filter(programme=gone).update(programme=kept)
        changed["programme"] = {gone.pk: kept.pk}
    elif isinstance(gone, Funder):
        _drop_needless(plan)
        FundingShare.objects.filter(funder=gone).update(funder=kept)
        changed |= {"funder": {gone.pk: kept.pk}, "programme": plan.twins}
        _move_programmes(plan)
    _follow_in_revisions(plan, changed)


def _drop_needless(plan: Plan) -> None:
    """Remove rows without figures; that the payer was declared passes to those that stay."""
    rows = FundingShare.objects.filter(pk__in=plan.needless)
    declared = set(rows.filter(is_declared=True).values_list("project", flat=True))
    rows.delete()
    keys = {"programme": [plan.gone, plan.kept]}
    if isinstance(plan.gone, Funder):
        keys = {"funder": [plan.gone, plan.kept]}
    (name, both), *_none = keys.items()
    FundingShare.objects.filter(project__in=declared, **{f"{name}__in": both}).update(
        is_declared=True
    )


def _move_programmes(plan: Plan) -> None:
    programmes = Programme.objects.in_bulk([*plan.twins, *plan.twins.values()])
    for gone_key, kept_key in plan.twins.items():
        twin, gone = programmes[kept_key], programmes[gone_key]
        FundingShare.objects.filter(programme=gone).update(programme=twin)
        _take_names(twin, gone)
        taken = _take_visibility(twin, gone)
        twin.save(update_fields=["aliases", "former_slugs", *taken])
        gone.delete()
    plan.gone.programmes.update(funder=plan.kept)


def _gain_names(plan: Plan) -> None:
    """Remove the one, and give the other its names, its addresses and what it lacked."""
    gone, kept = plan.gone, plan.kept
    logo = gone.logo.name if isinstance(gone, PayerVisibility) and gone.logo else ""
    for name, value in plan.filled.items():
        setattr(kept, name, value)
    _take_names(kept, gone)
    type(gone)._default_manager.get(pk=gone.pk).delete()  # fails if anything names it still
    kept.save(update_fields=["aliases", "former_slugs", *plan.filled])
    if logo and "logo" not in plan.filled:
        delete_after_commit({logo})


def _take_visibility(kept: Programme, gone: Programme) -> list[str]:
    """Give the one the sentences and the emblem that it lacks; forget the file that it leaves."""
    names = [name for name in STATEMENTS if not getattr(kept, name)]
    if not kept.logo:
        names += ["logo", "logo_alt"]
    elif gone.logo:
        delete_after_commit({str(gone.logo.name)})
    for name in names:
        setattr(kept, name, getattr(gone, name))
    return names


def _take_names(kept: Any, gone: Any) -> None:
    own = (kept.name, getattr(kept, "short_name", ""))
    names = (gone.name, getattr(gone, "short_name", ""), *gone.aliases)
    kept.aliases = other_names(own, kept.aliases, names)
    slugs = (gone.slug, *gone.former_slugs)
    kept.former_slugs = former_addresses(kept.slug, kept.former_slugs, slugs)


def _follow_in_revisions(plan: Plan, changed: Ids) -> None:
    """Let proposed contents of cards, which hold keys as plain values, name the other, too."""
    table = "implementer_set" if isinstance(plan.gone, Organisation) else "funding_shares"
    field, keys = next(iter(changed.items()))
    gone = next(iter(keys))
    naming = {f"content__{table}__contains": [{field: gone}]}
    before = {f"base__{table}__contains": [{field: gone}]}
    found = Revision.objects.filter(**naming) | Revision.objects.filter(**before)
    revisions = list(found.select_for_update(of=("self",)))
    for revision in revisions:
        for values in (revision.content, revision.base):
            values[table] = _followed(values[table], plan, changed)
    Revision.objects.bulk_update(revisions, ["content", "base"])


def _followed(rows: list[dict[str, Any]], plan: Plan, changed: Ids) -> list[dict[str, Any]]:
    """Return the rows naming the other; one that says nothing of its own is left out."""
    present = {row.get("organisation") for row in rows}
    needless = set(plan.needless)
    followed = []
    for row in rows:
        is_bare = row.get("amount") is None and row.get("percent") is None
        says_nothing = row["id"] in needless and is_bare
        if "organisation" in row:
            says_nothing = row["organisation"] == plan.gone.pk and plan.kept.pk in present
        if not says_nothing:
            followed.append(row | _renamed(row, changed))
    return followed


def _renamed(row: dict[str, Any], changed: Ids) -> dict[str, Any]:
    return {name: keys.get(row[name], row[name]) for name, keys in changed.items() if name in row}
