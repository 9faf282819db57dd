"""A report as an HTML table with heads for both ways, for the page's own file and for paper.

Written by hand and not by a template: a table of five thousand measures has a hundred thousand
cells, and a template takes some ten times as long for each.
"""

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from seuranta.report import BULLET, MeasureReport
from sivusto.monitoring.writing.sheet import MARK, Sheet
from sivusto.wording import unbroken

MOST_COLUMNS = 1000  # what a browser allows


def table_html(sheet: Sheet, widest: int = MOST_COLUMNS) -> SafeString:
    """Return the table. Heads are told by scope, work packages stand over their rows.

    No cell reaches over more than `widest` columns; the printer's limit is lower than a page's.
    """
    return mark_safe("".join(_table(sheet, widest)))  # every text is escaped below


def light_html(text: str) -> SafeString:
    """Return light text as paragraphs and lists."""
    return mark_safe("".join(_blocks(text)))  # every line is escaped below


def _table(sheet: Sheet, widest: int) -> Iterator[str]:
    yield '<table class="report"><colgroup>'
    yield from (f'<col class="{column.name}">' for column in sheet.columns)
    yield f"{'<col class=m>' * len(sheet.months)}</colgroup><thead><tr>"
    height = ' rowspan="2"' if sheet.months else ""
    for column in sheet.columns:
        yield f'<th scope="col"{height}>{column.head}</th>'
    for year, months in sheet.years():
        yield f'<th scope="colgroup" colspan="{len(months)}" class="year">Vuosi {year}</th>'
    yield "</tr>"
    if sheet.months:
        heads = (f'<th scope="col" class="on">{month.month}</th>' for month in sheet.months)
        yield f"<tr>{''.join(heads)}</tr>"
    yield "</thead>"
    for package in sheet.report.work_packages:
        yield "<tbody>"
        if package.title:
            width = min(widest, sheet.width)
            yield f'<tr class="package"><th scope="rowgroup" colspan="{width}">'
            yield f"{escape(package.title)}</th>{_filling(sheet.width - width, widest)}</tr>"
        for measure in package.measures:
            yield from _row(sheet, measure)
        yield "</tbody>"
    yield "</table>"


def _filling(columns: int, widest: int) -> str:
    """Return empty cells over so many columns: a row that ends early is no row of a table."""
    spans = [min(widest, columns - start) for start in range(0, columns, widest)]
    return "".join(f'<td colspan="{span}"></td>' for span in spans)


def _row(sheet: Sheet, measure: MeasureReport) -> Iterator[str]:
    planned = set(measure.months)
    first, *others = sheet.columns
    yield f'<tr><th scope="row">{light_html(sheet.text(measure, first))}</th>'
    for column in others:
        yield f"<td>{light_html(sheet.text(measure, column))}</td>"
    for month in sheet.months:
        yield f'<td class="on">{MARK}</td>' if month in planned else "<td></td>"
    yield "</tr>"


def _blocks(text: str) -> Iterator[str]:
    is_list = False
    for line in filter(None, text.split("\n")):
        if line.startswith(BULLET) is not is_list:
            is_list = not is_list
            yield "<ul>" if is_list else "</ul>"
        words = unbroken(str(escape(line.removeprefix(BULLET))))
        yield f"<li>{words}</li>" if is_list else f"<p>{words}</p>"
    if is_list:
        yield "</ul>"
