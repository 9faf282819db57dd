"""The last reports of a portfolio's projects as one table, a row a measure: CSV, XLSX and JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import IO, Any

from django.conf import settings
from django.utils.translation import override

from salkut.models import Portfolio
from seuranta.models import ReportingPeriod
from seuranta.report import MeasureReport
from seuranta.standing import Standing, standing
from sivusto.answers.columns import Column, Kind
from sivusto.answers.tables import LICENCE, LICENCE_ADDRESS, csv_lines, json_rows, workbook_of
from sivusto.monitoring.periods import public_report
from sivusto.monitoring.portfolio_page import reporting
from sivusto.monitoring.wording import STANDINGS, months_in_words
from sivusto.monitoring.writing.sheet import (
    MEASURE,
    MONTHS,
    NEXT_STEPS,
    PACKAGE,
    STATE,
    STATE_WORDS,
    STATUS,
    UNIT,
)

REPORTS_AT_A_TIME = 5


@dataclass(frozen=True)
class Told:
    """What a project's last report tells of one measure."""

    period: ReportingPeriod
    package: str
    measure: MeasureReport

    @property
    def what(self) -> str:
        """The measure with its details."""
        return "\n".join(filter(None, (self.measure.title, self.measure.details)))

    @property
    def standing(self) -> Standing:
        """How the measure stood at the period's end."""
        return standing(self.measure, self.period.last_month)

    def month(self, place: int) -> date | None:
        """The first day of the first (0) or of the last (-1) planned month."""
        months = self.measure.months
        return date(*months[place], 1) if months else None


@cache
def _finnish(value: Standing) -> str:
    with override("fi"):
        return str(STANDINGS[value])


def _address(row: Told) -> str:
    return f"{settings.PUBLIC_ADDRESS}/hankkeet/{row.period.project.code}/seuranta/"


COLUMNS = (
    Column("Tunnus", "code", lambda r: r.period.project.code, width=10),
    Column("Hanke", "project", lambda r: r.period.project.name, width=40),
    Column("Osoite", "address", _address, width=44),
    Column("Jakso alkaa", "period_start", lambda r: r.period.start_date, Kind.DATE),
    Column("Jakso päättyy", "period_end", lambda r: r.period.end_date, Kind.DATE),
    Column(PACKAGE, "work_package", lambda r: r.package, width=30),
    Column(MEASURE, "measure", lambda r: r.what, width=50),
    Column(UNIT, "unit", lambda r: r.measure.unit, width=18),
    Column(
        "Miten etenee",
        "standing",
        lambda r: _finnish(r.standing),
        width=16,
        code=lambda r: r.standing.value,
    ),
    Column(
        STATE,
        "state",
        lambda r: STATE_WORDS.get(r.measure.state, ""),
        code=lambda r: r.measure.state,
    ),
    Column(STATUS, "status", lambda r: r.measure.status, width=50),
    Column(NEXT_STEPS, "next_steps", lambda r: r.measure.next_steps, width=40),
    Column(
        MONTHS,
        "months",
        lambda r: months_in_words(r.measure.months),
        width=18,
        code=lambda r: [month.iso() for month in r.measure.months],
    ),
    Column("Ensimmäinen kuukausi", "first_month", lambda r: r.month(0), Kind.DATE),
    Column("Viimeinen kuukausi", "last_month", lambda r: r.month(-1), Kind.DATE),
    Column(
        "Kuukausia", "number_of_months", lambda r: Decimal(len(r.measure.months)), Kind.NUMBER, 10
    ),
)


def rows(portfolio: Portfolio) -> Iterator[Told]:
    """Yield the measures, in two queries and with a few reports in memory at a time."""
    keys = [told.last_report["pk"] for told in reporting(portfolio) if told.last_report]
    periods = ReportingPeriod.objects.public().filter(pk__in=keys).select_related("project")
    in_order = periods.order_by("project__name", "project_id")
    for period in in_order.iterator(chunk_size=REPORTS_AT_A_TIME):
        for package in public_report(period.report).work_packages:
            for measure in package.measures:
                yield Told(period, package.title, measure)


def as_csv(portfolio: Portfolio) -> Iterator[str]:
    """Write the table for Excel in Finnish."""
    return csv_lines(rows(portfolio), COLUMNS)


def as_json(portfolio: Portfolio) -> Iterator[str]:
    """Write the table as data: days are ISO dates, months ``2025-09``, words are codes."""
    head: dict[str, Any] = {
        "title": f"{settings.MUNICIPALITY}: seuranta, {portfolio.name}",
        "portfolio": portfolio.slug,
        "address": f"{settings.PUBLIC_ADDRESS}/salkut/{portfolio.slug}/seuranta/",
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
    }
    return json_rows(head, "measures", rows(portfolio), COLUMNS)


def as_workbook(portfolio: Portfolio) -> IO[bytes]:
    """Write the table as an XLSX file of true dates and numbers, from its beginning to be read."""
    return workbook_of(f"Seuranta: {portfolio.name}", "Seuranta", rows(portfolio), COLUMNS)
