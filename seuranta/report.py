"""A progress report as plain values: what is read, kept of a locked period, shown and written.

No Django here. Text is plain: a line for each paragraph, and ``• `` before an item of a list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple, Self

BULLET = "• "


class Month(NamedTuple):
    """A month of a year, ordered as time is."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.month}/{self.year}"

    @property
    def ordinal(self) -> int:
        """The number of months since year 0, for reckoning."""
        return self.year * 12 + self.month - 1

    @classmethod
    def at(cls, ordinal: int) -> Self:
        """Return the month of an ``ordinal``."""
        year, rest = divmod(ordinal, 12)
        return cls(year, rest + 1)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Read ``2020-11``; raise ValueError for anything else."""
        year, _, month = text.partition("-")
        if not 1 <= int(month) <= 12:
            raise ValueError(text)
        return cls(int(year), int(month))

    def iso(self) -> str:
        """Write ``2020-11``."""
        return f"{self.year:04d}-{self.month:02d}"


def month_ranges(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    """Return the months as unbroken ranges, first and last included, in order of time."""
    numbered = enumerate(sorted({month.ordinal for month in months}))
    ranges = []
    for _, together in groupby(numbered, lambda pair: pair[1] - pair[0]):
        indexes = [index for _, index in together]
        ranges.append((Month.at(indexes[0]), Month.at(indexes[-1])))
    return ranges


def months_between(first: Month, last: Month) -> list[Month]:
    """Return every month from the first to the last, both included."""
    return [Month.at(index) for index in range(first.ordinal, last.ordinal + 1)]


@dataclass(frozen=True)
class MeasureReport:
    """One measure of a report: what it is, when it is planned for and how it goes.

    ``state`` is a value of ``seuranta.models.State``, "" where nobody has said.
    """

    title: str
    details: str = ""
    unit: str = ""
    months: tuple[Month, ...] = ()
    state: str = ""
    status: str = ""
    next_steps: str = ""

    @property
    def is_reported(self) -> bool:
        """Whether anybody has said anything of how it goes."""
        return bool(self.state or self.status or self.next_steps)


@dataclass(frozen=True)
class WorkPackageReport:
    """A work package or goal with its measures; no title where the report had no heading."""

    title: str
    measures: tuple[MeasureReport, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole table."""

    work_packages: tuple[WorkPackageReport, ...] = field(default_factory=tuple)

    def measures(self) -> Iterator[MeasureReport]:
        """Yield the measures in order."""
        for package in self.work_packages:
            yield from package.measures

    def months(self) -> list[Month]:
        """Return every month from the first marked one to the last, none where none is marked."""
        marked = [month for measure in self.measures() for month in measure.months]
        return months_between(min(marked), max(marked)) if marked else []

    def as_data(self) -> list[dict[str, Any]]:
        """Return the report as values that JSON can hold; months are ``2020-11``."""
        return [
            {
                "title": package.title,
                "measures": [
                    vars(measure) | {"months": [month.iso() for month in measure.months]}
                    for measure in package.measures
                ],
            }
            for package in self.work_packages
        ]

    @classmethod
    def from_data(cls, data: list[dict[str, Any]]) -> Self:
        """Read what ``as_data()`` wrote."""
        return cls(
            tuple(
                WorkPackageReport(
                    package["title"],
                    tuple(
                        MeasureReport(
                            **measure
                            | {"months": tuple(map(Month.from_iso, measure.get("months", ())))}
                        )
                        for measure in package["measures"]
                    ),
                )
                for package in data
            )
        )
