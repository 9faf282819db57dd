"""What the page of a project's monitoring shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from seuranta.report import MeasureReport, Month
from seuranta.standing import changes, pairs, standing
from sivusto.monitoring.grid import Grid
from sivusto.monitoring.gridtable import grid_html
from sivusto.monitoring.paper import sheet_on_paper
from sivusto.monitoring.periods import Published
from sivusto.monitoring.places import MEASURES_ON_PAGE
from sivusto.monitoring.wording import COLOURS, STANDINGS, months_in_words, sentences, summary
from sivusto.monitoring.writing.parts import numbered, parts_of
from sivusto.pages.context import finnish_mark

KINDS = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("csv", "CSV"), ("html", "HTML"))


@dataclass(frozen=True)
class Row:
    """A measure on the page, with the same of the period before."""

    number: int
    package: str
    measure: MeasureReport
    before: MeasureReport | None
    end: Month
    is_translated: bool = False

    @property
    def address(self) -> str:
        """Where its words stand on the page."""
        return f"#t{self.number}"

    @property
    def standing(self) -> Any:
        """How it stands, in a word."""
        return STANDINGS[standing(self.measure, self.end)]

    @property
    def colour(self) -> str:
        """The style sheet's name for how it stands."""
        return COLOURS[standing(self.measure, self.end)]

    @property
    def months(self) -> str:
        """Its months in words."""
        return months_in_words(self.measure.months)

    @property
    def words(self) -> str:
        """The text of its row in the grid."""
        return self.months or _("ei kuukausia")

    @property
    def is_unchanged(self) -> bool:
        """Whether the same was told of it in the period before."""
        told = self.before and (self.before.status, self.before.next_steps)
        return bool(told and any(told)) and told == (self.measure.status, self.measure.next_steps)


def page_context(found: Published, number: str | None) -> dict[str, Any]:
    """Return what the template takes, of the asked page of measures."""
    report, before = found.report, found.report_before
    rows = list(_rows(found))
    page: Page = Paginator(rows, MEASURES_ON_PAGE).get_page(number)
    return {
        "project": found.project,
        "found": found,
        "period": found.chosen,
        "previous": found.previous,
        "summary": summary((found.chosen.figures or {}).get("standings", {})),
        "sentences": sentences(changes(before, report)) if before else [],
        "page_obj": page,
        "grid": _grid(report.months(), list(page.object_list)),
        "kinds": KINDS,
        "parts": list(numbered(parts_of(sheet_on_paper(found)))),
        "title": _("Seuranta: %(name)s") % {"name": found.project.name},
    }


def _rows(found: Published) -> Iterator[Row]:
    report, number = found.report, 0
    before = pairs(found.report_before, report)
    for package in report.work_packages:
        for measure in package.measures:
            number += 1
            yield Row(number, package.title, measure, next(before), found.chosen.last_month)


def _grid(months: list[Month], rows: list[Row]) -> Any:
    if not months:
        return ""
    today = timezone.localdate()
    grid = Grid.over(months[0], months[-1], Month(today.year, today.month))
    return grid_html(grid, rows, str(finnish_mark()), head=_("Toimenpide"))
