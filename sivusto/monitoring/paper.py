"""A report on paper: landscape A4, heads repeated on every page, tagged, printed once.

A long report is printed in parts, each when somebody first asks for it.
"""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from sivusto.card.paper import printed
from sivusto.card.printing.limits import WIDEST_SPAN
from sivusto.monitoring.periods import Published
from sivusto.monitoring.writing.parts import MOST_WEIGHT, Part, parts_of, sheet_of
from sivusto.monitoring.writing.sheet import MOST_ON_PAPER, Sheet
from sivusto.monitoring.writing.webtable import table_html


def sheet_on_paper(found: Published) -> Sheet:
    """Return the chosen period's report as the table that paper holds."""
    return Sheet(found.report, found.project.name, str(found.chosen), most_months=MOST_ON_PAPER)


def report_pdf(found: Published, number: int = 1) -> Path:
    """Return the printed file of a part of the report, numbered from 1.

    Raises IndexError where there is no such part, and the errors of ``sivusto.card.printing``.
    """
    sheet = sheet_on_paper(found)
    parts = parts_of(sheet)
    if not 1 <= number <= len(parts):
        raise IndexError(number)
    html = part_html(found, sheet, parts[number - 1], len(parts))
    return printed(html, MOST_WEIGHT, owner=found.project.code)


def part_html(found: Published, sheet: Sheet, part: Part, count: int) -> str:
    """Return what is printed of a part; with one part only it is the whole report."""
    return _html(found, sheet_of(sheet, part), part if count > 1 else None, count)


def paper_html(found: Published) -> str:
    """Return the whole report as a file for browsers."""
    return _html(found, sheet_on_paper(found))


def _html(found: Published, sheet: Sheet, part: Part | None = None, count: int = 1) -> str:
    return render_to_string(
        "seuranta/paper.html",
        {
            "project": found.project,
            "period": found.chosen,
            "table": table_html(sheet, widest=WIDEST_SPAN),
            "part": part,
            "count": count,
            "address": f"{settings.PUBLIC_ADDRESS}/hankkeet/{found.project.code}/seuranta/",
            "municipality": settings.MUNICIPALITY,
            "brand_style": settings.BRAND_STYLE,
        },
    )
