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


def table_html(sheet: Sheet) -> SafeString:
    """Return the table. Heads are told by scope, work packages stand over their rows."""
    return mark_safe("".join(_table(sheet)))  # every text is escaped below


def light_html(text: str) -> SafeString:
    """Return light text as paragraphs and lists."""
    return mark_safe("".join(_blocks(text)))  # every line is escaped below


def _table(sheet: Sheet) -> Iterator[str]:
    yield '<table class="report"><thead><tr>'
    height = ' rowspan="2"' if sheet.months else ""
    for column in sheet.columns:
        yield f'<th scope="col" class="{column.name}"{height}>{column.head}</th>'
    for year, months in sheet.years():
        yield f'<th scope="colgroup" colspan="{len(months)}" class="year">Vuosi {year}</th>'
    yield "</tr>"
    if sheet.months:
        heads = (f'<th scope="col" class="m">{month.month}</th>' for month in sheet.months)
        yield f"<tr>{''.join(heads)}</tr>"
    yield "</thead>"
    for package in sheet.report.work_packages:
        yield "<tbody>"
        if package.title:
            yield f'<tr class="package"><th scope="rowgroup" colspan="{sheet.width}">'
            yield f"{escape(package.title)}</th></tr>"
        for measure in package.measures:
            yield from _row(sheet, measure)
        yield "</tbody>"
    yield "</table>"


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
