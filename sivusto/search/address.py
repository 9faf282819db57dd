"""The address of a list: short, readable, the same for the same question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from sivusto.search.filters import ORDERS, ProjectFilter
from sivusto.search.selection import BY_RANK, FACETS, NEWEST

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Order:
    """An order to choose; the usual one has no value, and is not in the address."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address of the list without it."""

    facet: str
    label: str
    without: str


def asked(filterset: ProjectFilter) -> Pairs:
    """Return the names and values that the list is asked by; what made no sense is left out."""
    words, order = filterset.cleaned.get("q"), filterset.selection.order
    pairs = [("q", words)] if words else []
    pairs += [(name, choice.value) for name, choice in _choices(filterset)]
    if order != _usual_order(filterset):
        pairs.append(("jarjestys", order))
    return pairs


def written(pairs: Pairs) -> str:
    """Write a link from one list to another."""
    return f"?{urlencode(pairs)}" if pairs else "."


def chips(filterset: ProjectFilter) -> list[Chip]:
    """Return the facets' values in use, each with the way to take it away."""
    pairs = asked(filterset)
    return [
        Chip(
            str(filterset.filters[name].label),
            choice.label,
            written([pair for pair in pairs if pair != (name, choice.value)]),
        )
        for name, choice in _choices(filterset)
    ]


def orders(filterset: ProjectFilter) -> list[Order]:
    """Return the orders that can be chosen; by rank only where there are words."""
    usual, present = _usual_order(filterset), filterset.selection.order
    return [
        Order("" if word == usual else word, str(label), word == present)
        for word, label in ORDERS.items()
        if word != BY_RANK or usual == BY_RANK
    ]


def without_facets(filterset: ProjectFilter) -> str:
    """Write the address that keeps the words and the order only."""
    return written([pair for pair in asked(filterset) if pair[0] not in FACETS])


def is_untidy(query: QueryDict) -> bool:
    """Tell whether the query has empty parts, as a form sends them."""
    return any("" in values for _name, values in query.lists())


def tidy(query: QueryDict) -> str:
    """Return ``?`` and the query without its empty parts, "" when none are left."""
    kept = [(name, value) for name, values in query.lists() for value in values if value]
    return f"?{urlencode(kept)}" if kept else ""


def _choices(filterset: ProjectFilter) -> Iterable[tuple[str, Any]]:
    return ((name, choice) for name in FACETS for choice in filterset.cleaned.get(name) or ())


def _usual_order(filterset: ProjectFilter) -> str:
    return BY_RANK if filterset.selection.words else NEWEST
