"""A card as facts that compare: from the text that is brought in, and from the register."""

import hashlib
import json
import math
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from hankkeet.models import Attachment, Contact, Phase, Project, Section
from hankkeet.richtext import clean_html, plain_text
from rahoitus.models import FundingShare
from sivusto.templatetags.finnish import day, euros, percent, size
from sivusto.transfer.cardtext import section_html
from sivusto.transfer.cardtext.cleaning import squeeze
from sivusto.transfer.cardtext.model import AttachmentText, Card, ContactText
from sivusto.transfer.catalogue import Ref
from sivusto.transfer.funders import Pair
from sivusto.transfer.keys import name_key
from sivusto.transfer.merge import Base, Fact, Facts
from sivusto.transfer.register import Register, old_ids
from sivusto.transfer.shares import ShareRow, share_rows

PHASES = {
    "suunnitteilla": Phase.PLANNED,
    "käynnissä": Phase.RUNNING,
    "päättynyt": Phase.ENDED,
    "keskeytetty": Phase.DISCONTINUED,
}


def facts_of_card(card: Card, old_id: str, register: Register) -> Facts:
    """Return what the text says; what it leaves empty is not there."""
    facts: Facts = {"name": _name(card.name)}
    if card.project_type:
        facts["project_type"] = _type(register.types.ref(card.project_type), register)
    if card.portfolios:
        refs = list(dict.fromkeys(register.portfolios.ref(name) for name in card.portfolios))
        facts["portfolios"] = _portfolios(refs, register)
    phase = PHASES.get(card.phase.casefold())
    if phase:
        facts["phase"] = _phase(phase)
    facts |= _dates(card.start_date, card.end_date) | _cost(card.total_cost)
    facts |= _rows("section", [_section(p.heading, section_html(p.text)) for p in card.sections])
    if card.implementers:
        refs = list(dict.fromkeys(register.organisations.ref(name) for name in card.implementers))
        facts["implementers"] = _implementers(refs, register)
    facts |= _rows("contact", [_contact(row, row.name) for row in card.contacts])
    facts |= _rows("attachment", [_attachment(row, row.size_kt) for row in card.attachments])
    facts |= _rows("share", [_share(row, register) for row in share_rows(card, register.funders)])
    if old_id:
        facts["old_id"] = Fact(_("Vanhan rekisterin tunniste"), old_id, old_id)
    return facts


def facts_of_project(project: Project, old_id: str, register: Register) -> Facts:
    """Return what the card says now, from rows that `Register.load` has fetched."""
    facts: Facts = {"name": _name(project.name), "phase": _phase(Phase(project.phase))}
    if project.project_type_id:
        facts["project_type"] = _type(project.project_type_id, register)
    portfolios: list[Ref] = [portfolio.pk for portfolio in project.portfolios.all()]
    if portfolios:
        facts["portfolios"] = _portfolios(portfolios, register)
    facts |= _dates(project.start_date, project.end_date) | _cost(project.total_cost)
    facts |= _rows("section", [_section(s.heading, s.body, s) for s in project.sections.all()])
    organisations: list[Ref] = [row.organisation_id for row in project.implementer_set.all()]
    if organisations:
        facts["implementers"] = _implementers(organisations, register)
    facts |= _rows("contact", [_contact(row, row.person_name) for row in project.contacts.all()])
    facts |= _rows("attachment", [_kept_attachment(row) for row in project.attachments.all()])
    facts |= _rows("share", [_kept_share(row, register) for row in project.funding_shares.all()])
    known = old_ids(project)
    if known:
        value = old_id if old_id in known else known[0]
        facts["old_id"] = Fact(_("Vanhan rekisterin tunniste"), value, value)
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


def markup(html: str) -> str:
    """Return HTML in one of the forms that mean the same, as editors write it differently."""
    same = squeeze(clean_html(html).replace("&nbsp;", " "))
    return re.sub(r"\s*(</?(?:p|ul|ol|li|h3|br)\b[^>]*>)\s*", r"\1", same)


def _name(name: str) -> Fact:
    return Fact(_("Hankkeen nimi"), name_key(name), name)


def _type(ref: Ref, register: Register) -> Fact:
    return Fact(_("Hanketyyppi"), ref, register.types.name(ref))


def _portfolios(refs: list[Ref], register: Register) -> Fact:
    names = sorted(register.portfolios.name(ref) for ref in refs)
    return Fact(_("Salkut"), sorted(refs, key=str), ", ".join(names), refs)


def _implementers(refs: list[Ref], register: Register) -> Fact:
    names = [register.organisations.name(ref) for ref in refs]
    return Fact(_("Toteuttajat"), list(refs), ", ".join(names), refs)


def _phase(phase: Phase) -> Fact:
    return Fact(_("Käsittelyvaihe"), phase.value, str(phase.label))


def _dates(start: date | None, end: date | None) -> Facts:
    labels = {"start_date": _("Aloittamispvm"), "end_date": _("Päättymispvm")}
    return {
        key: Fact(labels[key], value.isoformat(), day(value), value)
        for key, value in (("start_date", start), ("end_date", end))
        if value
    }


def _cost(total: Decimal | None) -> Facts:
    if total is None:
        return {}
    return {"total_cost": Fact(_("Kustannukset"), f"{total:.2f}", euros(total), total)}


def _rows(group: str, rows: list[tuple[str, Fact]]) -> Facts:
    """Key each row by its own name; rows of one name are told apart by their order."""
    seen: Counter[str] = Counter()
    facts: Facts = {}
    for key, fact in rows:
        seen[key] += 1
        facts[f"{group}/{key}" + (f"#{seen[key]}" if seen[key] > 1 else "")] = fact
    return facts


def _section(heading: str, html: str, row: Section | None = None) -> tuple[str, Fact]:
    label = _("Tiivistelmä: %(heading)s") % {"heading": heading or _("(ei otsikkoa)")}
    value = {"heading": name_key(heading), "body": markup(html)}
    shown = squeeze(plain_text(html))
    return name_key(heading), Fact(label, value, shown, row or (heading, html))


def _contact(row: ContactText | Contact, name: str) -> tuple[str, Fact]:
    """Keep no name or number in what is compared: it would outlive the contact itself."""
    who = [squeeze(text) for text in (row.role, row.unit, name)]
    share = None if row.share_percent is None else f"{row.share_percent:.2f}"
    rest = [row.phone, row.email, share, str(row.start_date), str(row.end_date)]
    parts = [*who, row.phone, row.email, percent(row.share_percent)]
    period = f"{day(row.start_date)} – {day(row.end_date)}".strip("– ")
    shown = ", ".join(part for part in (*parts, period) if part)
    fact = Fact(_("Yhteyshenkilö"), _digest([*who, *rest]), shown, row)
    return _digest([name_key(text) for text in who]), fact


def _attachment(row: AttachmentText | Attachment, size_kt: int | None) -> tuple[str, Fact]:
    file = row.file if isinstance(row, AttachmentText) else row.file_name
    value = {"title": row.title, "file": file, "size_kt": size_kt, "url": row.url}
    parts = [row.title, file, size(size_kt * 1024) if size_kt else "", row.url]
    shown = ", ".join(part for part in parts if part)
    return name_key(row.title), Fact(_("Liite"), value, shown, row)


def _kept_attachment(row: Attachment) -> tuple[str, Fact]:
    size_kt = None if row.size is None else math.ceil(row.size / 1024)
    key, fact = _attachment(row, size_kt)
    return key, replace(fact, is_settled=bool(row.file))


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
    label = _("Rahoitus: %(funder)s") % {"funder": register.funders.label(row.pair)}
    figures = [euros(row.amount), percent(row.percent), _("työnä") if row.kind != "cash" else ""]
    declared = _("ilmoitettu rahoittaja") if row.is_declared else _("mainitaan tekstissä")
    shown = ", ".join(part for part in (*figures, declared) if part)
    return f"{funder}:{programme}", Fact(label, value, shown, source or row)


def _kept_share(row: FundingShare, register: Register) -> tuple[str, Fact]:
    pair: Pair = (row.funder_id, row.programme_id)
    kept = ShareRow(pair, row.is_declared, row.amount, row.percent, row.kind)
    key, fact = _share(kept, register, row)
    return key, replace(fact, is_settled=kept.has_figures and not row.is_proposal)


def _digest(parts: list[str | None]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
