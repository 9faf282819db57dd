"""Whole numbers as PostgreSQL packs them, eight bytes each: ``string_agg(int8send(n), '')``."""

import sys
from array import array


def unpacked(data: bytes | memoryview | None) -> "array[int]":
    """Read the numbers, the greatest byte first as they are sent."""
    numbers = array("q", bytes(data or b""))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
