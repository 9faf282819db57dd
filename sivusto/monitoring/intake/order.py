"""Orders of things that are known by keys: what has moved, and where what is left out stays."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def moved(before: Iterable[Key], after: Iterable[Key]) -> frozenset[Key]:
    """Return the fewest keys whose moving turns the first order into the second.

    Only keys of both count: what is new or left out moves nothing. The keys that stay are a
    longest rising run of old places (patience sorting); takes n log n.
    """
    places = {key: place for place, key in enumerate(before)}
    common = [key for key in after if key in places]
    tops: list[int] = []  # the lowest old place that ends a run of each length
    ends: list[Key] = []
    earlier: dict[Key, Key | None] = {}
    for key in common:
        length = bisect_left(tops, places[key])
        earlier[key] = ends[length - 1] if length else None
        tops[length : length + 1] = [places[key]]
        ends[length : length + 1] = [key]
    staying = set()
    at = ends[-1] if ends else None
    while at is not None:
        staying.add(at)
        at = earlier[at]
    return frozenset(common) - staying


def arranged(before: Iterable[Key], after: Iterable[Key]) -> list[Key]:
    """Return the second order with what it leaves out, each behind what it has followed."""
    wanted = dict.fromkeys(after)
    left_out: dict[Key | None, list[Key]] = defaultdict(list)
    last = None
    for key in before:
        if key in wanted:
            last = key
        else:
            left_out[last].append(key)
    return [*left_out[None], *(each for key in wanted for each in (key, *left_out[key]))]
