"""A facet's bitmaps turned over: which values each project has.

Where few projects are found, asking each of them costs less than asking every value's bitmap.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sivusto.search.bitmaps.bits import members


@dataclass(frozen=True, slots=True)
class Carried:
    """The sets of values that projects have, and the number of each project's set by its key."""

    sets: tuple[tuple[str, ...], ...] = ((),)
    by_key: "array[int]" = field(default_factory=lambda: array("I"), repr=False)

    def replaced(self, changed: int, values: Mapping[str, int]) -> "Carried":
        """Return the same with the changed projects anew; ``values`` has bitmaps of theirs only."""
        length = max(len(self.by_key), changed.bit_length())
        by_key = self.by_key + array("I", bytes(4 * (length - len(self.by_key))))
        for key in members(changed):
            by_key[key] = 0
        numbers = {carried: number for number, carried in enumerate(self.sets)}
        for bits, alike in _by_bitmap(values).items():
            wider: dict[int, int] = {}  # the set with these values too, by the set without them
            sets = list(numbers)
            for key in members(bits):
                old = by_key[key]
                if old not in wider:
                    wider[old] = numbers.setdefault((*sets[old], *alike), len(numbers))
                by_key[key] = wider[old]
        return Carried(tuple(numbers), by_key)

    def counts(self, keys: Iterable[int]) -> dict[str, int]:
        """Return how many of the projects have each value that any of them has."""
        found: dict[str, int] = defaultdict(int)
        for number, times in Counter(map(self.by_key.__getitem__, keys)).items():
            for value in self.sets[number]:
                found[value] += times
        return dict(found)


def _by_bitmap(values: Mapping[str, int]) -> dict[int, list[str]]:
    """Put values with the very same projects together: years to come are many and alike."""
    alike: dict[int, list[str]] = {}
    for value, bits in values.items():
        alike.setdefault(bits, []).append(value)
    return alike
