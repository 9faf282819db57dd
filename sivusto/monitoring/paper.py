"""A report on paper: landscape A4, heads repeated on every page, tagged, printed once."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from seuranta.report import Report, WorkPackageReport
from sivusto.card.paper import printed
from sivusto.card.printing import TooLargeToPrint, check_printable
from sivusto.card.printing.limits import WIDEST_SPAN
from sivusto.monitoring.periods import Published
from sivusto.monitoring.writing.sheet import MOST_ON_PAPER, Sheet
from sivusto.monitoring.writing.webtable import table_html

# The table's shape is ours, so it may weigh more than a card; of a longer one the beginning.
MOST_WEIGHT = 20_000
FEWEST_MEASURES = 5


def report_pdf(found: Published) -> Path:
    """Return the printed file; of a report that is too long it holds the first measures.

    Raises the errors of ``sivusto.card.printing``.
    """
    report = found.report
    number = sum(1 for _measure in report.measures())
    left = number
    html = paper_html(found, report)
    while left > FEWEST_MEASURES and not _is_printable(html):
        left = left * 2 // 3
        html = paper_html(found, beginning(report, left), left_out=number - left)
    return printed(html, MOST_WEIGHT, owner=found.project.code)


def beginning(report: Report, number: int) -> Report:
    """Return the report with so many of its measures."""
    kept = []
    for package in report.work_packages:
        if number <= 0:
            break
        kept.append(WorkPackageReport(package.title, package.measures[:number]))
        number -= len(package.measures)
    return Report(tuple(kept))


def paper_html(found: Published, report: Report, left_out: int = 0) -> str:
    """Return what is printed, which is also the report as a file for browsers."""
    sheet = Sheet(report, found.project.name, str(found.chosen), most_months=MOST_ON_PAPER)
    return render_to_string(
        "seuranta/paper.html",
        {
            "project": found.project,
            "period": found.chosen,
            "table": table_html(sheet, widest=WIDEST_SPAN),
            "left_out": left_out,
            "address": f"{settings.PUBLIC_ADDRESS}/hankkeet/{found.project.code}/seuranta/",
            "municipality": settings.MUNICIPALITY,
            "brand_style": settings.BRAND_STYLE,
        },
    )


def _is_printable(html: str) -> bool:
    try:
        check_printable(html, MOST_WEIGHT)
    except TooLargeToPrint:
        return False
    return True
