"""Finnish forms of sums, sizes, dates and text, available in every template."""

import math
from datetime import date
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe

from hankkeet.richtext import clean_html

NBSP = "\xa0"
register = template.Library()


def grouped(number: int) -> str:
    """Write a whole number with no-break spaces between thousands."""
    return f"{number:,}".replace(",", NBSP).replace("-", "−")


@register.filter
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


@register.filter
def euros(value: Decimal | float | None) -> str:
    """Write euros with the sign: ``1 333 334 €``."""
    return "" if value is None else f"{amount(value)}{NBSP}€"


@register.filter
def percent(value: Decimal | float | None) -> str:
    """Write a percentage with at most two decimals: ``12,5 %``."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text}{NBSP}%"


@register.filter
def size(value: int | None) -> str:
    """Write bytes as kilobytes of 1024, rounded up as the old register did: ``2 876 kt``."""
    return "" if value is None else f"{grouped(math.ceil(value / 1024))}{NBSP}kt"


@register.filter
def day(value: date | None) -> str:
    """Write a date as ``1.4.2013``."""
    return "" if value is None else f"{value.day}.{value.month}.{value.year}"


@register.simple_tag
def period(start: date | None, end: date | None) -> str:
    """Write ``1.4.2013 – 31.10.2015``, with an open end where a date is missing."""
    if start is None and end is None:
        return ""
    return f"{day(start)}{NBSP}– {day(end)}".strip()


@register.filter
def at_hidden(email: str) -> str:
    """Write an e-mail address so that harvesters do not read it: ``nimi(at)kunta.fi``."""
    return email.replace("@", "(at)")


@register.filter
def rich(html: str) -> SafeString:
    """Show rich text; it is cleaned again on its way out."""
    return mark_safe(clean_html(html))  # clean_html's output is the allow-list's
