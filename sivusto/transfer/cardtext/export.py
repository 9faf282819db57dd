"""A card as the JSON that the importer prints."""

from datetime import date
from decimal import Decimal
from typing import Any

from sivusto.transfer.cardtext.model import AttachmentText, Card, ContactText, ShareText


def to_json(card: Card) -> dict[str, Any]:
    """Return the card as plain JSON values: ISO dates or None, whole numbers as int."""
    return {
        "name": card.name,
        "project_type": card.project_type,
        "portfolios": list(card.portfolios),
        "phase": card.phase,
        "start_date": _date(card.start_date),
        "end_date": _date(card.end_date),
        "sections": [{"heading": part.heading, "text": part.text} for part in card.sections],
        "funders": [funder.text for funder in card.funders],
        "implementers": list(card.implementers),
        "contacts": [_contact(contact) for contact in card.contacts],
        "attachments": [_attachment(attachment) for attachment in card.attachments],
        "shares": [_share(share) for share in card.shares],
        "total_cost": _number(card.total_cost),
    }


def _contact(contact: ContactText) -> dict[str, Any]:
    return {
        "role": contact.role,
        "name": contact.name,
        "phone": contact.phone,
        "email": contact.email,
        "unit": contact.unit,
        "share": _number(contact.share_percent),
        "start_date": _date(contact.start_date),
        "end_date": _date(contact.end_date),
    }


def _attachment(attachment: AttachmentText) -> dict[str, Any]:
    return {
        "title": attachment.title,
        "file": attachment.file,
        "size_kt": attachment.size_kt,
        "url": attachment.url,
    }


def _share(share: ShareText) -> dict[str, Any]:
    return {
        "funder": share.funder,
        "programme": share.programme,
        "amount": _number(share.amount),
        "percent": _number(share.percent),
        "kind": share.kind,
        "quote": share.quote,
    }


def _date(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
