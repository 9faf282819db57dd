"""Sums, percentages and dates are taken as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from sivusto.staff.fields import EuroField, FinnishDateField, PercentField


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1333334", "1333334"),
        ("1 333 334", "1333334"),
        ("1\xa0333\xa0334\xa0€", "1333334"),
        ("1\u202f333\u2009334", "1333334"),
        ("1 333 334,50 €", "1333334.50"),
        ("1.333.334,50", "1333334.50"),
        ("1500.50", "1500.50"),
        ("28950€", "28950"),
        ("38 000 euroa", "38000"),
        ("500,- ", "500"),
        ("0", "0"),
    ],
)
def test_a_sum_is_understood(written, amount):
    assert EuroField(max_digits=14, decimal_places=2).clean(written) == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1.500", "ilman pisteitä"),
        ("1.500.000", "ilman pisteitä"),
        ("1,5,0", "ilman pisteitä"),
        ("n. 190 000", "numeroin"),
        ("NaN", "numeroin"),
        ("1e9", "numeroin"),
        ("٣٤", "numeroin"),
        ("--5", "numeroin"),
    ],
)
def test_a_sum_that_may_mean_two_things_is_refused_kindly(written, words):
    with pytest.raises(ValidationError, match=words):
        EuroField().clean(written)


@pytest.mark.parametrize("written", ["12,5", "12,5 %", "12.5%", "12,50 prosenttia"])
def test_a_percentage_is_understood(written):
    assert PercentField().clean(written) == Decimal("12.5")


@pytest.mark.parametrize("written", ["1.4.2013", "01.04.2013", "1. 4. 2013", " 1.4.2013 "])
def test_a_date_is_understood(written):
    assert FinnishDateField().clean(written) == date(2013, 4, 1)


@pytest.mark.parametrize("written", ["1.4.0213", "31.12.9999", "1.4.1213"])
def test_a_year_that_can_only_be_a_slip_is_asked_about(written):
    with pytest.raises(ValidationError, match="Tarkista vuosi"):
        FinnishDateField().clean(written)


def test_what_is_shown_is_understood_again():
    field = EuroField(max_digits=14, decimal_places=2)
    assert field.prepare_value(Decimal("1333334.50")) == "1 333 334,50"
    assert not field.has_changed(Decimal("1333334.50"), "1 333 334,50")
    assert FinnishDateField().prepare_value(date(2013, 4, 1)) == "1.4.2013"


def test_a_faulty_value_stays_as_it_was_typed():
    assert EuroField().prepare_value("n. 190 000") == "n. 190 000"
