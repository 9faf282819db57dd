"""The months of a project as columns that fit on a page, however long the project is.

No Django here. Where months would be too many, a column is a quarter, and then a year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from seuranta.report import Month

MOST_COLUMNS = 48
STEPS = (1, 3, 12)
QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Column:
    """Months shown as one; ``number`` is the first one's index divided by the step."""

    number: int
    year: int
    label: str
    is_now: bool


@dataclass(frozen=True)
class Grid:
    """Columns of ``step`` months each, from the first marked to the last."""

    step: int
    columns: tuple[Column, ...]

    @classmethod
    def over(cls, first: Month, last: Month, today: Month) -> "Grid":
        """Return the finest grid that is not too wide; the widest there is where none is."""
        step = next(
            (s for s in STEPS if last.ordinal // s - first.ordinal // s < MOST_COLUMNS), STEPS[-1]
        )
        numbers = range(first.ordinal // step, last.ordinal // step + 1)
        return cls(step, tuple(_column(number, step, today) for number in numbers))

    def years(self) -> list[tuple[int, int, bool]]:
        """Return each year, how many columns it has, and whether it is a column by itself."""
        grouped = groupby(self.columns, lambda column: column.year)
        return [(year, len(list(columns)), self.step == 12) for year, columns in grouped]

    def marked(self, months: Iterable[Month]) -> set[int]:
        """Return the numbers of the columns in which any of the months is."""
        return {month.ordinal // self.step for month in months}


def _column(number: int, step: int, today: Month) -> Column:
    first = Month.at(number * step)
    label = {1: str(first.month), 3: QUARTERS[(first.month - 1) // 3], 12: str(first.year)}[step]
    return Column(number, first.year, label, is_now=today.ordinal // step == number)
