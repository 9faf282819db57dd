"""Sets of small whole numbers as one Python integer each: the bit of a member is on.

Intersection, union and size of such sets cost microseconds at 100 000 members (``&``, ``|``,
``int.bit_count``), which is what counting facets needs. See O'Neil and Quass, Improved Query
Performance with Variant Indexes (SIGMOD 1997), also for the bit slices.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import repeat

ZERO, ONE = b"0", ord("1")
FEW = 16  # single bits are set one by one up to so many
SMALL = 4096  # bits that are searched byte by byte
SET_BYTE = re.compile(rb"[^\0]")


def bitmap(members: Iterable[int]) -> int:
    """Return the set of the members, which may come in any order and more than once."""
    keys = list(members)
    if len(keys) <= FEW:
        few = 0
        for key in keys:
            few |= 1 << key
        return few
    flags = bytearray(ZERO) * (max(keys) + 1)
    # Binary digits are written the greatest first, so that a key is an index from the end.
    deque(map(flags.__setitem__, map(int.__invert__, keys), repeat(ONE)), maxlen=0)
    return int(bytes(flags), 2)


def members(bits: int) -> Iterator[int]:
    """Yield the members, the smallest first."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for found in SET_BYTE.finditer(data):
        start = found.start()
        byte, first = data[start], start * 8
        for bit in range(8):
            if byte >> bit & 1:
                yield first + bit


def smallest(bits: int, skip: int, number: int) -> list[int]:
    """Return so many members, the smallest first, after the skipped ones."""
    base, wanted = 0, []
    while (width := bits.bit_length()) > SMALL:
        half = width // 2
        low = bits & ((1 << half) - 1)
        size = low.bit_count()
        if skip >= size:
            bits, base, skip = bits >> half, base + half, skip - size
        elif skip + number <= size:
            bits = low
        else:
            wanted = [base + key for key in smallest(low, skip, number)]
            bits, base, skip = bits >> half, base + half, 0
            return wanted + [base + key for key in smallest(bits, 0, number - len(wanted))]
    for place, key in enumerate(members(bits)):
        if place >= skip + number:
            break
        if place >= skip:
            wanted.append(base + key)
    return wanted


def greatest(bits: int, skip: int, number: int) -> list[int]:
    """Return so many members, the greatest first, after the skipped ones."""
    size = bits.bit_count()
    last = max(0, size - skip)
    first = max(0, last - number)
    return smallest(bits, first, last - first)[::-1]
