"""The register as bitmaps: which public projects have which values, and their numbers."""

import heapq
from bisect import insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from sivusto.search.bitmaps.bits import members
from sivusto.search.bitmaps.carried import Carried
from sivusto.search.bitmaps.slices import Numbers

# The numbers that a list sums and sorts by.
COST, START, UPDATED, NAME = "cost", "start", "updated", "name"
# Order in the address, its number, and whether it falls.
ORDERS = {
    "uusin": (START, True),
    "vanhin": (START, False),
    "nimi": (NAME, False),
    "summa": (COST, True),
    "paivitetty": (UPDATED, True),
}
FEW = 3000  # found projects, up to which each is asked for its values
Values = Mapping[str, Mapping[str, int]]
Chosen = Mapping[str, tuple[str, ...]]


class Counts(Mapping[str, int]):
    """How many of a base each value of a facet has, counted when it is asked for.

    Whether a value has any costs a tenth of its count; so the most used are found without counting
    the others.
    """

    def __init__(self, values: Mapping[str, int], sizes: Mapping[str, int], base: int) -> None:
        """Take the facet's bitmaps, their sizes, the most used first, and the base."""
        self._values, self._sizes, self._base = values, sizes, base
        self._counted: dict[str, int] = {}

    @classmethod
    def of_all(cls, values: Mapping[str, int], sizes: Mapping[str, int], base: int) -> Self:
        """Take bitmaps that lie within the base: their sizes are the counts."""
        counts = cls(values, sizes, base)
        counts._counted |= sizes
        return counts

    def __getitem__(self, value: str) -> int:
        """Return how many; a value without any is not there."""
        count = self._counted.get(value)
        if count is None:
            count = (self._values[value] & self._base).bit_count()
            self._counted[value] = count
        if not count:
            raise KeyError(value)
        return count

    def __iter__(self) -> Iterator[str]:
        """Yield the values that have any."""
        base, counted = self._base, self._counted
        for value, bits in self._values.items():
            count = counted.get(value)
            if bits & base if count is None else count:
                yield value

    def __len__(self) -> int:
        """Return how many values have any."""
        return sum(1 for _value in self)

    def most_used(self, number: int) -> list[str]:
        """Return so many values, the most used first; those alike in the order of their words."""
        values, base, counted = self._values, self._base, self._counted
        best: list[tuple[int, str]] = []
        least = 0  # of the best, once there are enough
        for value, size in self._sizes.items():
            if size < least:
                break
            count = counted.get(value)
            if count is None:
                count = counted[value] = (values[value] & base).bit_count()
            if count and count >= least:
                insort(best, (-count, value))
                if len(best) >= number:
                    del best[number:]
                    least = -best[-1][0]
        return [value for _count, value in best]


def most_used(counts: Mapping[str, int], number: int) -> list[str]:
    """Return so many values of any counts, the most used first, alike ones by their words."""
    if isinstance(counts, Counts):
        return counts.most_used(number)
    return heapq.nsmallest(number, counts, key=lambda value: (-counts[value], value))


@dataclass(frozen=True, slots=True)
class Register:
    """All public projects: bitmaps by facet and value, numbers by name.

    Of the numbers NAME is missing when a name has changed since all of them were put in order.
    """

    public: int = 0
    values: Values = field(default_factory=dict, repr=False)
    numbers: Mapping[str, Numbers] = field(default_factory=dict, repr=False)
    sizes: Values = field(default_factory=dict, repr=False)
    carried: Mapping[str, Carried] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        public: int,
        values: Values,
        numbers: Mapping[str, Numbers],
        carried: Mapping[str, Carried] | None = None,
    ) -> "Register":
        """Make a register of what is public, with the values' sizes, the most used first.

        What each project has is found from the values unless it is given.
        """
        if carried is None:
            carried = {facet: Carried().replaced(public, of) for facet, of in values.items()}
        sizes = {}
        for facet, bitmaps in values.items():
            counted = {value: bits.bit_count() for value, bits in bitmaps.items()}
            sizes[facet] = dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
        return cls(public, values, numbers, sizes, carried)

    def replaced(
        self, changed: int, public: int, values: Values, numbers: Mapping[str, Mapping[int, int]]
    ) -> "Register":
        """Return the register with the changed projects anew; numbers not given are dropped."""
        new_values: dict[str, dict[str, int]] = {}
        for facet in self.values.keys() | values.keys():
            old, new = self.values.get(facet, {}), values.get(facet, {})
            merged = {
                value: old.get(value, 0) & ~changed | new.get(value, 0)
                for value in old.keys() | new.keys()
            }
            new_values[facet] = {value: bits for value, bits in merged.items() if bits}
        return Register.of(
            self.public & ~changed | public,
            new_values,
            {
                name: number.replaced(changed, numbers[name])
                for name, number in self.numbers.items()
                if name in numbers
            },
            {
                facet: self.carried.get(facet, Carried()).replaced(changed, values.get(facet, {}))
                for facet in new_values
            },
        )

    def without_numbers(self, name: str) -> "Register":
        """Return the register without one of its numbers."""
        return replace(self, numbers={n: v for n, v in self.numbers.items() if n != name})

    def selected(self, chosen: Chosen, base: int, *, apart_from: str = "") -> int:
        """Return the projects of the base with any chosen value of each facet; one may be left."""
        for facet, wanted in chosen.items():
            if facet != apart_from:
                any_of = 0
                for value in wanted:
                    any_of |= self.values.get(facet, {}).get(value, 0)
                base &= any_of
        return base

    def counts(self, chosen: Chosen, base: int) -> dict[str, Mapping[str, int]]:
        """Return for each facet the counts of its values, its own choice left out."""
        everything = self.selected(chosen, base)
        few = _if_few(everything)
        counts: dict[str, Mapping[str, int]] = {}
        for facet, values in self.values.items():
            its_base, its_few = everything, few
            if facet in chosen:
                its_base = self.selected(chosen, base, apart_from=facet)
                its_few = _if_few(its_base)
            if its_few is not None:
                counts[facet] = self.carried[facet].counts(its_few)
            else:
                make = Counts.of_all if its_base == self.public else Counts
                counts[facet] = make(values, self.sizes[facet], its_base)
        return counts

    def page(self, projects: int, order: str, skip: int, number: int) -> list[int] | None:
        """Return the keys of a page in an order; None where the order is not known just now."""
        name, is_falling = ORDERS[order]
        if name not in self.numbers:
            return None
        return self.numbers[name].page(projects, skip, number, is_falling=is_falling)


def _if_few(projects: int) -> list[int] | None:
    """Return the keys of projects that are few enough to be asked one by one."""
    return list(members(projects)) if projects.bit_count() <= FEW else None
