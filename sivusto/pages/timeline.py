"""A time line: dates in, positions in percent out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Any

ROW_HEIGHT = 34
TICKS_AT_MOST = 12


@dataclass(frozen=True)
class Span:
    """What stands on the line; a missing end runs on to the line's end."""

    item: Any
    start: date
    end: date | None


@dataclass(frozen=True)
class Bar:
    """A span with its place: x and width in percent, y in pixels."""

    item: Any
    x: float
    width: float
    y: int
    is_open: bool


@dataclass(frozen=True)
class Tick:
    """The beginning of a year."""

    year: int
    x: float


@dataclass(frozen=True)
class Timeline:
    """Bars and year marks; ``height`` in pixels, ``today`` in percent or None outside."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: int
    today: float | None


def draw(spans: Sequence[Span], today: date) -> Timeline | None:
    """Place the spans on a line of whole years; None where there is nothing to place."""
    if not spans:
        return None
    first = date(min(span.start.year for span in spans), 1, 1)
    last_year = max((span.end or max(span.start, today)).year for span in spans)
    last = date(last_year + 1, 1, 1) if last_year < MAXYEAR else date.max
    days = (last - first).days

    def place(day: date) -> float:
        return round((day - first).days / days * 100, 2)

    bars = tuple(
        Bar(
            item=span.item,
            x=place(span.start),
            width=max(place(span.end or last) - place(span.start), 0.6),
            y=row * ROW_HEIGHT,
            is_open=span.end is None,
        )
        for row, span in enumerate(spans)
    )
    years = last_year + 1 - first.year
    step = -(-years // TICKS_AT_MOST)
    ticks = tuple(
        Tick(year, place(date(year, 1, 1))) for year in range(first.year, last_year + 1, step)
    )
    return Timeline(
        bars, ticks, len(bars) * ROW_HEIGHT, place(today) if first <= today < last else None
    )
