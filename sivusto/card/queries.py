"""What a card needs loaded, said once for page, paper and files."""

from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf

from hankkeet.models import Attachment, ExternalKey, Implementer, Project, Result, Version
from hankkeet.models.links import unanswered_on
from hankkeet.models.project import MONEY, ProjectQuerySet
from hankkeet.models.relations import KeyKind
from hankkeet.models.silence import last_look
from rahoitus.models import FundingShare
from seuranta.models import ReportingPeriod

SHOWN_KEYS = (KeyKind.CASE, KeyKind.EURA)
SHOWN_IN_ROWS = ("code", "name", "phase", "start_date", "end_date", "total_cost")


def cards() -> ProjectQuerySet:
    """Return projects with all that a card shows, in nine queries however many they are.

    Relations lead to public cards only; hidden attachments are left out. What was first promised
    is told by the first versions; ``looked_at`` is when somebody last looked the card over.
    """
    shown = Attachment.objects.filter(is_hidden=False)
    loaded: ProjectQuerySet = (
        Project.objects.select_related("project_type")
        .annotate(
            **first_promises(),
            looked_at=last_look(),
            report_shown=_latest_report(),
            parents=_relatives(sub_projects=OuterRef("pk")),
            parts=_relatives(parent=OuterRef("pk")),
            origins_shown=_relatives(successions__successor=OuterRef("pk")),
            continuations=_relatives(origins__predecessor=OuterRef("pk")),
            shown_keys=ArraySubquery(
                ExternalKey.objects.filter(project=OuterRef("pk"), kind__in=SHOWN_KEYS).values(
                    json=JSONObject(kind="kind", value="value")
                )
            ),
        )
        .prefetch_related(
            "portfolios",
            "sections",
            "contacts",
            "logos",
            Prefetch("results", Result.objects.annotate(unanswered_on=unanswered_on("url"))),
            Prefetch("implementer_set", Implementer.objects.select_related("organisation")),
            Prefetch("funding_shares", FundingShare.objects.select_related("funder", "programme")),
            Prefetch(
                "attachments",
                shown.with_text_state().annotate(unanswered_on=unanswered_on("url")),
            ),
        )
    )
    return loaded


def _latest_report() -> Subquery:
    """Return an annotation of projects: the days and figures of the last published report."""
    public = ReportingPeriod.objects.public().filter(project=OuterRef("pk"))
    facts = JSONObject(start="start_date", end="end_date", standings="figures__standings")
    return Subquery(public.order_by("-end_date", "-start_date").values(json=facts)[:1])


def first_promises() -> dict[str, Cast]:
    """Return annotations of projects: the end date and cost that the card planned first."""
    return {
        "first_end_date": Cast(Version.objects.first_told("planned_end_date"), DateField()),
        "first_cost": Cast(Version.objects.first_told("planned_cost"), MONEY),
    }


def rows() -> ProjectQuerySet:
    """Return projects with what a row of a list shows and nothing else, in one query."""
    return _rows().all()


@cache
def _rows() -> ProjectQuerySet:
    """Make the question once, since every list asks it; it is never asked itself, only copied."""
    declared = FundingShare.objects.filter(project=OuterRef("pk"), is_declared=True)
    short = Coalesce(NullIf("funder__short_name", Value("")), "funder__name")
    listed: ProjectQuerySet = Project.objects.only(*SHOWN_IN_ROWS).annotate(
        funders=ArraySubquery(declared.values(shown_name=short))
    )
    return listed


def _relatives(**condition: Any) -> ArraySubquery:
    """Return the code, name and period of public projects that stand in a relation."""
    related = Project.objects.public().filter(Q(**condition)).order_by("start_date", "pk")
    return ArraySubquery(related.values(json=JSONObject(code="code", name="name")))
