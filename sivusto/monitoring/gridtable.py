"""The grid of months as a table that turns into a list on a narrow screen.

Written by hand and not by a template, which takes some ten times as long for each cell.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sivusto.monitoring.grid import Grid


def grid_html(grid: Grid, rows: Iterable[Any], fi: str, head: str) -> SafeString:
    """Return the table; `fi` marks Finnish text.

    ``rows`` have an address, package, measure and, as the text of what is drawn, words; their
    title is Finnish unless it is translated.
    """
    return mark_safe("".join(_table(grid, rows, fi, head)))  # every text is escaped below


def _table(grid: Grid, rows: Iterable[Any], fi: str, head: str) -> Iterator[str]:
    yield f'<table class="grid"><thead><tr><th scope="col" rowspan="2">{escape(head)}</th>'
    for year, count, _is_whole in grid.years():
        yield f'<th scope="colgroup" colspan="{count}" class="y">{year}</th>'
    yield "</tr><tr>"
    for column in grid.columns:
        now = f'<span class="unseen"> {_("nyt")}</span>' if column.is_now else ""
        kind = "m now" if column.is_now else "m"
        label = "" if grid.step == 12 else column.label
        yield f'<th scope="col" class="{kind}">{label or column.year}{now}</th>'
    yield "</tr></thead>"
    for package, measures in groupby(rows, lambda row: row.package):
        yield "<tbody>"
        if package:
            yield f'<tr class="package"><th scope="rowgroup" colspan="{len(grid.columns) + 1}"{fi}>'
            yield f"{escape(package)}</th></tr>"
        for row in measures:
            yield from _row(grid, row, fi)
        yield "</tbody>"
    yield "</table>"


def _row(grid: Grid, row: Any, fi: str) -> Iterator[str]:
    mark = "" if row.is_translated else fi
    link = f'<a href="{escape(row.address)}"{mark}>{escape(row.measure.title)}</a>'
    yield f'<tr><th scope="row">{link} <small>{escape(row.words)}</small></th>'
    marked = grid.marked(row.measure.months)
    for column in grid.columns:
        kind = "m now" if column.is_now else "m"
        is_on = column.number in marked
        yield f'<td class="{kind} on">●</td>' if is_on else f'<td class="{kind}"></td>'
    yield "</tr>"
