"""A card as facts that compare: from the text that is brought in, and from the register."""

from dataclasses import replace

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Phase, Project
from hankkeet.models.necessities import NECESSITIES
from rahoitus.models import FundingShare
from sivusto.templatetags.finnish import euros, percent
from sivusto.transfer.cardtext.model import Card
from sivusto.transfer.catalogue import Ref
from sivusto.transfer.funders import Funders, Pair
from sivusto.transfer.merge import Base, Fact, Facts, group_of
from sivusto.transfer.own_facts import (
    OwnFacts,
    attachment_facts,
    contact_facts,
    course_facts,
    name_fact,
    row_facts,
    section_facts,
)
from sivusto.transfer.register import Register, old_ids
from sivusto.transfer.shares import ShareRow, share_rows


def facts_of_card(card: Card, own: OwnFacts, old_id: str, register: Register) -> Facts:
    """Return what the text says; what it leaves empty is not there.

    `own` is what the card says by itself; here the names in it are looked up.
    """
    facts = dict(own.name)
    if card.project_type:
        facts["project_type"] = _type(register.types.ref(card.project_type), register)
    if card.portfolios:
        facts["portfolios"] = _portfolios(register.portfolios.refs(card.portfolios), register)
    facts |= own.course | own.sections
    if card.implementers:
        refs = register.organisations.refs(card.implementers)
        facts["implementers"] = _implementers(refs, register)
    facts |= own.contacts | own.attachments
    rows = share_rows(card, register.funders)
    facts |= row_facts("share", (_share(row, register) for row in rows))
    return facts | _old_id(old_id)


def facts_of_project(project: Project, old_id: str, register: Register) -> Facts:
    """Return what the card says now, from rows that `Register.load` has fetched."""
    facts = name_fact(project.name)
    if project.project_type_id:
        facts["project_type"] = _type(project.project_type_id, register)
    portfolios: list[Ref] = [portfolio.pk for portfolio in project.portfolios.all()]
    if portfolios:
        facts["portfolios"] = _portfolios(portfolios, register)
    facts |= course_facts(
        Phase(project.phase), project.start_date, project.end_date, project.total_cost
    )
    facts |= section_facts(project.sections.all())
    organisations: list[Ref] = [row.organisation_id for row in project.implementer_set.all()]
    if organisations:
        facts["implementers"] = _implementers(organisations, register)
    facts |= contact_facts(project.contacts.all())
    facts |= attachment_facts(project.attachments.all())
    shares = project.funding_shares.all()
    facts |= row_facts("share", (_kept_share(row, register) for row in shares))
    known = old_ids(project)
    if known:
        facts |= _old_id(old_id if old_id in known else known[0])
    return facts


def completed(new: Facts, now: Facts, base: Base) -> Facts:
    """Fill in what a plain copy of a card cannot tell of its attachments: addresses of links."""
    facts = dict(new)
    for key, fact in new.items():
        if key.startswith("attachment/"):
            known = base.facts.get(key) or (now[key].value if key in now else {})
            value = {part: fact.value[part] or known.get(part) for part in fact.value}
            facts[key] = replace(fact, value=value)
    return facts


def with_made_rows(key: str, fact: Fact, register: Register) -> tuple[str, Fact]:
    """Return a text's fact and its key with the rows that have been made since it was compared."""
    group, value = group_of(key), fact.value
    if group == "project_type":
        value = register.types.now(value)
    elif group == "portfolios":
        value = sorted(map(register.portfolios.now, value), key=str)
    elif group == "implementers":
        value = list(map(register.organisations.now, value))
    elif group == "share":
        number = key.removeprefix(f"share/{value['funder']}:{value['programme']}")
        funder, programme = register.funders.now((value["funder"], value["programme"]))
        value = value | {"funder": funder, "programme": programme}
        key = f"share/{funder}:{programme}{number}"
    return key, fact if value == fact.value else replace(fact, value=value)


def necessities_of(facts: Facts, funders: Funders) -> set[str]:
    """Return which of the necessities of publishing a text gives its new card."""
    groups = {key.partition("/")[0] for key in facts}
    has = {name for name in NECESSITIES if name in facts}
    if any(key.startswith("section/") and fact.value["body"] for key, fact in facts.items()):
        has.add("summary")
    if "portfolios" in groups:
        has.add("portfolio")
    if groups & {"implementers", "contact"}:
        has.add("responsible")
    shares = (fact.value for key, fact in facts.items() if key.startswith("share/"))
    declared = [share for share in shares if share["is_declared"]]
    if all(funders.is_visible((share["funder"], share["programme"])) for share in declared):
        has.add("visibility")
    return has


def _type(ref: Ref, register: Register) -> Fact:
    return Fact(_("Hanketyyppi"), ref, register.types.name(ref))


def _portfolios(refs: list[Ref], register: Register) -> Fact:
    names = sorted(register.portfolios.name(ref) for ref in refs)
    return Fact(_("Salkut"), sorted(refs, key=str), ", ".join(names), refs)


def _implementers(refs: list[Ref], register: Register) -> Fact:
    names = [register.organisations.name(ref) for ref in refs]
    return Fact(_("Toteuttajat"), list(refs), ", ".join(names), refs)


def _old_id(value: str) -> Facts:
    return {"old_id": Fact(_("Vanhan rekisterin tunniste"), value, value)} if value else {}


def _share(
    row: ShareRow, register: Register, source: FundingShare | None = None
) -> tuple[str, Fact]:
    funder, programme = row.pair
    value = {
        "funder": funder,
        "programme": programme,
        "amount": None if row.amount is None else f"{row.amount:.2f}",
        "percent": None if row.percent is None else f"{row.percent:.2f}",
        "kind": row.kind,
        "is_declared": row.is_declared,
    }
    label = _share_label(register.funders, row.pair)
    return f"{funder}:{programme}", Fact(label, value, _share_shown(row), source or row)


def _label_of_share(funders: Funders, pair: Pair) -> str:
    return gettext("Rahoitus: %(funder)s") % {"funder": funders.label(pair)}


def _words_of_share(row: ShareRow) -> str:
    in_kind = gettext("työnä") if row.kind != "cash" else ""
    how = gettext("ilmoitettu rahoittaja") if row.is_declared else gettext("mainitaan tekstissä")
    return ", ".join(filter(None, (euros(row.amount), percent(row.percent), in_kind, how)))


# Words that few ever see, of facts that are compared by the thousand.
_share_label = lazy(_label_of_share, str)
_share_shown = lazy(_words_of_share, str)


def _kept_share(row: FundingShare, register: Register) -> tuple[str, Fact]:
    pair: Pair = (row.funder_id, row.programme_id)
    kept = ShareRow(pair, row.is_declared, row.amount, row.percent, row.kind)
    key, fact = _share(kept, register, row)
    return key, replace(fact, is_settled=kept.has_figures and not row.is_proposal)
