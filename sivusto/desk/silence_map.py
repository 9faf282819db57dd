"""Of which portfolios something has been heard, month by month.

A public card is expected to be heard of in each month of its project's time, and as long as it is
said to be under way. It is **reported** in a month in which what the public sees of it changed,
**confirmed** where nothing changed but somebody looked it over, and **silent** otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils import timezone

from salkut.models import Portfolio

LONGEST = 60  # months: five years fit on a screen and a sheet

# One pass over the cards, one over what was heard in the time: no query for each cell.
COUNTS = """
WITH month AS (
    SELECT m::date AS start, (m + interval '1 month')::date AS next
    FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 month') AS m
), heard AS (
    SELECT project_id, start, bool_or(is_report) AS is_report
    FROM (
        SELECT project_id, true, date_trunc('month', published_at AT TIME ZONE %(zone)s)::date
        FROM hankkeet_version
        WHERE published_at >= %(from)s AND published_at < %(until)s AND changes IS NOT NULL
        UNION ALL
        SELECT project_id, false, date_trunc('month', at AT TIME ZONE %(zone)s)::date
        FROM hankkeet_look
        WHERE at >= %(from)s AND at < %(until)s
    ) AS sign (project_id, is_report, start)
    GROUP BY project_id, start
)
SELECT b.portfolio_id, m.start, count(*),
    count(*) FILTER (WHERE h.is_report),
    count(*) FILTER (WHERE NOT h.is_report)
FROM month m
JOIN hankkeet_project p
    ON (p.published_at AT TIME ZONE %(zone)s)::date < m.next
    AND (p.start_date IS NULL OR p.start_date < m.next)
    AND (p.end_date >= m.start OR p.phase = 'running'
        OR (p.end_date IS NULL AND p.phase = 'planned'))
JOIN hankkeet_project_portfolios b ON b.project_id = p.id
LEFT JOIN heard h ON h.project_id = p.id AND h.start = m.start
WHERE p.publication = 'published'
GROUP BY b.portfolio_id, m.start
"""


@dataclass(frozen=True)
class Cell:
    """How many cards of a portfolio were expected in a month, and what was heard of them."""

    month: date
    expected: int
    reported: int
    confirmed: int

    @property
    def silent(self) -> int:
        """Of how many cards nothing was heard."""
        return self.expected - self.reported - self.confirmed

    @property
    def level(self) -> int:
        """How silent it was: 0 where every card was heard of, 4 where none was."""
        return max(1, 4 * self.silent // self.expected) if self.silent else 0


@dataclass(frozen=True)
class Row:
    """A portfolio's months; ``key`` None: all portfolios together."""

    key: int | None
    name: str
    cells: tuple[Cell, ...]


def months_back(today: date, number: int = 12) -> tuple[date, date]:
    """Return the first days of the first and the last of so many months, this one the last."""
    return shifted(today.replace(day=1), 1 - number), today.replace(day=1)


def shifted(month: date, by: int) -> date:
    """Return the first day of the month so many months later."""
    years, index = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(years, index + 1, 1)


def silence(first: date, last: date) -> list[Row]:
    """Return each portfolio that had cards in the months, in the order of portfolios.

    Takes the first days of the first and the last month. Two queries.
    """
    zone = timezone.get_default_timezone()
    begin, end = (datetime.combine(day, time(), zone) for day in (first, shifted(last, 1)))
    facts: dict[str, Any] = {
        "first": first,
        "last": last,
        "zone": str(zone),
        "from": begin,
        "until": end,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, facts)
        found = {(key, month): Cell(month, *counts) for key, month, *counts in cursor.fetchall()}
    keys = {key for key, _month in found}
    months = list(months_between(first, last))
    return [
        Row(key, name, tuple(found.get((key, m)) or Cell(m, 0, 0, 0) for m in months))
        for key, name in Portfolio.objects.values_list("pk", "name")
        if key in keys
    ]


def months_between(first: date, last: date) -> Iterator[date]:
    """Yield the first days of the months from the first to the last."""
    while first <= last:
        yield first
        first = shifted(first, 1)


def together(rows: Sequence[Row], name: str) -> Row:
    """Return a row of sums; a card of two portfolios counts in both."""
    columns: Iterable[tuple[Cell, ...]] = zip(*(row.cells for row in rows), strict=True)
    sums = tuple(
        Cell(
            column[0].month,
            sum(cell.expected for cell in column),
            sum(cell.reported for cell in column),
            sum(cell.confirmed for cell in column),
        )
        for column in columns
    )
    return Row(None, name, sums)
