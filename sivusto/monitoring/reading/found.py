"""What reading gives: a report, remarks on its measures, and every text that was not understood."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from seuranta.report import BULLET, MeasureReport, Month, Report, WorkPackageReport

LONGEST_TITLE = 2000


@dataclass(frozen=True)
class Scrap:
    """A text that was not understood, where it stands and why it is here, in Finnish."""

    text: str
    place: str
    reason: str


@dataclass
class FoundMeasure:
    """A measure being put together; `what` holds its title and details as they stood."""

    what: str
    place: str
    status: str = ""
    next_steps: str = ""
    unit: str = ""
    state: str = ""
    months: set[Month] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)

    def report(self) -> MeasureReport:
        """Return the measure as it stands in a report."""
        title, details = cut(self.what)
        return MeasureReport(
            title=title,
            details=details,
            unit=self.unit,
            months=tuple(sorted(self.months)),
            state=self.state,
            status=self.status,
            next_steps=self.next_steps,
        )

    def flags(self) -> tuple[str, ...]:
        """Return what should be looked at, by the names of ``FLAGS``."""
        found = list(dict.fromkeys(self.marks))
        if not self.status:
            found.append("no_status")
        if not self.months:
            found.append("no_months")
        return tuple(found)


FLAGS = {
    "no_status": "ei tilannetekstiä",
    "no_months": "ei kuukausia",
    "joined": "koottu kahdesta osasta (sivunvaihto), tarkista",
    "torn": "alku puuttuu",
    "repeated": "sama toimenpide on työpaketissa kahdesti",
}


@dataclass
class FoundPackage:
    """A work package being put together; `is_certain` unless its title was only guessed."""

    title: str
    place: str
    is_certain: bool = True
    measures: list[FoundMeasure] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """All that was read. ``flags`` stand in the order of the report's measures."""

    report: Report
    flags: tuple[tuple[str, ...], ...]
    not_understood: tuple[Scrap, ...]
    heads: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many measures there are."""
        return len(self.flags)

    def flagged(self) -> Iterator[tuple[WorkPackageReport, list[tuple[MeasureReport, Any]]]]:
        """Yield each package with its measures and their flags."""
        flags = iter(self.flags)
        for package in self.report.work_packages:
            yield package, [(measure, next(flags)) for measure in package.measures]

    def as_data(self) -> dict[str, Any]:
        """Return what a program may want of it; months are ``2020-11``."""
        packages = [
            {
                "title": package.title,
                "measures": [
                    vars(measure)
                    | {"months": [month.iso() for month in measure.months], "flags": list(flags)}
                    for measure, flags in measures
                ],
            }
            for package, measures in self.flagged()
        ]
        return {
            "work_packages": packages,
            "not_understood": [vars(scrap) for scrap in self.not_understood],
            "heads": list(self.heads),
            "notes": list(self.notes),
        }


def cut(what: str) -> tuple[str, str]:
    """Return a measure's title, which is its first line, and the rest as its details."""
    first, _, rest = what.partition("\n")
    first = first.removeprefix(BULLET)
    if len(first) <= LONGEST_TITLE:
        return first, rest
    end = first.rfind(" ", 0, LONGEST_TITLE)
    end = end if end > 0 else LONGEST_TITLE
    return first[:end].rstrip(), "\n".join(filter(None, (first[end:].strip(), rest)))
