"""What stands before the cards: the portfolio, its figures, its time line and the contents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from hankkeet.models import Phase, Project
from sivusto.pages.context import finnish_mark
from sivusto.pages.timeline import Bar, Span, Timeline, draw

ON_TIMELINE, ON_PAGE = 100, 25
WIDTH, ROW = 640, 25  # of the time line's drawing, in its own units
LONGEST_LABEL = 70
COLOURS = {Phase.RUNNING: "#1d6b45", Phase.PLANNED: "#c08a1e", Phase.DISCONTINUED: "#a3271c"}
GREY = "#566470"


@dataclass(frozen=True)
class Line:
    """A card in the contents: the number of its first page, None where it is not in the book."""

    project: Project
    address: str
    page: int | None


@dataclass(frozen=True)
class PhaseTotal:
    """The projects of a phase: how many, their euros if any states them, and how many do not."""

    label: str
    number: int
    cost: Decimal | None
    without_cost: int


@dataclass(frozen=True)
class Mark:
    """A bar and its label, in the units of the drawing."""

    x: float
    y: int
    width: float
    colour: str
    label: str
    is_left: bool  # whether the label ends where the bar does, which is far to the right

    @property
    def label_x(self) -> float:
        """Where the label begins or ends."""
        return self.x + self.width if self.is_left else self.x


@dataclass(frozen=True)
class Strip:
    """A page's part of the time line."""

    marks: Sequence[Mark]
    ticks: Sequence[tuple[int, float]]
    today: float | None

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return len(self.marks) * ROW + ROW

    @property
    def width(self) -> int:
        """How wide it is."""
        return WIDTH


def front_html(portfolio: Any, projects: Sequence[Project], pages: Sequence[int | None]) -> str:
    """Return what is printed before the cards.

    ``portfolio`` has its figures; ``projects`` stand in the order of the book, ``pages`` tells how
    many pages each card has, None where it could not be printed.
    """
    starts = accumulate((number or 0 for number in pages), initial=1)
    lines = [
        Line(project, address_of(project), start if number else None)
        for project, number, start in zip(projects, pages, starts, strict=False)
    ]
    started = [project for project in projects if project.start_date]
    newest = sorted(started, key=lambda project: project.start_date or date.max)[-ON_TIMELINE:]
    today = timezone.localdate()
    spans = [Span(p, p.start_date, p.end_date) for p in newest if p.start_date]
    return render_to_string(
        "salkut/book_front.html",
        {
            "portfolio": portfolio,
            "lines": lines,
            "missing": [line for line in lines if line.page is None],
            "totals": _totals(projects),
            "strips": _strips(draw(spans, today)),
            "on_timeline": len(spans),
            "number": len(projects),
            "today": today,
            "address": f"{settings.PUBLIC_ADDRESS}{portfolio.get_absolute_url()}",
            "municipality": settings.MUNICIPALITY,
            "brand_style": settings.BRAND_STYLE,
            "fi": finnish_mark(),
            "LANGUAGE_CODE": get_language(),
        },
    )


def address_of(project: Project) -> str:
    """Return the public address of a card."""
    return f"{settings.PUBLIC_ADDRESS}{project.get_absolute_url()}"


def _totals(projects: Sequence[Project]) -> list[PhaseTotal]:
    totals = []
    for phase in Phase:
        costs = [p.total_cost for p in projects if p.phase == phase]
        known = [cost for cost in costs if cost is not None]
        if costs:
            cost = sum(known, Decimal()) if known else None
            totals.append(PhaseTotal(str(phase.label), len(costs), cost, len(costs) - len(known)))
    return totals


def _strips(timeline: Timeline | None) -> list[Strip]:
    if timeline is None:
        return []
    ticks = [(tick.year, tick.x * WIDTH / 100) for tick in timeline.ticks]
    today = None if timeline.today is None else timeline.today * WIDTH / 100
    return [
        Strip([_mark(bar, row) for row, bar in enumerate(some)], ticks, today)
        for start in range(0, len(timeline.bars), ON_PAGE)
        if (some := timeline.bars[start : start + ON_PAGE])
    ]


def _mark(bar: Bar, row: int) -> Mark:
    project = bar.item
    name = project.name
    return Mark(
        x=round(bar.x * WIDTH / 100, 1),
        y=ROW + row * ROW,
        width=round(bar.width * WIDTH / 100, 1),
        colour=COLOURS.get(project.phase, GREY),
        label=name if len(name) <= LONGEST_LABEL else f"{name[:LONGEST_LABEL].rstrip()}…",
        is_left=bar.x > 50,
    )
