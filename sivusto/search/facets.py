"""The filters as a reader ticks them: the most used values first, the ticked ones always there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils import timezone

from hankkeet.models import Organisation, ProjectType
from rahoitus.models import Funder, Programme
from salkut.fields import FinnishOrder
from salkut.models import Portfolio
from sivusto.search import selection as of
from sivusto.search.bitmaps.register import most_used
from sivusto.search.filters import ProjectFilter
from sivusto.search.selection import Outcome, Selection

OPEN = (of.PHASE, of.PORTFOLIO, of.FUNDER)
# How many values are offered unasked; of long lists that are folded fewer, for the page's weight.
MOST_OPTIONS, MOST_FOLDED = 8, 5
LONG = (of.PROGRAMME, of.IMPLEMENTER, of.YEAR)
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

FILTERS: Mapping[str, Any] = ProjectFilter.get_filters()  # type: ignore[no-untyped-call]

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
    def is_open(self) -> bool:
        """Whether its values are in sight."""
        return self.name in OPEN or bool(self.chosen)

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
    used: dict[str, Mapping[str, int]] = dict(outcome.counts)
    used[of.YEAR] = _within_sight(used[of.YEAR], selection.of(of.YEAR))
    shown = {
        name: set(counts) | set(selection.of(name))
        if name in unfolded
        else _most_used(name, counts, selection.of(name))
        for name, counts in used.items()
        if name in THINGS
    }
    labels = _labels_of_things(shown, outcome.version) | _labels_of_words(used, selection)
    return [
        _facet(name, labels[name], used[name], selection.of(name), name in unfolded)
        for name in of.FACETS
    ]


def _facet(
    name: str, labels: Labels, counts: Mapping[str, int], chosen: Sequence[str], is_whole: bool
) -> Facet:
    offered = {value: counts.get(value, 0) for value, _label in labels}
    shown = offered.keys() if is_whole else _most_used(name, offered, chosen)
    options = [
        Option(value, label, offered[value], value in chosen)
        for value, label in labels
        if value in shown
    ]
    number = max(len(labels), len(counts) + sum(value not in counts for value in chosen))
    return Facet(name, str(FILTERS[name].label), options, number)


def _most_used(name: str, counts: Mapping[str, int], chosen: Sequence[str]) -> set[str]:
    """Choose the values to be shown: those chosen, and of the others the most used."""
    number = MOST_FOLDED if name in LONG else MOST_OPTIONS
    return {*most_used(counts, number), *chosen}


def _within_sight(years: Mapping[str, int], chosen: Sequence[str]) -> dict[str, int]:
    last = timezone.localdate().year + YEARS_AHEAD
    return {year: years[year] for year in years if int(year) <= last or year in chosen}


def _labels_of_words(
    used: Mapping[str, Mapping[str, int]], selection: Selection
) -> dict[str, Labels]:
    years = {*used[of.YEAR], *selection.of(of.YEAR)}
    return {
        of.PHASE: _translated(of.PHASE),
        of.BUDGET: _translated(of.BUDGET),
        of.YEAR: [(year, year) for year in sorted(years, reverse=True)],
    }


def _translated(name: str) -> Labels:
    words = FILTERS[name].extra["words"]
    return [(word, str(label)) for word, label in words.items()]


def _labels_of_things(
    shown: Mapping[str, Collection[str]], version: int | None
) -> dict[str, Labels]:
    """Return the names, of some all and of others the shown, in Finnish order."""
    if version is None:
        return _named({n: Q() if n in ALWAYS_SHOWN else Q(slug__in=shown[n]) for n in THINGS})
    return {
        name: [(s, label) for s, label in labels if name in ALWAYS_SHOWN or s in shown[name]]
        for name, labels in _every_label(version).items()
    }


@lru_cache(maxsize=1)
def _every_label(version: int) -> dict[str, Labels]:
    """Keep all the names as they were, or newer, when the data version was so."""
    return _named(dict.fromkeys(THINGS, Q()))


def _named(wanted: Mapping[str, Q]) -> dict[str, Labels]:
    first, *others = (_names(name, condition) for name, condition in wanted.items())
    labels: dict[str, list[tuple[str, str]]] = {name: [] for name in wanted}
    for facet, _place, slug, label in sorted(first.union(*others, all=True)):
        labels[facet].append((slug, label))
    return dict(labels)


def _names(name: str, wanted: Q) -> QuerySet[Any, Any]:
    place: Any = FinnishOrder("name")
    if name == of.TYPE:
        position = LPad(Cast("position", TextField()), 6, Value("0"))
        place = Concat(position, place, output_field=TextField())
    things = THINGS[name]._default_manager.filter(wanted).order_by()
    named: QuerySet[Any] = things.annotate(facet=Value(name, output_field=CharField()), place=place)
    return named.values_list("facet", "place", "slug", "name")
