"""The facts that a text, or a row of the register, tells by itself: no names have to be looked up.

They cost most of what an import compares, so a text's are made once, when it is read.
"""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from hankkeet.models import Attachment, Contact, Phase, Section
from hankkeet.richtext import clean_html, plain_text
from sivusto.templatetags.finnish import day, euros, percent, size
from sivusto.transfer.cardtext import section_html
from sivusto.transfer.cardtext.cleaning import squeeze
from sivusto.transfer.cardtext.model import AttachmentText, Card, ContactText, SectionText
from sivusto.transfer.keys import name_key
from sivusto.transfer.merge import Fact, Facts

PHASES = {
    "suunnitteilla": Phase.PLANNED,
    "käynnissä": Phase.RUNNING,
    "päättynyt": Phase.ENDED,
    "keskeytetty": Phase.DISCONTINUED,
}


@dataclass(frozen=True)
class OwnFacts:
    """What a card's text says by itself, by the groups that a card has in this order."""

    name: Facts = field(default_factory=dict)
    course: Facts = field(default_factory=dict)
    sections: Facts = field(default_factory=dict)
    contacts: Facts = field(default_factory=dict)
    attachments: Facts = field(default_factory=dict)


def own_facts(card: Card) -> OwnFacts:
    """Return what the text says; what it leaves empty is not there."""
    phase = PHASES.get(card.phase.casefold())
    return OwnFacts(
        name=name_fact(card.name),
        course=course_facts(phase, card.start_date, card.end_date, card.total_cost),
        sections=row_facts("section", map(_told_section, card.sections)),
        contacts=contact_facts(card.contacts),
        attachments=row_facts("attachment", (_attachment(r, r.size_kt) for r in card.attachments)),
    )


def name_fact(name: str) -> Facts:
    """Return the name as a fact; case and dashes do not matter."""
    return {"name": Fact(_("Hankkeen nimi"), name_key(name), name)}


def course_facts(
    phase: Phase | None, start: date | None, end: date | None, total: Decimal | None
) -> Facts:
    """Return phase, days and cost (euros) as facts, those that are known."""
    facts: Facts = {}
    if phase:
        facts["phase"] = Fact(_("Käsittelyvaihe"), phase.value, str(phase.label))
    if start:
        facts["start_date"] = Fact(_("Aloittamispvm"), start.isoformat(), day(start), start)
    if end:
        facts["end_date"] = Fact(_("Päättymispvm"), end.isoformat(), day(end), end)
    if total is not None:
        facts["total_cost"] = Fact(_("Kustannukset"), f"{total:.2f}", euros(total), total)
    return facts


def section_facts(sections: Iterable[Section]) -> Facts:
    """Return the register's sections as facts."""
    rows = (_section(row.heading, clean_html(row.body), row) for row in sections)
    return row_facts("section", rows)


def contact_facts(contacts: Iterable[ContactText | Contact]) -> Facts:
    """Return a text's or the register's contacts as facts."""
    return row_facts("contact", map(_contact, contacts))


def attachment_facts(attachments: Iterable[Attachment]) -> Facts:
    """Return the register's attachments as facts."""
    return row_facts("attachment", map(_kept_attachment, attachments))


def row_facts(group: str, rows: Iterable[tuple[str, Fact]]) -> Facts:
    """Key each row by its own name; rows of one name are told apart by their order."""
    seen: Counter[str] = Counter()
    facts: Facts = {}
    for key, fact in rows:
        seen[key] += 1
        facts[f"{group}/{key}" + (f"#{seen[key]}" if seen[key] > 1 else "")] = fact
    return facts


def markup(html: str) -> str:
    """Return HTML in one of the forms that mean the same, as editors write it differently."""
    return _flat(clean_html(html))


def _flat(clean: str) -> str:
    same = squeeze(clean.replace("&nbsp;", " "))
    return re.sub(r"\s*(</?(?:p|ul|ol|li|h3|br)\b[^>]*>)\s*", r"\1", same)


def _told_section(part: SectionText) -> tuple[str, Fact]:
    return _section(part.heading, clean_html(section_html(part.text)))


def _section(heading: str, body: str, row: Section | None = None) -> tuple[str, Fact]:
    """Make a fact of a section whose body has been cleaned."""
    label = _("Tiivistelmä: %(heading)s") % {"heading": heading or _("(ei otsikkoa)")}
    key = name_key(heading)
    value = {"heading": key, "body": _flat(body)}
    return key, Fact(label, value, squeeze(plain_text(body)), row or (heading, body))


def _contact(row: ContactText | Contact) -> tuple[str, Fact]:
    """Keep no name or number in what is compared: it would outlive the contact itself."""
    name = row.name if isinstance(row, ContactText) else row.person_name
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


def _digest(parts: list[str | None]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
