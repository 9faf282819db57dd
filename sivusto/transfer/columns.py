"""From what a text says to the columns of the register."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hankkeet.models import Phase, Project
from hankkeet.models.contents import SectionKind
from rahoitus.models import Stage
from sivusto.transfer.cardtext.model import Card, ContactText
from sivusto.transfer.merge import Fact
from sivusto.transfer.register import Register
from sivusto.transfer.shares import ShareRow

_KINDS = {
    "tavoit": SectionKind.GOALS,
    "toimenpi": SectionKind.MEASURES,
    "sisält": SectionKind.MEASURES,
    "tulok": SectionKind.RESULTS,
    "hyöd": SectionKind.BENEFITS,
    "hyöt": SectionKind.BENEFITS,
    "kustan": SectionKind.COSTS,
    "rahoi": SectionKind.COSTS,
}
_KNOWN_WORD = re.compile("|".join(_KINDS), re.IGNORECASE)


def section_kind(heading: str) -> SectionKind:
    """Guess what a section speaks of from the first known word of its heading."""
    match = _KNOWN_WORD.search(heading)
    return _KINDS[match[0].lower()] if match else SectionKind.OTHER


def set_day(project: Project, which: str, value: date, *, anew: bool) -> None:
    """Set the start or end day as planned or actual, by the phase, so that the card shows it.

    An actual day that stands already is corrected rather than hidden behind, unless the phase has
    changed (`anew`) and the day is a plan again.
    """
    actual = f"actual_{which}_date"
    if _has_come(project.phase, which) or (getattr(project, actual) and not anew):
        setattr(project, actual, value)
    else:
        setattr(project, actual, None)
        setattr(project, f"planned_{which}_date", value)


def drop_stale_plan(project: Project) -> None:
    """Forget the planned day that no longer shows, where it would contradict the other one."""
    start, end = project.planned_start_date, project.planned_end_date
    if start and end and end < start:
        if project.actual_start_date:
            project.planned_start_date = None
        elif project.actual_end_date:
            project.planned_end_date = None


def set_cost(project: Project, total: Decimal | None, *, is_actual: bool) -> None:
    """Set the cost as planned or actual, so that the card shows it."""
    if is_actual or project.actual_cost is not None:
        project.actual_cost = total
    else:
        project.planned_cost = total


def row_columns(group: str, fact: Fact, card: Card, register: Register) -> dict[str, Any]:
    """Return the columns of a section, contact, attachment or funding share."""
    return {
        "section": lambda: _section(fact.row),
        "contact": lambda: _contact(fact.row),
        "attachment": lambda: _attachment(fact.value),
        "share": lambda: _share(fact.row, card, register),
    }[group]()


def _has_come(phase: str, which: str) -> bool:
    if phase == Phase.RUNNING:
        return which == "start"
    return phase in (Phase.ENDED, Phase.DISCONTINUED)


def _section(row: tuple[str, str]) -> dict[str, Any]:
    heading, html = row
    return {"kind": section_kind(heading), "heading": heading, "body": html}


def _contact(row: ContactText) -> dict[str, Any]:
    """Leave `visibility` alone: a name from the old register arrives hidden, staff may show it."""
    return {
        "role": row.role,
        "unit": row.unit,
        "person_name": row.name,
        "phone": row.phone,
        "email": row.email,
        "share_percent": row.share_percent,
        "start_date": row.start_date,
        "end_date": row.end_date,
    }


def _attachment(value: dict[str, Any]) -> dict[str, Any]:
    size_kt = value["size_kt"]
    return {
        "title": value["title"],
        "file_name": value["file"] or "",
        "size": None if size_kt is None else size_kt * 1024,
        "url": value["url"] or "",
    }


def _share(row: ShareRow, card: Card, register: Register) -> dict[str, Any]:
    funder, programme = register.funders.pks(row.pair)
    return {
        "funder_id": funder,
        "programme_id": programme,
        "amount": row.amount,
        "percent": row.percent,
        "kind": row.kind,
        "stage": Stage.ACTUAL if card.total_cost_is_actual else Stage.PLANNED,
        "is_declared": row.is_declared,
        "is_proposal": row.has_figures,
        "quote": row.quote,
    }
