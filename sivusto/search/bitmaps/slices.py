"""Numbers of many projects as bit slices: one bitmap for each binary digit.

A sum over any set of projects is then a sum of sizes of intersections, and a page of them in the
order of the number is found digit by digit, the last page as fast as the first.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from sivusto.search.bitmaps.bits import bitmap, greatest, members, smallest

FEW = 256  # projects that are sorted one by one
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number, not negative, for each project that has one.

    ``digits`` are the slices, the least digit first; ``values`` the numbers by project.
    """

    known: int = 0
    digits: tuple[int, ...] = field(default=(), repr=False)
    values: "array[int]" = field(default_factory=lambda: array("q"), repr=False)

    @classmethod
    def of(cls, numbers: Mapping[int, int]) -> "Numbers":
        """Slice the numbers, given by project."""
        if not numbers:
            return cls()
        last, width = max(numbers), max(1, max(numbers.values()).bit_length())
        values = array("q", (numbers.get(key, UNKNOWN) for key in range(last + 1)))
        # All the numbers' digits in one text, the last project first: a slice is every width-th.
        form = f"0{width}b"
        text = "".join(format(max(value, 0), form) for value in reversed(values))
        digits = tuple(int(text[place::width], 2) for place in range(width - 1, -1, -1))
        return cls(bitmap(numbers), digits, values)

    def replaced(self, changed: int, numbers: Mapping[int, int]) -> "Numbers":
        """Return these numbers with those of the changed projects anew."""
        values, digits = self.values[:], []
        values.extend([UNKNOWN] * (changed.bit_length() - len(values)))
        for key in members(changed):
            values[key] = numbers.get(key, UNKNOWN)
        width = max([len(self.digits), *(number.bit_length() for number in numbers.values())])
        for place in range(width):
            old = self.digits[place] if place < len(self.digits) else 0
            new = bitmap(key for key, number in numbers.items() if number >> place & 1)
            digits.append(old & ~changed | new)
        return Numbers(self.known & ~changed | bitmap(numbers), tuple(digits), values)

    def total(self, projects: int) -> int:
        """Return the sum of the projects' numbers."""
        return sum(
            (projects & digit).bit_count() << place for place, digit in enumerate(self.digits)
        )

    def page(self, projects: int, skip: int, number: int, *, is_falling: bool) -> list[int]:
        """Return so many projects after the skipped ones, in the order of their numbers.

        Equals are in the order of their keys, which fall and rise with the numbers; those without
        a number come last.
        """
        known = projects & self.known
        size = known.bit_count()
        found = self._walk(known, skip, number, len(self.digits) - 1, is_falling=is_falling)
        if len(found) < number:
            by_key = greatest if is_falling else smallest
            found += by_key(projects ^ known, max(0, skip - size), number - len(found))
        return found

    def _walk(
        self, projects: int, skip: int, number: int, place: int, *, is_falling: bool
    ) -> list[int]:
        """Go down from the digit at the place: those with the digit on one side of the others."""
        size = projects.bit_count()
        if skip >= size or number <= 0:
            return []
        if size <= FEW:
            pairs = sorted(((self.values[k], k) for k in members(projects)), reverse=is_falling)
            return [key for _value, key in pairs[skip : skip + number]]
        if place < 0:
            return (greatest if is_falling else smallest)(projects, skip, number)
        ones = projects & self.digits[place]
        zeros = projects ^ ones
        first, second = (ones, zeros) if is_falling else (zeros, ones)
        found = self._walk(first, skip, number, place - 1, is_falling=is_falling)
        if len(found) == number:
            return found
        rest = max(0, skip - first.bit_count())
        return found + self._walk(
            second, rest, number - len(found), place - 1, is_falling=is_falling
        )
