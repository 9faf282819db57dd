"""Whole numbers as PostgreSQL packs them, eight bytes each: ``string_agg(int8send(n), '')``.

Keys and weights of ready terms take four bytes each.
"""

import sys
from array import array


def unpacked(data: bytes | memoryview | None) -> "array[int]":
    """Read the numbers, the greatest byte first as they are sent."""
    numbers = array("q", bytes(data or b""))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def unpacked_keys(data: bytes | memoryview | None) -> "array[int]":
    """Read the numbers of four bytes each."""
    numbers = array("i", bytes(data or b""))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
