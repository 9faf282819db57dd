"""Published reports of public projects: what anybody may see of monitoring."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hankkeet.mailboxes import hidden
from hankkeet.models import Project
from seuranta.models import ReportingPeriod
from seuranta.report import MeasureReport, Report, WorkPackageReport

TEXTS = ("title", "details", "unit", "status", "next_steps")


@dataclass(frozen=True)
class Published:
    """A project's published periods, the last one first; the chosen one and the one before it."""

    project: Project
    periods: tuple[ReportingPeriod, ...]
    chosen: ReportingPeriod
    previous: ReportingPeriod | None
    is_asked: bool

    @property
    def is_latest(self) -> bool:
        """Whether the chosen one is the last."""
        return self.chosen.pk == self.periods[0].pk

    @property
    def report(self) -> Report:
        """The chosen period's report as the public sees it."""
        return public_report(self.chosen.report)

    @property
    def report_before(self) -> Report | None:
        """The report of the period before it."""
        return public_report(self.previous.report) if self.previous else None


def published(project: Project, asked: str = "") -> Published | None:
    """Return the period that ends on the asked day, else the last; None where none is published.

    Takes two queries. ``is_asked`` is false where there is no such period as was asked for.
    """
    public = ReportingPeriod.objects.public().filter(project=project)
    periods = tuple(public.order_by("-end_date", "-start_date").defer("contents"))
    if not periods:
        return None
    found = next((n for n, each in enumerate(periods) if each.end_date == _day(asked)), None)
    number = found or 0
    shown = periods[number : number + 2]
    loaded = ReportingPeriod.objects.in_bulk([period.pk for period in shown])
    chosen, *before = [loaded[period.pk] for period in shown]
    return Published(
        project=project,
        periods=periods,
        chosen=chosen,
        previous=before[0] if before else None,
        is_asked=not asked or found is not None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def public_report(report: Report, change: Callable[[str], str] = hidden) -> Report:
    """Return the report with the e-mail addresses in its texts written so that none is gathered."""
    return Report(
        tuple(
            WorkPackageReport(
                change(package.title), tuple(_changed(m, change) for m in package.measures)
            )
            for package in report.work_packages
        )
    )


def _changed(measure: MeasureReport, change: Callable[[str], str]) -> MeasureReport:
    texts: dict[str, Any] = {}
    for name in TEXTS:
        text = getattr(measure, name)
        if "@" in text or "＠" in text:
            texts[name] = change(text)
    return replace(measure, **texts) if texts else measure
