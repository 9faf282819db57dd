"""What a merge would do: computed from the rows as they are, written nowhere."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hankkeet.models import Implementer, Organisation, Project
from rahoitus.models import STATEMENTS, Funder, FunderKind, FundingShare, Programme
from sivusto.merging.names import other_names
from sivusto.transfer.keys import programme_key
from sivusto.wording import grouped

MOST_TOLD = 10
AT_ONCE = 200  # cards whose versions and findings follow at once; the nightly commands do more


class MergeRefusedError(Exception):
    """The two cannot be merged, with words for people that say why."""


@dataclass
class Plan:
    """What would become of the two. Sentences; ``filled`` are fields the kept one takes over.

    ``twins`` pairs programmes that become one (gone to kept), ``needless`` are the keys of rows
    that would say the same twice, ``seen`` marks exactly this plan.
    """

    kept: Any
    gone: Any
    projects: list[int] = field(default_factory=list)
    filled: dict[str, Any] = field(default_factory=dict)
    twins: dict[int, int] = field(default_factory=dict)
    needless: list[int] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """A digest of all that the plan says and would do."""
        parts = (
            type(self.kept).__name__,
            self.kept.pk,
            self.gone.pk,
            self.projects,
            {name: str(value) for name, value in self.filled.items()},
            sorted(self.twins.items()),
            self.needless,
            self.moves,
            self.conflicts,
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def plan_of(kept: Model, gone: Model) -> Plan:
    """Return what merging the one that goes into the one that stays would do.

    Raises MergeRefusedError where they are not two, or not two of a kind.
    """
    if kept.pk == gone.pk or type(kept) is not type(gone):
        raise MergeRefusedError(_("Valitse kaksi eri riviä."))
    plan = Plan(kept, gone)
    makers = {Funder: _of_funders, Programme: _of_programmes, Organisation: _of_organisations}
    makers[type(kept)](plan)
    _tell_names(plan)
    return plan


def _of_funders(plan: Plan) -> None:
    shares = FundingShare.objects.filter(funder=plan.gone)
    plan.projects = _projects_of(shares)
    plan.moves += _counted(shares.count(), len(plan.projects))
    _plan_programmes(plan)
    _plan_fields(plan, ("short_name", "business_id", "url"))
    _plan_visibility(plan)
    kinds = FunderKind(plan.kept.kind), FunderKind(plan.gone.kind)
    if kinds[0] == FunderKind.OTHER != kinds[1]:
        plan.filled["kind"] = plan.gone.kind
    elif kinds[0] != kinds[1] != FunderKind.OTHER:
        _tell_conflict(plan, _("laji"), kinds[0].label, kinds[1].label)
    _plan_needless(plan, {"funder": plan.kept.pk}, shares)


def _plan_visibility(plan: Plan) -> None:
    _plan_fields(plan, STATEMENTS)
    if plan.gone.logo and not plan.kept.logo:
        plan.filled |= {"logo": plan.gone.logo.name, "logo_alt": plan.gone.logo_alt}
        plan.moves.append(_("Tunnus siirtyy jäävälle."))
    elif plan.gone.logo:
        _tell_conflict(plan, _("tunnus"), plan.kept.logo_alt, plan.gone.logo_alt)


def _plan_programmes(plan: Plan) -> None:
    """Pair programmes of one name; the others move as they are."""
    own: dict[str, Programme] = {}
    for programme in plan.kept.programmes.all():
        for name in (programme.name, *programme.aliases):
            own.setdefault(programme_key(name), programme)
    moving = []
    for programme in plan.gone.programmes.all():
        names = (programme.name, *programme.aliases)
        twin = next((own[key] for key in map(programme_key, names) if key in own), None)
        if twin is None:
            moving.append(programme.name)
            continue
        plan.twins[programme.pk] = twin.pk
        text = _("Molemmilla on ohjelma %(kept)s: ne yhdistetään, ja nimi %(gone)s jää muistiin.")
        plan.conflicts.append(text % {"kept": twin.name, "gone": programme.name})
    if moving:
        text = ngettext(
            "Ohjelma siirtyy: %(names)s.", "Ohjelmat siirtyvät: %(names)s.", len(moving)
        )
        plan.moves.append(text % {"names": _listed(moving)})


def _of_programmes(plan: Plan) -> None:
    if plan.kept.funder_id != plan.gone.funder_id:
        raise MergeRefusedError(
            _(
                "Ohjelmat ovat eri rahoittajien: %(kept)s ja %(gone)s. Yhdistä rahoittajat ensin, "
                "jos ne ovat sama."
            )
            % {"kept": plan.kept.funder.name, "gone": plan.gone.funder.name}
        )
    shares = FundingShare.objects.filter(programme=plan.gone)
    plan.projects = _projects_of(shares)
    plan.moves += _counted(shares.count(), len(plan.projects))
    _plan_fields(plan, ("start_year", "end_year"))
    _plan_visibility(plan)
    _plan_needless(plan, {"programme": plan.kept.pk}, shares)


def _of_organisations(plan: Plan) -> None:
    rows = Implementer.objects.filter(organisation=plan.gone)
    plan.projects = list(rows.order_by("project").values_list("project", flat=True).distinct())
    both = rows.filter(
        Exists(Implementer.objects.filter(project=OuterRef("project"), organisation=plan.kept))
    )
    plan.needless = list(both.order_by("pk").values_list("pk", flat=True))
    if plan.projects:
        number = len(plan.projects)
        text = ngettext(
            "%(n)s kortin toteuttaja vaihtuu.", "%(n)s kortin toteuttaja vaihtuu.", number
        )
        plan.moves.append(text % {"n": grouped(number)})
    if plan.needless:
        text = _("Molemmat ovat toteuttajina korteilla %(cards)s: toinen rivi poistetaan.")
        plan.conflicts.append(text % {"cards": _cards(both.values("project"))})


def _plan_fields(plan: Plan, names: Iterable[str]) -> None:
    """Let the kept one take over what it lacks; tell where both have their own."""
    for name in names:
        label = str(plan.kept._meta.get_field(name).verbose_name)
        mine, its = getattr(plan.kept, name), getattr(plan.gone, name)
        if its in ("", None) or mine == its:
            continue
        if name == "short_name" and mine:
            continue  # becomes another name, so that nothing is lost
        if mine in ("", None):
            plan.filled[name] = its
            text = _("Jäävä saa tiedon: %(field)s %(value)s.")
            plan.moves.append(text % {"field": label, "value": its})
        else:
            _tell_conflict(plan, label, mine, its)


def _tell_conflict(plan: Plan, label: Any, mine: Any, its: Any) -> None:
    text = _("Molemmilla on oma tieto: %(field)s. Jää ”%(kept)s”, ja ”%(gone)s” jää pois.")
    plan.conflicts.append(text % {"field": label, "kept": mine, "gone": its})


def _plan_needless(plan: Plan, kept: dict[str, int], moving: Any) -> None:
    """Find rows without figures beside another of the same payer: they would say it twice."""
    projects = plan.projects
    rows = list(
        FundingShare.objects.filter(Q(**kept, project__in=projects) | Q(pk__in=moving.values("pk")))
        .order_by("project", "position", "pk")
        .values_list("pk", "project", "programme", "stage", "amount", "percent")
    )
    same = plan.twins if isinstance(plan.gone, Funder) else {plan.gone.pk: plan.kept.pk}
    groups: dict[Any, list[tuple[int, bool]]] = {}
    for pk, project, programme, stage, amount, percent in rows:
        key = project, same.get(programme, programme), stage
        has_figures = amount is not None or percent is not None
        groups.setdefault(key, []).append((pk, has_figures))
    doubled = []
    for (project, _programme, _stage), shares in groups.items():
        bare = [pk for pk, has_figures in shares if not has_figures]
        plan.needless += bare if len(bare) < len(shares) else bare[1:]
        if sum(has_figures for _pk, has_figures in shares) > 1:
            doubled.append(project)
    if plan.needless:
        text = ngettext(
            "%(n)s rivi ilman lukuja poistetaan, sillä sama rahoittaja on kortilla jo.",
            "%(n)s riviä ilman lukuja poistetaan, sillä sama rahoittaja on kortilla jo.",
            len(plan.needless),
        )
        plan.moves.append(text % {"n": grouped(len(plan.needless))})
    if doubled:
        text = _("Molemmat ovat lukuineen korteilla %(cards)s: molemmat rivit jäävät. Tarkista ne.")
        plan.conflicts.append(text % {"cards": _cards(doubled)})


def _tell_names(plan: Plan) -> None:
    names = (plan.gone.name, getattr(plan.gone, "short_name", ""), *plan.gone.aliases)
    own = (
        plan.kept.name,
        getattr(plan.kept, "short_name", "") or plan.filled.get("short_name", ""),
    )
    gained = other_names((*own, *plan.kept.aliases), (), names)
    if gained:
        text = _("Muiksi nimiksi jäävät: %(names)s.")
        plan.moves.append(text % {"names": _listed(gained)})
    plan.moves.append(_("Vanhat osoitteet ohjautuvat jäävän sivulle."))
    if len(plan.projects) > AT_ONCE:
        plan.moves.append(
            _(
                "Kortteja on paljon, joten niiden muutoshistoria ja havainnot päivittyvät vasta "
                "yöllä."
            )
        )


def _projects_of(shares: Any) -> list[int]:
    return list(shares.order_by("project").values_list("project", flat=True).distinct())


def _counted(shares: int, projects: int) -> list[str]:
    if not shares:
        return []
    text = ngettext("%(n)s rahoitusosuus siirtyy", "%(n)s rahoitusosuutta siirtyy", shares)
    on = ngettext("%(n)s kortilla", "%(n)s kortilla", projects)
    return [f"{text % {'n': grouped(shares)}} {on % {'n': grouped(projects)}}."]


def _cards(projects: Any) -> str:
    found = Project.objects.filter(pk__in=projects).order_by("pk")
    return _listed(list(found.values_list("code", flat=True)[: MOST_TOLD + 1]))


def _listed(names: Sequence[str]) -> str:
    more = "…" if len(names) > MOST_TOLD else ""
    return ", ".join(names[:MOST_TOLD]) + more


def weighed(rows: Iterable[Any]) -> dict[int, int]:
    """Return how many cards use each of the rows, to propose which of two stays."""
    chosen = list(rows)
    way = "projects" if isinstance(chosen[0], Organisation) else "funding_shares__project"
    counted = type(chosen[0])._default_manager.filter(pk__in=[row.pk for row in chosen])
    return dict(
        counted.order_by().annotate(cards=Count(way, distinct=True)).values_list("pk", "cards")
    )
