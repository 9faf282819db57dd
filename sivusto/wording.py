"""Sums, percentages and days as Finnish writes them; plain values in, text out."""

import re
from datetime import date
from decimal import Decimal

NBSP = "\xa0"
# Up to three figures and then groups of exactly three: a sum, not a year and a number.
_GROUPS = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?![\w.]?\d)")
_UNITS = re.compile(
    r"(?<=\d) (?=€|%|‰|[tkM]€|(?:EUR|mrd|kpl|htv|kk|kt|km)\b|m²|euro(?!op)|prosen|milj|tuhat|tuhan)"
)


def grouped(number: int) -> str:
    """Write a whole number with no-break spaces between thousands."""
    return f"{number:,}".replace(",", NBSP).replace("-", "−")


def amount(value: Decimal | float | None) -> str:
    """Write euros without the sign: ``1 333 334``, cents only where there are some."""
    if value is None:
        return ""
    exact = Decimal(str(value)).quantize(Decimal("0.01"))
    if exact == exact.to_integral_value():
        return grouped(int(exact))
    sign = "−" if exact < 0 else ""
    whole, cents = divmod(abs(exact), 1)
    return f"{sign}{grouped(int(whole))},{int(cents * 100):02d}"


def euros(value: Decimal | float | None) -> str:
    """Write euros with the sign: ``1 333 334 €``."""
    return "" if value is None else f"{amount(value)}{NBSP}€"


def percent(value: Decimal | float | None) -> str:
    """Write a percentage with at most two decimals: ``12,5 %``."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text}{NBSP}%"


def day(value: date | None) -> str:
    """Write a date as ``1.4.2013``."""
    return "" if value is None else f"{value.day}.{value.month}.{value.year}"


def unbroken(text: str) -> str:
    """Keep figures together over the ends of lines, and with the unit that follows them."""
    groups = _GROUPS.sub(lambda found: found[0].replace(" ", NBSP), text)
    return _UNITS.sub(NBSP, groups)
