"""A report cut into parts that can each be printed, in time and memory that do not grow with it.

A part is at most some two hundred measures: laying them out takes four seconds and two hundred
megabytes. In one document five thousand would take a minute and a half and over three gigabytes,
and the whole of it again for whoever wants one page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from seuranta.report import BULLET, MeasureReport, Report, WorkPackageReport
from sivusto.card.printing.limits import (
    CHARACTERS_OF_WEIGHT_ONE,
    LONG_WORD,
    LONGEST_HTML,
    SQUARE_OF_WEIGHT_ONE,
    WEIGHTS,
)
from sivusto.monitoring.writing.sheet import Sheet

# The table's shape is ours, so it may weigh more than a card.
MOST_WEIGHT = 20_000
AROUND = 1_000  # the weight of what stands around the table, its links and notes
LETTERS_AROUND = 8_000
LETTERS_OF_CELL = 30
LETTERS_OF_LINE = 20


@dataclass(frozen=True)
class Part:
    """Some of a report's measures, by their numbers from 1; packages cut in two say so."""

    number: int
    report: Report
    first: int
    last: int


def parts_of(sheet: Sheet) -> list[Part]:
    """Return the parts of the table's report, at least one; linear, with no HTML made."""
    found: list[Part] = []
    packages: list[WorkPackageReport] = []
    size = start = _Size.of_heads(sheet)
    first = number = 1
    for package in sheet.report.work_packages:
        own = _Size.of(sheet, package.title)
        kept: list[MeasureReport] = []
        is_begun = False
        size += own
        for measure in package.measures:
            added = _Size.of_measure(sheet, measure)
            if not (size + added).is_printable and number > first:
                packages += [_named(package.title, kept, is_begun=is_begun)] if kept else []
                found.append(Part(len(found) + 1, Report(tuple(packages)), first, number - 1))
                is_begun = is_begun or bool(kept)
                packages, kept, first = [], [], number
                size = start + own
            size += added
            kept.append(measure)
            number += 1
        packages.append(_named(package.title, kept, is_begun=is_begun))
    return [*found, Part(len(found) + 1, Report(tuple(packages)), first, number - 1)]


def _named(title: str, measures: list[MeasureReport], *, is_begun: bool) -> WorkPackageReport:
    shown = _("%(name)s (jatkuu)") % {"name": title} if is_begun and title else title
    return WorkPackageReport(shown, tuple(measures))


@dataclass(frozen=True)
class _Size:
    """What ``check_printable()`` will count, or somewhat more."""

    weight: float = 0
    letters: int = 0

    @classmethod
    def of(cls, sheet: Sheet, *texts: str) -> "_Size":
        """Return the size of a row with some texts: every cell, line and letter counts."""
        weight: float = 2 + WEIGHTS["td"] * (sheet.width + 1)
        letters = LETTERS_OF_CELL * (sheet.width + 2)
        for text in texts:
            lines = text.count("\n") + 1
            items = text.count(BULLET)
            escaped = escape(text)
            length = len(escaped)
            weight += lines + (WEIGHTS["li"] + 1) * items + length / CHARACTERS_OF_WEIGHT_ONE
            weight += sum(len(w) ** 2 / SQUARE_OF_WEIGHT_ONE for w in LONG_WORD.findall(escaped))
            letters += length + LETTERS_OF_LINE * lines
        return cls(weight + sheet.width / CHARACTERS_OF_WEIGHT_ONE, letters)

    @classmethod
    def of_measure(cls, sheet: Sheet, measure: MeasureReport) -> "_Size":
        """Return the size of a measure's row."""
        return cls.of(sheet, *(sheet.text(measure, column) for column in sheet.columns))

    @classmethod
    def of_heads(cls, sheet: Sheet) -> "_Size":
        """Return the size of the document without its measures."""
        row = cls.of(sheet)
        return cls(AROUND + 4 * row.weight, LETTERS_AROUND + 4 * row.letters)

    def __add__(self, other: "_Size") -> "_Size":
        return _Size(self.weight + other.weight, self.letters + other.letters)

    @property
    def is_printable(self) -> bool:
        """Whether a document of this size can be printed."""
        return self.weight <= MOST_WEIGHT and self.letters <= LONGEST_HTML


def sheet_of(sheet: Sheet, part: Part) -> Sheet:
    """Return a part as a table with the columns of the whole."""
    values: dict[str, Any] = {"report": part.report, "whole": sheet.whole or sheet.report}
    return replace(sheet, **values)


def numbered(parts: list[Part]) -> Iterator[tuple[int, str]]:
    """Yield the number of each part and which measures it holds, in words."""
    for part in parts:
        yield (
            part.number,
            f"{part.first}–{part.last}" if part.last > part.first else f"{part.first}",
        )
