"""Sums, sizes and dates are written as the old register wrote them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict

from sivusto.templatetags import finnish

N = "\xa0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1333334.00"), f"1{N}333{N}334{N}€"),
        (Decimal("0"), f"0{N}€"),
        (Decimal("1234.5"), f"1{N}234,50{N}€"),
        (Decimal("-1234.05"), f"−1{N}234,05{N}€"),
        (Decimal("0.999"), f"1{N}€"),
        (None, ""),
    ],
)
def test_euros(value, text):
    assert finnish.euros(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("75.00"), f"75{N}%"),
        (Decimal("12.50"), f"12,5{N}%"),
        (Decimal(100), f"100{N}%"),
        (None, ""),
    ],
)
def test_percent(value, text):
    assert finnish.percent(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(2_944_001, f"2{N}876{N}kt"), (1, f"1{N}kt"), (None, "")]
)
def test_sizes_are_rounded_up_to_kilobytes(value, text):
    assert finnish.size(value) == text


def test_periods_have_open_ends():
    start, end = date(2013, 4, 1), date(2015, 10, 31)
    assert finnish.period(start, end) == f"1.4.2013{N}– 31.10.2015"
    assert finnish.period(start, None) == f"1.4.2013{N}–"
    assert finnish.period(None, None) == ""


def test_a_moment_belongs_to_the_day_it_was_here():
    assert finnish.local_day(datetime(2026, 6, 30, 21, 30, tzinfo=UTC)) == "1.7.2026"


def test_the_first_page_has_no_number():
    query = QueryDict("vaihe=paattynyt&q=&sivu=3")
    assert finnish.with_page(query, 2) == "?vaihe=paattynyt&sivu=2"
    assert finnish.with_page(query, 1) == "?vaihe=paattynyt"


def test_only_long_words_of_a_heading_get_soft_hyphens():
    heading = finnish.soft("Saavutettavuusseloste ja kortti")
    assert heading.replace("\xad", "") == "Saavutettavuusseloste ja kortti"
    assert heading.endswith("ja kortti")
    assert "vuus\xadse" in heading


def test_sub_headings_take_the_level_of_their_place():
    assert finnish.rich("<h3>Väli</h3><p>x</p>", 4).startswith("<h4>Väli</h4>")
