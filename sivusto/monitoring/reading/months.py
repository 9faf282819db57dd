"""Months in the heads of columns and in words: years and months in, ``Month`` out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from seuranta.report import Month, months_between

NAMES = {
    name: number
    for number, names in enumerate(
        (
            "tammi tam januari january jan",
            "helmi hel februari february feb",
            "maalis maa mars march",
            "huhti huh april apr",
            "touko tou maj may",
            "kesä kes juni june jun",
            "heinä hei juli july jul",
            "elo augusti august aug",
            "syys syy september sep sept",
            "loka lok oktober october okt oct",
            "marras mar november nov",
            "joulu jou december dec",
        ),
        start=1,
    )
    for name in names.split()
}
LETTERS = "thmhtkheslmj"  # tammikuu, helmikuu, …
YEAR = re.compile(r"(?:vuosi|vuoden|vuonna|v\.?|år|year)?\s*((?:19|20)\d\d)\s*[:.]?$", re.I)
NUMBER = re.compile(r"0?([1-9]|1[0-2])\.?$")
WITH_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*((?:19|20)\d\d|\d\d)$")
ISO = re.compile(r"((?:19|20)\d\d)-(\d{1,2})(?:-\d{1,2})?$")
DAY = re.compile(r"\d{1,2}\.(\d{1,2})\.((?:19|20)\d\d)$")
NAMED = re.compile(
    r"([^\W\d_]{3,9}?)(?:kuu(?:n|ssa)?|k)?\.?\s*[-/]?\s*((?:19|20)\d\d|\d\d)?$", re.I
)
QUARTER = re.compile(r"(?:q|kv|kvartaali|nelj(?:\.|ännes)?)\s*([1-4])\s*[/ -]?\s*((?:19|20)\d\d)?$")
ORDINAL_QUARTER = re.compile(
    r"([1-4])\.?\s*(?:q|kv|kvartaali|nelj\.?|neljännes)\s*[/ -]?((?:19|20)\d\d)?$"
)
BETWEEN = re.compile(r"\s*[-–—]\s*")
LONGEST_SCHEDULE = 600  # months
LISTED = re.compile(r"\s*(?:[,;\n]|\bja\b)\s*")


@dataclass(frozen=True)
class Head:
    """What the head of a column says: which months of a year; ``year`` is None if not said."""

    months: tuple[int, ...]
    year: int | None = None


def year_of(text: str) -> int | None:
    """Return the year that a head says and nothing else: ``Vuosi 2020``."""
    found = YEAR.match(text.strip())
    return int(found[1]) if found else None


def head_of(text: str) -> Head | None:
    """Return what the head of a month's or a quarter's column says, None of any other."""
    words = text.strip().casefold()
    if found := NUMBER.match(words):
        return Head((int(found[1]),))
    if found := WITH_YEAR.match(words) or DAY.match(words):
        return _head(int(found[1]), found[2])
    if found := ISO.match(words):
        return _head(int(found[2]), found[1])
    if found := QUARTER.match(words) or ORDINAL_QUARTER.match(words):
        first = int(found[1]) * 3 - 2
        return Head((first, first + 1, first + 2), int(found[2]) if found[2] else None)
    found = NAMED.match(words)
    return _head(NAMES[found[1]], found[2]) if found and found[1] in NAMES else None


def _head(month: int, year: str | None) -> Head | None:
    if not 1 <= month <= 12:
        return None
    return Head((month,), _full(year) if year else None)


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def lettered(texts: Sequence[str]) -> list[Head | None] | None:
    """Read a row of first letters (T H M H …), where they can only stand in one place."""
    letters = [text.strip().casefold() for text in texts]
    row = "".join(letter for letter in letters if len(letter) == 1)
    if len(row) < 6:
        return None
    starts = [first for first in range(12) if _letters(first, len(row)) == row]
    if len(starts) != 1:
        return None
    heads: list[Head | None] = []
    number = starts[0]
    for letter in letters:
        is_month = len(letter) == 1
        heads.append(Head((number % 12 + 1,)) if is_month else None)
        number += is_month
    return heads


def _letters(first: int, count: int) -> str:
    return "".join(LETTERS[(first + number) % 12] for number in range(count))


def are_in_order(heads: Sequence[Head]) -> bool:
    """Tell whether heads without years follow each other as months do."""
    steps = pairwise(heads)
    return all(later.months[0] == earlier.months[-1] % 12 + 1 for earlier, later in steps)


def dated(heads: dict[int, Head], years: dict[int, int]) -> dict[int, tuple[Month, ...]]:
    """Give each column its months, with the years that stand over the columns.

    Where merged cells were lost, the years stand over wrong columns; but when there are as many
    of them as times that the months begin anew, they follow each other. A year that is not said
    follows from the one before. No months where no year is said at all.
    """
    runs = _runs(heads)
    in_order = list(years.values())
    found: dict[int, tuple[Month, ...]] = {}
    year: int | None = None
    for number, run in enumerate(runs):
        for place, column in enumerate(run):
            head = heads[column]
            above = [years[start] for start in sorted(years) if start <= column]
            if head.year is not None:
                year = head.year
            elif len(in_order) == len(runs):
                year = in_order[number]
            elif above and (year is None or above[-1] > year):
                year = above[-1]
            elif place == 0 and year is not None and number:
                year += 1
            if year is not None:
                found[column] = tuple(Month(year, month) for month in head.months)
    return found


def _runs(heads: dict[int, Head]) -> list[list[int]]:
    runs: list[list[int]] = []
    last = 13
    for column in sorted(heads):
        first = heads[column].months[0]
        if first <= last:
            runs.append([])
        runs[-1].append(column)
        last = first
    return runs


def spelled(text: str) -> tuple[Month, ...]:
    """Return the months of a schedule in words: ``9/2020–12/2021, 3/2022``; none if any is odd."""
    months: set[Month] = set()
    for part in filter(None, LISTED.split(text.strip())):
        whole = head_of(part)
        ends = [whole] if whole else [head_of(piece) for piece in BETWEEN.split(part)]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or first is None or last is None or last.year is None:
            return ()
        begin = Month(first.year or last.year, first.months[0])  # 9–12/2020
        end = Month(last.year, last.months[-1])
        if not 0 <= end.ordinal - begin.ordinal < LONGEST_SCHEDULE:
            return ()
        months |= set(months_between(begin, end))
    return tuple(sorted(months))
