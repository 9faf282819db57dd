"""All projects of a portfolio at a glance: who reports, who is late, who is silent."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hankkeet.models import Phase, Project
from salkut.models import Portfolio
from seuranta.models import ReportingPeriod
from seuranta.report import MeasureReport, Month, months_between
from sivusto.monitoring.grid import Grid
from sivusto.monitoring.gridtable import grid_html
from sivusto.monitoring.wording import months_in_words, summary
from sivusto.pages.context import finnish_mark

PROJECTS_ON_PAGE = 20
ON_TIME, LATE, SILENT = "on_time", "late", "silent"
WORDS = {
    ON_TIME: gettext_lazy("Aikataulussa"),
    LATE: gettext_lazy("Myöhässä"),
    SILENT: gettext_lazy("Ei raporttia"),
}
KINDS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
COLOURS = {ON_TIME: "running", LATE: "discontinued", SILENT: "silent"}


@dataclass(frozen=True)
class ProjectRow:
    """A project with its last published report, as days and figures."""

    project: Any
    start: date | None
    end: date | None
    figures: dict[str, Any]
    period: int = 0
    package: str = ""
    is_translated: bool = False

    @classmethod
    def of(cls, project: Any) -> "ProjectRow":
        """Read what the database told of the last report."""
        told = project.last_report or {}
        days = [date.fromisoformat(told[name]) if told else None for name in ("start", "end")]
        return cls(project, days[0], days[1], told.get("figures") or {}, told.get("pk", 0))

    def standing(self, latest: date | None) -> str:
        """Return how the project stands: silent where others have reported of a later time."""
        if self.end is None or (latest and self.end < latest):
            return SILENT
        return LATE if self.figures.get("standings", {}).get("late") else ON_TIME

    @property
    def summary(self) -> str:
        """Its measures in words, "" without a report."""
        return summary(self.figures["standings"]) if self.figures else ""

    @property
    def address(self) -> str:
        """Where its report is, or its card."""
        page = reverse("monitoring", args=[self.project.code])
        return page if self.end else self.project.get_absolute_url()

    @property
    def number_of_measures(self) -> int:
        """How many measures its last report tells of."""
        return int(self.figures.get("measures", 0))

    @property
    def ends(self) -> list[Month]:
        """The first and the last planned month, none where none is planned."""
        ends = [self.figures.get(name) for name in ("first_month", "last_month")]
        return [Month.from_iso(str(end)) for end in ends] if all(ends) else []

    @property
    def measure(self) -> MeasureReport:
        """Its planned months as one row of the grid."""
        months = months_between(*self.ends) if self.ends else []
        return MeasureReport(self.project.name, months=tuple(months))

    @property
    def words(self) -> str:
        """Its planned months in words."""
        return months_in_words(self.measure.months) or _("ei kuukausia")


def reporting(portfolio: Portfolio) -> QuerySet[Any]:
    """Return the portfolio's public projects that run or have reported, with their last report."""
    public = ReportingPeriod.objects.public()
    mine = public.filter(project=OuterRef("pk")).order_by("-end_date", "-start_date")
    facts = JSONObject(pk="pk", start="start_date", end="end_date", figures="figures")
    projects: QuerySet[Any] = Project.objects.public().filter(portfolios=portfolio)
    told: QuerySet[Any] = projects.only("code", "name", "phase").annotate(
        last_report=Subquery(mine.values(json=facts)[:1])
    )
    running_or_told = Q(phase=Phase.RUNNING) | Q(last_report__isnull=False)
    return told.filter(running_or_told).order_by("name", "pk")


def page_context(portfolio: Portfolio, number: str | None) -> dict[str, Any]:
    """Return what the template takes, in four queries of any size."""
    latest = _latest(portfolio)
    every = [ProjectRow.of(project) for project in reporting(portfolio)]
    counts = Counter(row.standing(latest) for row in every)
    page = Paginator(every, PROJECTS_ON_PAGE).get_page(number)
    rows = list(page.object_list)
    return {
        "portfolio": portfolio,
        "latest": latest,
        "sentence": _sentence(counts) if every else "",
        "kinds": KINDS,
        "has_reports": any(row.end for row in every),
        "page_obj": page,
        "rows": [(row, *_shown(row.standing(latest))) for row in rows],
        "grid": _grid(rows),
    }


def _latest(portfolio: Portfolio) -> date | None:
    periods = ReportingPeriod.objects.public().filter(project__portfolios=portfolio)
    found: date | None = periods.aggregate(latest=Max("end_date"))["latest"]
    return found


def _shown(standing: str) -> tuple[Any, str]:
    return WORDS[standing], COLOURS[standing]


def _sentence(counts: Counter[str]) -> str:
    number = sum(counts.values())
    projects = ngettext("%(n)d hanke", "%(n)d hanketta", number) % {"n": number}
    return _(
        "%(projects)s: aikataulussa %(on_time)d, myöhässä %(late)d, raportoimatta %(silent)d."
    ) % {
        "projects": projects,
        **{name: counts[name] for name in (ON_TIME, LATE, SILENT)},
    }


def _grid(rows: list[ProjectRow]) -> Any:
    planned = [row for row in rows if row.measure.months]
    if not planned:
        return ""
    first = min(row.measure.months[0] for row in planned)
    last = max(row.measure.months[-1] for row in planned)
    today = timezone.localdate()
    grid = Grid.over(first, last, Month(today.year, today.month))
    return grid_html(grid, planned, str(finnish_mark()), head=_("Hanke"))
