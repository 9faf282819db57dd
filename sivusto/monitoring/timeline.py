"""The time line of a portfolio: projects and their measures, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from salkut.models import Portfolio
from seuranta.models import ReportingPeriod
from seuranta.report import MeasureReport, Month
from seuranta.standing import standing
from sivusto.monitoring.grid import Grid
from sivusto.monitoring.gridtable import grid_html
from sivusto.monitoring.periods import public_report
from sivusto.monitoring.places import measure_address
from sivusto.monitoring.portfolio_page import ProjectRow, reporting
from sivusto.monitoring.wording import STANDINGS, months_in_words
from sivusto.pages.context import finnish_mark
from sivusto.wording import grouped

LINES_ON_PAGE = 40


@dataclass(frozen=True)
class Line:
    """A row of the grid: a project as a whole, or one of its measures."""

    package: str
    measure: MeasureReport
    address: str
    words: str
    is_translated: bool = False


def page_context(portfolio: Portfolio, number: str | None) -> dict[str, Any]:
    """Return what the template takes, in three queries of any size.

    Reports are read for the projects of the page only: how many measures each has is among the
    figures that were kept when it was locked.
    """
    told = [row for row in map(ProjectRow.of, reporting(portfolio)) if row.number_of_measures]
    total = sum(row.number_of_measures for row in told)
    page = Paginator(range(total), LINES_ON_PAGE).get_page(number)
    lines = list(_lines(told, page.object_list)) if told else []
    return {
        "portfolio": portfolio,
        "sentence": _sentence(len(told), total),
        "page_obj": page,
        "grid": _grid(told, lines),
    }


def _lines(told: list[ProjectRow], wanted: Any) -> Iterator[Line]:
    """Yield the lines of the wanted measures, counted over all projects from 0."""
    parts: list[tuple[ProjectRow, range]] = []
    start = 0
    for row in told:
        own = range(max(start, wanted.start), min(start + row.number_of_measures, wanted.stop))
        if own:
            parts.append((row, range(own.start - start, own.stop - start)))
        start += row.number_of_measures
    periods = ReportingPeriod.objects.public().in_bulk([row.period for row, _own in parts])
    for row, own in parts:
        if period := periods.get(row.period):  # else withdrawn this very moment
            yield from _lines_of(row, period, own)


def _lines_of(row: ProjectRow, period: ReportingPeriod, own: range) -> Iterator[Line]:
    name = row.project.name
    if own.start == 0:
        whole = row.measure
        measure = MeasureReport(_("Koko hanke"), months=whole.months)
        yield Line(name, measure, row.address, row.words, is_translated=True)
    else:
        name = _("%(name)s (jatkuu)") % {"name": name}
    measures = list(public_report(period.report).measures())
    for number in own:
        measure = measures[number]
        months = months_in_words(measure.months) or _("ei kuukausia")
        word = STANDINGS[standing(measure, period.last_month)]
        address = measure_address(row.project.code, number + 1)
        yield Line(name, measure, address, f"{months} · {word}")


def _sentence(projects: int, measures: int) -> str:
    if not measures:
        return ""
    told = ngettext("%(n)s hanke", "%(n)s hanketta", projects) % {"n": grouped(projects)}
    more = ngettext("%(n)s toimenpide", "%(n)s toimenpidettä", measures) % {"n": grouped(measures)}
    return _("Viimeisimmissä raporteissa: %(projects)s, %(measures)s.") % {
        "projects": told,
        "measures": more,
    }


def _grid(told: list[ProjectRow], lines: list[Line]) -> Any:
    """Return the grid over the months of all projects, so that every page has the same axis."""
    months = [month for row in told for month in row.ends]
    if not months:
        return ""
    today = timezone.localdate()
    grid = Grid.over(min(months), max(months), Month(today.year, today.month))
    return grid_html(grid, lines, str(finnish_mark()), head=_("Hanke ja toimenpide"))
