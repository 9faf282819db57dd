"""A public card as data: what the page tells, and no person and no mailbox."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hankkeet.chains import Chain
from hankkeet.mailboxes import hidden, hidden_in_html
from hankkeet.models import Project, Result, Section
from hankkeet.models.texts import WITH_TEXT
from hankkeet.richtext import clean_html
from rahoitus.models import FundingShare
from sivusto.card.card import Card, present_card
from sivusto.search.similar.wording import Alike, public_like

LICENCE = "https://creativecommons.org/licenses/by/4.0/deed.fi"
Data = dict[str, Any]


def card_data(project: Project) -> Data:
    """Return the data of a public project loaded by ``cards()``, in Finnish in every language.

    Keys as in the data of a list, where there are the same; euros as numbers, days as ISO 8601.
    """
    with override("fi"):
        card = present_card(project)
        return {
            **_facts(project),
            "portfolios": [_thing(each) for each in project.portfolios.all()],
            "sections": [_section(section) for section in card.sections],
            "funding": [_share(share) for share in project.funding_shares.all()],
            "implementers": [organisation.name for organisation in card.implementers],
            "contacts": [
                {"role": hidden(each.role), "unit": hidden(each.unit)} for each in card.contacts
            ],
            "attachments": [_attachment(each, project.code) for each in card.attachments],
            "results": [_result(result) for result in card.results],
            **_relations(card),
            "chain": _chain(card.chain),
            "similar": [_alike(each) for each in public_like(project)],
            "licence": LICENCE,
        }


def _facts(project: Project) -> Data:
    kind = project.project_type
    stages = ("", "planned_", "actual_")
    days = [f"{stage}{day}" for stage in stages for day in ("start_date", "end_date")]
    sums = ("total_cost", "planned_cost", "actual_cost")
    return {
        "code": project.code,
        "address": _absolute(project.get_absolute_url()),
        "name": project.name,
        "project_type": kind and kind.name,
        "phase": project.phase,
        **{name: _day(getattr(project, name)) for name in days},
        **{name: _number(getattr(project, name)) for name in sums},
        "updated": timezone.localtime(project.updated_at).date().isoformat(),
    }


def _section(section: Section) -> Data:
    body = hidden_in_html(clean_html(section.body))
    return {"kind": section.kind, "heading": section.shown_heading, "html": body}


def _share(share: FundingShare) -> Data:
    return {
        "funder": share.funder.name,
        "programme": share.programme and share.programme.name,
        "amount": _number(share.amount),
        "percent": _number(share.percent),
        "kind": share.kind,
        "stage": share.stage,
        "is_declared": share.is_declared,
        "is_unchecked": share.is_proposal,
    }


def _attachment(attachment: Any, code: str) -> Data:
    """Return the data of an attachment with its ``text_state``."""
    address = attachment.get_absolute_url()
    has_text = attachment.text_state in WITH_TEXT
    text = reverse("attachment_text", args=[code, attachment.pk]) if has_text else ""
    return {
        "title": attachment.title,
        "address": _absolute(address) if attachment.file else address,
        "type": attachment.file_type,
        "size": attachment.size,
        "language": attachment.language,
        "kind": attachment.kind,
        "date": _day(attachment.document_date),
        "accessibility": attachment.accessibility,
        "text": _absolute(text) if text else None,
    }


def _result(result: Result) -> Data:
    return {
        "name": hidden(result.name),
        "state": result.state,
        "checked_on": _day(result.answered_on),
        "place": hidden(result.place),
        "url": result.url,
        "owner": hidden(result.owner),
    }


def _relations(card: Card) -> Data:
    loaded: Any = card.project
    related = {
        "parents": loaded.parents,
        "sub_projects": loaded.parts,
        "predecessors": loaded.origins_shown,
        "successors": loaded.continuations,
    }
    return {name: [_named(**each) for each in those] for name, those in related.items()}


def _chain(chain: Chain | None) -> Data | None:
    """Return the chain with its sum, which tells of how many projects the cost is not known."""
    if chain is None:
        return None
    return {
        "total_cost": _number(chain.total_cost),
        "without_cost": chain.without_cost,
        "is_cut": chain.is_cut,
        "projects": [
            _named(member.code, member.name)
            | {
                "place": member.place.value,
                "start_date": _day(member.start_date),
                "end_date": _day(member.end_date),
                "total_cost": _number(member.total_cost),
                "is_planned": member.is_planned,
            }
            for member in chain.members
        ],
    }


def _alike(alike: Alike) -> Data:
    return _named(alike.project.code, alike.project.name) | {"reason": alike.reason}


def _thing(thing: Any) -> Data:
    return {"name": thing.name, "address": _absolute(thing.get_absolute_url())}


def _named(code: str, name: str) -> Data:
    return {"code": code, "name": name, "address": _absolute(f"/hankkeet/{code}/")}


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
