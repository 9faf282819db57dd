"""Sums of money and percentages found in Finnish prose."""

import re
from dataclasses import dataclass
from decimal import Decimal

# Groups of three ("1 333 334", "1.250.000"), or digits alone; decimals after a comma.
_NUMBER = r"(?<![\d.,:/])(?P<number>\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+)(?P<decimals>,\d{1,3}(?!\d))?"
_SCALES = (
    (re.compile(r"milj|^m", re.IGNORECASE), Decimal(1_000_000)),
    (re.compile(r"^mrd|miljard", re.IGNORECASE), Decimal(1_000_000_000)),
    (re.compile(r"^[tk]", re.IGNORECASE), Decimal(1000)),
)
_FIGURE = re.compile(
    _NUMBER
    + r"(?P<point>\.\d{1,2}(?= ?(?:milj|m€|m ?e)))?"
    + r"(?:,-+)?"
    + r"(?: ?(?P<percent>%|prosent\w*|pros\.)"
    + r"| ?(?P<scale>milj\.|milj\w*|mrd\.?|tuhatta|tuhannen|tuh\.|[tkM](?= ?(?:€|eur|e\b)))?"
    + r" ?(?P<currency>€|euro\w*|eur\b|e\b(?!\.))?)",
    re.IGNORECASE,
)
# A bare number is a sum only if no counted thing follows it.
_COUNTED = re.compile(r" ?(?:[a-zåäö]{3,}|kpl|m2|m²|km|ha|v\b|h\b|htv|°|:\d|\.\d|/\d)")
_JOINS = re.compile(r" ?(?:ja|sekä|euro|eli|joista|josta)\b")
# "EAKR 1/3": a proper fraction that is no part of a date ("1/2014", "1.3/4").
_FRACTION = re.compile(r"(?<![\d.,:/–-])(?P<part>[1-9])/(?P<whole>[2-9]|1[0-2])(?![\d/–-]|\.\d)")
_RANGE_BEFORE = re.compile(r"\d ?[-–]$|(?:\d{2}|\d[ .])\d{3} [-–] $")
_RANGE_AFTER = re.compile(r" ?[-–]\d|(?<=\d{3}) [-–] \d{1,3}(?:[ .]\d{3})+\b")


@dataclass(frozen=True)
class Figure:
    """A sum in euros or a percentage, and where it stands in the text."""

    start: int
    end: int
    amount: Decimal | None
    percent: Decimal | None
    currency: bool


def figures(text: str) -> list[Figure]:
    """Return the sums and percentages of one line; ranges, years, dates and counts are left out.

    A fraction ("1/3") is read as a percentage of two decimals.
    """
    found = [_figure(text, match) for match in _FIGURE.finditer(text)]
    found += [_fraction(match) for match in _FRACTION.finditer(text)]
    return sorted((figure for figure in found if figure), key=lambda figure: figure.start)


def _fraction(match: re.Match[str]) -> Figure | None:
    part, whole = int(match.group("part")), int(match.group("whole"))
    if part >= whole:
        return None
    percent = (Decimal(100 * part) / whole).quantize(Decimal("0.01"))
    return Figure(match.start(), match.end(), None, percent, False)


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    number = match.group("number")
    digits = re.sub(r"[ .]", "", number)
    if len(digits) > 12 or _in_range(text, match):
        return None
    decimals = (match.group("decimals") or match.group("point") or "").replace(",", ".")
    value = Decimal(digits + decimals)
    end = match.start() + len(match.group().rstrip())
    if match.group("percent"):
        return Figure(match.start(), end, None, value, False) if value <= 100 else None
    value *= _scale(match.group("scale"))
    if value == value.to_integral_value():
        value = value.to_integral_value()
    sure = bool(match.group("currency") or match.group("scale"))
    if not sure and not _is_bare_sum(text, match, number, value):
        return None
    return Figure(match.start(), end, value, None, sure) if value else None


def _scale(word: str | None) -> Decimal:
    for pattern, factor in _SCALES:
        if word and pattern.search(word):
            return factor
    return Decimal(1)


def _in_range(text: str, match: re.Match[str]) -> bool:
    """Tell whether the number is one end of a range ("50-75 %", "2012–2014")."""
    if _RANGE_BEFORE.search(text, max(0, match.start() - 9), match.start()):
        return True
    end = match.start() + len(match.group().rstrip())
    bare = not (match.group("percent") or match.group("currency") or match.group("scale"))
    return bare and bool(_RANGE_AFTER.match(text, end))


def _is_bare_sum(text: str, match: re.Match[str], number: str, value: Decimal) -> bool:
    if value < 1000 or number.startswith("0"):
        return False
    if len(number) == 4 and 1900 <= value <= 2100:
        return False
    if re.search(
        r"(?<!\d)(?!(?:19|20)\d\d )\d+[ -]$", text[max(0, match.start() - 6) : match.start()]
    ):
        return False
    after = text[match.end() : match.end() + 12]
    return bool(_JOINS.match(after)) or not _COUNTED.match(after)
