"""A card's text held against the rules of the register, before anything is written.

Pure: what does not fit is left out or shortened and told; only what nobody should guess at makes
the card faulty.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sivusto.transfer.cardtext import section_html
from sivusto.transfer.cardtext.model import (
    AttachmentText,
    Card,
    ContactText,
    FunderName,
    SectionText,
    ShareText,
)

NAME_LIMIT = 300
TYPE_LIMIT = 120
TITLE_LIMIT = 200
BODY_LIMIT = 100_000
MOST_GROWTH = 40  # no text becomes so many times longer as HTML
ATTACHMENT_LIMIT = 300
URL_LIMIT = 1000
LARGEST_KT = 10**9
MOST_EUROS = Decimal(10) ** 12
CONTACT_LIMITS = {"role": 200, "name": 200, "unit": 200, "phone": 50, "email": 254}


@dataclass
class Checked:
    """A card that fits the register, what was done to it, and what makes it faulty."""

    card: Card
    messages: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def left_out(self, what: str, why: str) -> None:
        """Tell of a thing that does not fit."""
        self.messages.append(f"Jätettiin pois {what} ”{why[:60]}”: nimi on liian pitkä.")


def check(card: Card) -> Checked:
    """Fit the card to the register's limits; messages and faults are in Finnish."""
    checked = Checked(card)
    if not card.name.strip(" ,.;:-*"):
        checked.faults.append("Tekstissä ei ole hankkeen nimeä.")
    if len(card.name) > NAME_LIMIT:
        checked.faults.append(f"Hankkeen nimi on liian pitkä (yli {NAME_LIMIT} merkkiä).")
    checked.card = replace(
        card,
        project_type="".join(_short([card.project_type], TYPE_LIMIT, "hanketyyppi", checked)),
        portfolios=_short(card.portfolios, TITLE_LIMIT, "salkku", checked),
        implementers=_short(card.implementers, TITLE_LIMIT, "toteuttaja", checked),
        end_date=_end(card, checked),
        sections=tuple(_section(part, checked) for part in card.sections),
        funders=_funders(card, checked),
        contacts=tuple(_contact(row, checked) for row in card.contacts if _is_somebody(row)),
        attachments=tuple(_attachment(row, checked) for row in card.attachments),
        shares=tuple(row for row in card.shares if _is_share(row, checked)),
        total_cost=_total(card.total_cost, checked),
    )
    return checked


def _short(names: Iterable[str], limit: int, what: str, checked: Checked) -> tuple[str, ...]:
    kept: list[str] = []
    for name in names:
        if len(name) > limit:
            checked.left_out(what, name)
        else:
            kept.append(name)
    return tuple(kept)


def _end(card: Card, checked: Checked) -> date | None:
    if card.start_date and card.end_date and card.end_date < card.start_date:
        checked.messages.append(
            f"Päättymispäivä {_day(card.end_date)} on ennen aloittamispäivää "
            f"{_day(card.start_date)}; päättymispäivää ei tuotu."
        )
        return None
    return card.end_date


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _section(part: SectionText, checked: Checked) -> SectionText:
    if len(part.heading) > TITLE_LIMIT:
        part = SectionText("", f"{part.heading}\n{part.text}")
    may_be_long = len(part.text) > BODY_LIMIT // MOST_GROWTH
    if may_be_long and len(section_html(part.text)) > BODY_LIMIT:
        checked.faults.append(
            f"Tiivistelmän osa ”{part.heading or part.text[:40]}” on liian pitkä "
            "(yli 100 000 merkkiä). Siirrä osa siitä liitteeksi."
        )
    return part


def _funders(card: Card, checked: Checked) -> tuple[FunderName, ...]:
    fitting: list[FunderName] = []
    for name in card.funders:
        if max(len(name.funder), len(name.programme)) > TITLE_LIMIT:
            checked.left_out("rahoittaja", name.text)
        else:
            fitting.append(name)
    return tuple(fitting)


def _is_somebody(row: ContactText) -> bool:
    return any((row.role, row.unit, row.name, row.phone, row.email))


def _contact(row: ContactText, checked: Checked) -> ContactText:
    for name, limit in CONTACT_LIMITS.items():
        value = getattr(row, name)
        if len(value) > limit:
            checked.messages.append(f"Yhteyshenkilön tieto lyhennettiin: ”{value[:60]}…”.")
            row = replace(row, **{name: value[: limit - 1].rstrip() + "…"})
    if not (row.role or row.unit or row.name):
        row = replace(row, role="Yhteyshenkilö")
    if row.share_percent is not None and not 0 <= row.share_percent <= 100:
        row = replace(row, share_percent=None)
    if row.start_date and row.end_date and row.end_date < row.start_date:
        checked.messages.append("Yhteyshenkilön kausi päättyy ennen alkuaan; loppua ei tuotu.")
        row = replace(row, end_date=None)
    return row


def _attachment(row: AttachmentText, checked: Checked) -> AttachmentText:
    url = row.url
    if url and not (
        re.fullmatch(r"https?://[^\s\"<>]+", url, re.IGNORECASE) and len(url) <= URL_LIMIT
    ):
        if not row.file:
            checked.messages.append(f"Liitteen osoite ei kelpaa linkiksi: ”{url[:80]}”.")
        url = ""
    title = row.title or row.file or url
    size_kt = None if row.size_kt is not None and row.size_kt > LARGEST_KT else row.size_kt
    return AttachmentText(title[:ATTACHMENT_LIMIT], row.file[:ATTACHMENT_LIMIT], size_kt, url)


def _is_share(row: ShareText, checked: Checked) -> bool:
    fits = (
        0 < len(row.funder or row.programme) <= TITLE_LIMIT
        and len(row.programme) <= TITLE_LIMIT
        and (row.amount is None or 0 <= row.amount < MOST_EUROS)
        and (row.percent is None or 0 <= row.percent <= 100)
    )
    if not fits:
        checked.messages.append(f"Rahoitusosuutta ei tuotu: ”{row.quote[:80]}”.")
    return fits


def _total(total: Decimal | None, checked: Checked) -> Decimal | None:
    if total is None or 0 <= total < MOST_EUROS:
        return total
    checked.messages.append("Kokonaiskustannuksia ei tuotu: luku ei kelpaa.")
    return None
