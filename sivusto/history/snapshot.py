"""A card as plain values: the public truth only, to be kept for as long as the register is."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.crypto import salted_hmac

from hankkeet.models import Attachment, Contact, Project, Result, Section
from rahoitus.models import FundingShare
from sivusto.history.contents import Content, Row

DAYS = ("planned_start_date", "planned_end_date", "actual_start_date", "actual_end_date")
SUMS = ("planned_cost", "actual_cost")
# Each relation of a content with the annotation of ``cards()`` that it comes from.
RELATIONS = {
    "parents": "parents",
    "parts": "parts",
    "predecessors": "origins_shown",
    "successors": "continuations",
}


def snapshot(project: Project) -> Content:
    """Return the content of a project loaded by ``cards()``; no queries.

    Persons are not in it: a contact is a role in a unit, with marks by which one can tell whether
    the person that the contact's own row holds today is still the same.
    """
    loaded: Any = project
    kind = project.project_type
    return {
        "name": project.name,
        "project_type": kind and {"id": kind.pk, "name": kind.name},
        "phase": project.phase,
        **{name: _iso(getattr(project, name)) for name in DAYS},
        **{name: _number(getattr(project, name)) for name in SUMS},
        "portfolios": [{"id": p.pk, "name": p.name} for p in project.portfolios.all()],
        "sections": [_section(section) for section in project.sections.all()],
        "funding": [_share(share) for share in project.funding_shares.all()],
        "implementers": [
            {"id": row.organisation_id, "name": row.organisation.name}
            for row in project.implementer_set.all()
        ],
        "contacts": [_contact(contact) for contact in project.contacts.all()],
        "attachments": [_attachment(attachment) for attachment in project.attachments.all()],
        "logos": [
            {"id": logo.pk, "image": logo.image.name, "alt": logo.alt}
            for logo in project.logos.all()
        ],
        "results": [_result(result) for result in project.results.all()],
        **{
            name: [{"id": other["code"], "name": other["name"]} for other in getattr(loaded, field)]
            for name, field in RELATIONS.items()
        },
        "keys": [
            {"id": f"{key['kind']} {key['value']}", "kind": key["kind"], "value": key["value"]}
            for key in sorted(loaded.shown_keys, key=lambda key: (key["kind"], key["value"]))
        ],
    }


def person_mark(contact: Contact) -> str:
    """Return what stands for the contact's person, "" where the public sees none."""
    return _mark(contact, contact.person_name) if contact.shows_name else ""


def details_mark(contact: Contact) -> str:
    """Return what stands for the person's own details, "" where the public sees none."""
    details = (
        contact.phone,
        contact.email,
        _number(contact.share_percent),
        _iso(contact.start_date),
        _iso(contact.end_date),
    )
    return _mark(contact, *details) if contact.shows_all and any(details) else ""


def _mark(contact: Contact, *values: str | None) -> str:
    """Return six hexadecimal digits: two tell the secret key apart, four the values.

    Sixteen bits under a secret key are enough to see a change and too few to find a person.
    """
    salt = "sivusto.history.contact"
    key = salted_hmac(salt, "key", algorithm="sha256").hexdigest()[:2]
    text = "\n".join([str(contact.pk), *(value or "" for value in values)])
    return key + salted_hmac(salt, text, algorithm="sha256").hexdigest()[:4]


def _section(section: Section) -> Row:
    return {
        "id": section.pk,
        "kind": section.kind,
        "heading": section.heading,
        "body": section.body,
    }


def _share(share: FundingShare) -> Row:
    programme = share.programme
    return {
        "id": share.pk,
        "funder": {"id": share.funder_id, "name": share.funder.name},
        "programme": programme and {"id": programme.pk, "name": programme.name},
        "amount": _number(share.amount),
        "percent": _number(share.percent),
        "kind": share.kind,
        "stage": share.stage,
        "is_declared": share.is_declared,
        "is_proposal": share.is_proposal,
    }


def _contact(contact: Contact) -> Row:
    return {
        "id": contact.pk,
        "role": contact.role,
        "unit": contact.unit,
        "unit_email": contact.unit_email,
        "visibility": contact.shown.value,
        "person": person_mark(contact),
        "details": details_mark(contact),
    }


def _attachment(attachment: Attachment) -> Row:
    return {
        "id": attachment.pk,
        "title": attachment.title,
        "url": attachment.url,
        "file": attachment.file.name or "",
        "file_name": attachment.file_name,
        "size": attachment.size,
        "language": attachment.language,
        "kind": attachment.kind,
        "document_date": _iso(attachment.document_date),
        "accessibility": attachment.accessibility,
    }


def _result(result: Result) -> Row:
    return {
        "id": result.pk,
        "name": result.name,
        "state": result.state,
        "place": result.place,
        "url": result.url,
        "owner": result.owner,
        "answered_on": _iso(result.answered_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
