"""The table that every file holds: which columns there are, and what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from seuranta.report import MeasureReport, Month, Report, month_ranges

MEASURE = "Toimenpiteet"
PACKAGE = "Työpaketti tai tavoite"
STATUS = "Raportointijakson tilanne"
NEXT_STEPS = "Jatkotoimenpiteet"
STATUS_AND_NEXT = "Raportointijakson tilanne ja jatkotoimenpiteet"
UNIT = "Vastuuyksikkö"
STATE = "Tila"
MONTHS = "Kuukaudet"
MARK = "x"
# On an A4 on its side more columns leave no room for words.
MOST_ON_PAPER = 36
STATE_WORDS = {
    "not_started": "Ei aloitettu",
    "running": "Käynnissä",
    "done": "Valmis",
    "late": "Viivästynyt",
    "discontinued": "Keskeytetty",
}


@dataclass(frozen=True)
class Column:
    """A column that is not a month's, and how wide it is, in characters."""

    head: str
    width: int
    name: str


@dataclass(frozen=True)
class Sheet:
    """A report as a table. ``title`` is the project's name, ``period`` the days it tells of.

    More months than ``most_months`` have no columns, but are told in words in one of their own.
    Where the report is a part, ``whole`` is what it is a part of, and says which columns there are.
    """

    report: Report
    title: str = ""
    period: str = ""
    most_months: int | None = None
    whole: Report | None = None

    @cached_property
    def _all_months(self) -> list[Month]:
        return (self.whole or self.report).months()

    @property
    def _has_too_many(self) -> bool:
        return self.most_months is not None and len(self._all_months) > self.most_months

    @cached_property
    def months(self) -> list[Month]:
        """Every month from the first marked to the last, if they have columns."""
        return [] if self._has_too_many else self._all_months

    @cached_property
    def columns(self) -> list[Column]:
        """The columns before the months; those that nobody has filled in are left out."""
        measures = list((self.whole or self.report).measures())
        has_next = any(measure.next_steps for measure in measures)
        columns = [Column(MEASURE, 40, "what")]
        if any(measure.unit for measure in measures):
            columns.append(Column(UNIT, 18, "unit"))
        if any(measure.state for measure in measures):
            columns.append(Column(STATE, 13, "state"))
        columns.append(Column(STATUS if has_next else STATUS_AND_NEXT, 50, "status"))
        if has_next:
            columns.append(Column(NEXT_STEPS, 40, "next_steps"))
        if self._has_too_many:
            columns.append(Column(MONTHS, 18, "months"))
        return columns

    @property
    def width(self) -> int:
        """How many columns there are in all."""
        return len(self.columns) + len(self.months)

    def years(self) -> Iterator[tuple[int, list[Month]]]:
        """Yield each year with its months."""
        for year, months in groupby(self.months, lambda month: month.year):
            yield year, list(months)

    def text(self, measure: MeasureReport, column: Column) -> str:
        """Return what stands in a cell, as light text."""
        if column.name == "what":
            return "\n".join(filter(None, (measure.title, measure.details)))
        if column.name == "state":
            return STATE_WORDS.get(measure.state, "")
        if column.name == "months":
            ranges = month_ranges(measure.months)
            return ", ".join(f"{a}–{b}" if a != b else str(a) for a, b in ranges)
        return str(getattr(measure, column.name))
