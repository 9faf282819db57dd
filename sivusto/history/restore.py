"""An old content made into a project again, so that today's card and paper show it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from hankkeet.models import (
    Attachment,
    Contact,
    Implementer,
    Logo,
    Organisation,
    Project,
    ProjectType,
    Result,
    Section,
)
from hankkeet.models.contacts import Visibility
from rahoitus.models import Funder, FunderKind, FundingShare, PayerVisibility, Programme
from salkut.fields import name_slug
from salkut.models import Portfolio
from sivusto.history.contents import Content, Row
from sivusto.history.present import Present, allowed
from sivusto.history.snapshot import DAYS, RELATIONS, SUMS, details_mark, person_mark

OPENNESS = [Visibility.ROLE, Visibility.NAME, Visibility.ALL]


def restore(content: Content, present: Present, moment: datetime | None = None) -> Project:
    """Return the project of a content as ``cards()`` would have loaded it then; no queries.

    It is not to be saved. Persons, files and logos are there only as far as today lets them be.
    ``moment`` is when the content became what it is.
    """
    content = allowed(content, present)
    today = present.project
    project: Any = Project(
        pk=today.pk,
        code=today.code,
        slug=today.slug,
        publication=today.publication,
        published_at=today.published_at,
        created_at=today.created_at,
        updated_at=moment or today.updated_at,
        name=content["name"],
        phase=content["phase"],
        **{name: _day(content[name]) for name in DAYS},
        **{name: _number(content[name]) for name in SUMS},
    )
    kind = content["project_type"]
    project.project_type = kind and ProjectType(pk=kind["id"], name=kind["name"])
    project.start_date = project.actual_start_date or project.planned_start_date
    project.end_date = project.actual_end_date or project.planned_end_date
    both = (project.actual_cost, project.planned_cost)
    project.total_cost = next((cost for cost in both if cost is not None), None)
    project.first_end_date = getattr(today, "first_end_date", None)
    project.first_cost = getattr(today, "first_cost", None)
    for name, field in RELATIONS.items():
        related = [{"code": row["id"], "name": row["name"]} for row in content[name]]
        setattr(project, field, related)
    project.shown_keys = [{"kind": k["kind"], "value": k["value"]} for k in content["keys"]]
    project._prefetched_objects_cache = _rows(content, present, project)
    return project  # type: ignore[no-any-return]


def _rows(content: Content, present: Present, project: Project) -> dict[str, Any]:
    """Return the lists of the card under the names by which a project finds them loaded."""
    implementers = [
        Implementer(project=project, organisation=Organisation(pk=row["id"], name=row["name"]))
        for row in content["implementers"]
    ]
    logos = [
        Logo(pk=row["id"], project=project, image=row["image"], alt=row["alt"])
        for row in content["logos"]
        if row["image"] in present.pictures
    ]
    return {
        "portfolios": _loaded(Portfolio, (_portfolio(r, present) for r in content["portfolios"])),
        "sections": _loaded(Section, (Section(**_own(row)) for row in content["sections"])),
        "contacts": _loaded(Contact, (_contact(row, present) for row in content["contacts"])),
        "logos": _loaded(Logo, logos),
        "implementer_set": _loaded(Implementer, implementers),
        "funding_shares": _loaded(FundingShare, (_share(r, present) for r in content["funding"])),
        "attachments": _loaded(
            Attachment, (_attachment(row, present) for row in content["attachments"])
        ),
        "results": _loaded(Result, (_result(row) for row in content["results"])),
    }


def _loaded(model: type[models.Model], rows: Iterable[models.Model]) -> Any:
    """Return the rows as a queryset that has been asked already."""
    asked: Any = model._default_manager.all()
    asked._result_cache = list(rows)
    asked._prefetch_done = True
    return asked


def _own(row: Row) -> dict[str, Any]:
    return {"pk" if key == "id" else key: value for key, value in row.items()}


def _portfolio(row: Row, present: Present) -> Portfolio:
    today = present.portfolios.get(row["id"])
    return Portfolio(
        pk=row["id"], name=row["name"], slug=today.slug if today else name_slug(row["name"])
    )


def _visibility(today: PayerVisibility | None) -> dict[str, Any]:
    """Return what a payer wants to be shown now: emblems are not kept with versions."""
    fields = [field.name for field in PayerVisibility._meta.fields]
    return {name: getattr(today, name) for name in fields} if today else {}


def _share(row: Row, present: Present) -> FundingShare:
    payer, programme = row["funder"], row["programme"]
    today = present.funders.get(payer["id"])
    funder = Funder(
        pk=payer["id"],
        name=payer["name"],
        slug=today.slug if today else name_slug(payer["name"]) or "nimeton",
        kind=today.kind if today else FunderKind.OTHER,
        **_visibility(today),
    )
    return FundingShare(
        pk=row["id"],
        funder=funder,
        programme=programme
        and Programme(
            pk=programme["id"],
            name=programme["name"],
            **_visibility(present.programmes.get(programme["id"])),
        ),
        amount=_number(row["amount"]),
        percent=_number(row["percent"]),
        kind=row["kind"],
        stage=row["stage"],
        is_declared=row["is_declared"],
        is_proposal=row["is_proposal"],
    )


def _contact(row: Row, present: Present) -> Contact:
    """Return the role as it was; the person only if it is the same one, and shown today."""
    then = Contact(
        pk=row["id"],
        role=row["role"],
        unit=row["unit"],
        unit_email=row["unit_email"],
        visibility=Visibility.ROLE,
    )
    today = present.contacts.get(row["id"])
    if today is None or row["person"] != person_mark(today):
        return then
    shown = min(row["visibility"], today.shown.value, key=OPENNESS.index)
    if not row["person"] and row["details"] != details_mark(today):
        return then  # a nameless row's phone may be anybody's
    then.visibility = shown
    then.person_name = today.person_name if shown != Visibility.ROLE else ""
    return _with_details(then, today) if shown == Visibility.ALL else then


def _with_details(then: Contact, today: Contact) -> Contact:
    for field in ("phone", "email", "share_percent", "start_date", "end_date"):
        setattr(then, field, getattr(today, field))
    return then


def _attachment(row: Row, present: Present) -> Attachment:
    """Return the attachment, without its file or link if today's row is gone or has another."""
    today = present.attachments.get(row["id"])
    is_gone = today is None or (row["file"] != "" and today.file.name != row["file"])
    attachment: Any = Attachment(
        pk=row["id"],
        title=row["title"],
        url="" if is_gone else row["url"],
        file="" if is_gone else row["file"],
        file_name=row["file_name"],
        size=row["size"],
        language=row["language"],
        kind=row.get("kind", ""),
        document_date=_day(row.get("document_date")),
        accessibility=row.get("accessibility", ""),
    )
    attachment.is_gone = is_gone
    return attachment  # type: ignore[no-any-return]


def _result(row: Row) -> Result:
    return Result(**_own(row) | {"answered_on": _day(row["answered_on"])})


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
