"""What a list is asked, and what it answers: plain values, whoever asks and whoever counts.

Two ways of counting stand behind these shapes, and both must give exactly the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from hankkeet.models import Phase

if TYPE_CHECKING:
    from sivusto.search.engine import Search

# The facets by their names in the address, in the order of the page.
PHASE, PORTFOLIO, FUNDER, PROGRAMME = "vaihe", "salkku", "rahoittaja", "ohjelma"
TYPE, IMPLEMENTER, YEAR, BUDGET = "tyyppi", "toteuttaja", "vuosi", "budjetti"
FACETS = (PHASE, PORTFOLIO, FUNDER, PROGRAMME, TYPE, IMPLEMENTER, YEAR, BUDGET)

PHASE_WORDS = {
    "suunnitteilla": Phase.PLANNED,
    "kaynnissa": Phase.RUNNING,
    "paattynyt": Phase.ENDED,
    "keskeytetty": Phase.DISCONTINUED,
}
# Euros from the first up to but not including the second.
BUDGET_BANDS: Mapping[str, tuple[int | None, int | None]] = {
    "alle-50": (None, 50_000),
    "50-200": (50_000, 200_000),
    "200-1000": (200_000, 1_000_000),
    "yli-1000": (1_000_000, None),
}
NO_BUDGET = "ei-tiedossa"
BUDGET_WORDS = (*BUDGET_BANDS, NO_BUDGET)
FIRST_YEAR, LAST_YEAR = 1990, 2100
BY_RANK, NEWEST = "osuvin", "uusin"


@dataclass(frozen=True)
class Selection:
    """A list as it is asked; every value exists and may be told of.

    ``chosen`` holds each facet in use with its values, any of which will do: slugs, words of
    PHASE_WORDS and BUDGET_WORDS, and years as text. ``order`` is BY_RANK only with words.
    """

    words: "Search | None" = None
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    order: str = NEWEST

    def of(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values of a facet, or none."""
        return dict(self.chosen).get(facet, ())


@dataclass(frozen=True)
class Outcome:
    """What a list answers.

    ``cost`` is in euros, None where no project states one. ``page`` is the asked one, or the last
    where there are not so many, with the ``keys`` of its projects in their order. ``counts`` has
    for every facet each value with at least one project: how many there would be if the facet had
    only that value and all else stayed as it is. ``version`` is the data version that it is at
    least as fresh as, where that is known.
    """

    number: int
    cost: Decimal | None
    without_cost: int
    page: int
    keys: Sequence[int]
    counts: Mapping[str, Mapping[str, int]]
    version: int | None = None


def last_page(number: int, size: int) -> int:
    """Return how many pages there are; an empty list has one."""
    return max(1, -(-number // size))
