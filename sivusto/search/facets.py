"""The filters as a reader ticks them: the most used values first, the ticked ones always there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils import timezone

from hankkeet.models import Organisation, ProjectType
from rahoitus.models import Funder, Programme
from salkut.fields import FinnishOrder
from salkut.models import Portfolio
from sivusto.search import selection as of
from sivusto.search.filters import ProjectFilter
from sivusto.search.selection import Outcome, Selection

MOST_OPTIONS = 12
YEARS_AHEAD = 5  # are offered unasked; an open end runs on for ever
THINGS: Mapping[str, type[Model]] = {
    of.PORTFOLIO: Portfolio,
    of.FUNDER: Funder,
    of.PROGRAMME: Programme,
    of.TYPE: ProjectType,
    of.IMPLEMENTER: Organisation,
}
# Public in themselves, and shown also without projects.
ALWAYS_SHOWN = (of.PORTFOLIO, of.TYPE)

FILTERS = ProjectFilter.get_filters()

Labels = Sequence[tuple[str, str]]  # value and label, in the order of reading


@dataclass(frozen=True)
class Option:
    """One value that can be ticked, and how many projects have it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter with the values that are shown; ``number`` is how many there are in all."""

    name: str
    label: str
    options: Sequence[Option]
    number: int

    @property
    def is_content(self) -> bool:
        """Whether its values are names, which stay Finnish in every language."""
        return self.name in THINGS

    @property
    def chosen(self) -> Sequence[Option]:
        """The ticked values."""
        return [option for option in self.options if option.is_chosen]

    @property
    def has_more(self) -> bool:
        """Whether only the most used values are shown."""
        return self.number > len(self.options)


def facets(selection: Selection, outcome: Outcome, unfolded: Collection[str] = ()) -> list[Facet]:
    """Return the filters with their most used values, of those ``unfolded`` all; one query."""
    used = {name: dict.fromkeys(selection.of(name), 0) | outcome.counts[name] for name in of.FACETS}
    used[of.YEAR] = _within_sight(used[of.YEAR], selection.of(of.YEAR))
    shown = {
        name: set(counts) if name in unfolded else _most_used(counts, selection.of(name))
        for name, counts in used.items()
    }
    labels = _labels_of_things(shown) | _labels_of_words(used)
    return [
        _facet(name, labels[name], used[name], selection.of(name), name in unfolded)
        for name in of.FACETS
    ]


def _facet(
    name: str, labels: Labels, counts: Mapping[str, int], chosen: Sequence[str], is_whole: bool
) -> Facet:
    offered = {value: counts.get(value, 0) for value, _label in labels}
    shown = offered.keys() if is_whole else _most_used(offered, chosen)
    options = [
        Option(value, label, offered[value], value in chosen)
        for value, label in labels
        if value in shown
    ]
    number = max(len(labels), len(counts))
    return Facet(name, str(FILTERS[name].label), options, number)


def _most_used(counts: Mapping[str, int], chosen: Sequence[str]) -> set[str]:
    """Choose the values to be shown: those chosen, and of the others the most used."""
    by_use = sorted(counts, key=lambda value: -counts[value])
    return {*by_use[:MOST_OPTIONS], *(value for value in chosen if value in counts)}


def _within_sight(years: Mapping[str, int], chosen: Sequence[str]) -> dict[str, int]:
    last = timezone.localdate().year + YEARS_AHEAD
    return {year: n for year, n in years.items() if int(year) <= last or year in chosen}


def _labels_of_words(used: Mapping[str, Mapping[str, int]]) -> dict[str, Labels]:
    return {
        of.PHASE: _translated(of.PHASE),
        of.BUDGET: _translated(of.BUDGET),
        of.YEAR: [(year, year) for year in sorted(used[of.YEAR], reverse=True)],
    }


def _translated(name: str) -> Labels:
    words = FILTERS[name].extra["words"]
    return [(word, str(label)) for word, label in words.items()]


def _labels_of_things(shown: Mapping[str, Collection[str]]) -> dict[str, Labels]:
    """Fetch the names, of some all and of others the shown, in Finnish order."""
    first, *others = (
        _names(name, Q() if name in ALWAYS_SHOWN else Q(slug__in=shown[name])) for name in THINGS
    )
    rows = sorted(first.union(*others, all=True))
    return {
        name: [(slug, label) for facet, _place, slug, label in rows if facet == name]
        for name in THINGS
    }


def _names(name: str, wanted: Q) -> QuerySet[Any, Any]:
    place: Any = FinnishOrder("name")
    if name == of.TYPE:
        position = LPad(Cast("position", TextField()), 6, Value("0"))
        place = Concat(position, place, output_field=TextField())
    things = THINGS[name]._default_manager.filter(wanted).order_by()
    named: QuerySet[Any] = things.annotate(facet=Value(name, output_field=CharField()), place=place)
    return named.values_list("facet", "place", "slug", "name")
