"""Cells are read as people and spreadsheets write them."""

from datetime import date
from decimal import Decimal

import pytest

from sivusto.transfer.table.cells import (
    CellError,
    as_day,
    as_euros,
    as_name,
    as_names,
    as_text,
    folded,
    written,
)
from sivusto.transfer.table.stamps import mark, marks_of, stamp
from sivusto.transfer.tablefile import Wrong

KNOWN = folded(["Digisalkku", "Hyvän arjen salkku", "Kotu; ja koti"])


@pytest.mark.parametrize(
    "cell",
    [
        date(2014, 12, 31),
        "31.12.2014",
        " 31. 12. 2014 ",
        "31.12.2014 0:00:00",
        "2014-12-31",
        "2014-12-31T00:00:00",
        "31/12/2014",
        Decimal(42004),
    ],
)
def test_days(cell):
    assert as_day(cell) == date(2014, 12, 31)


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_nothing_is_nothing(cell):
    assert as_day(cell) is None
    assert as_euros(cell) is None
    assert as_text(cell) == ""
    assert as_names(cell, KNOWN, "salkkua") == ()


@pytest.mark.parametrize("cell", ["32.12.2014", "joulukuu", Decimal(2014), "31.12.14", True])
def test_what_is_no_day(cell):
    with pytest.raises(CellError, match="ei ole päivä"):
        as_day(cell)


def test_a_year_that_can_only_be_a_slip():
    with pytest.raises(CellError, match="tarkista vuosi 2104"):
        as_day("1.1.2104")


@pytest.mark.parametrize(
    ("cell", "euros"),
    [
        ("1 333 334,50 €", "1333334.50"),
        ("1\xa0333\xa0334,5", "1333334.50"),
        ("1\u202f500", "1500"),
        ("1.333.334,50", "1333334.50"),
        ("1,333,334.50", "1333334.50"),
        ("1500.5", "1500.50"),
        (Decimal("166666.66666666666"), "166666.67"),
        (Decimal("1E+3"), "1000"),
        ("−5", "-5"),
        (Decimal(0), "0"),
    ],
)
def test_sums(cell, euros):
    assert as_euros(cell) == Decimal(euros)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1.500", "monimerkityksinen"),
        ("noin 1500", "ei ole luku"),
        ("1,5,5", "monimerkityksinen"),
        (Decimal(10) ** 13, "liian suuri"),
        (Wrong("#REF!"), "virhe #REF!"),
        (date(2014, 1, 1), "ei ole luku|monimerkityksinen"),
    ],
)
def test_what_is_no_sum(cell, words):
    with pytest.raises(CellError, match=words):
        as_euros(cell)


def test_names_are_known_in_any_case_and_come_each_once():
    cell = "digisalkku;  Hyvän   arjen salkku ;Digisalkku\n"
    assert as_names(cell, KNOWN, "salkkua") == ("Digisalkku", "Hyvän arjen salkku")
    assert as_names("Kotu; ja koti", KNOWN, "salkkua") == ("Kotu; ja koti",)


def test_an_unknown_name_is_told_with_one_like_it():
    with pytest.raises(CellError, match=r"salkkua ”Digisalku” ei ole.*tarkoititko ”Digisalkku”"):
        as_name("Digisalku", KNOWN, "salkkua")


@pytest.mark.parametrize(("cell", "text"), [("'=1+1", "=1+1"), ("'alku", "'alku"), ("'-1", "-1")])
def test_the_guard_against_formulas_comes_off(cell, text):
    assert as_text(cell) == text


@pytest.mark.parametrize("value", [date(2014, 3, 1), Decimal("1500.50"), Decimal(7), None])
def test_what_is_written_is_read_back(value):
    read = as_day if isinstance(value, date) else as_euros
    assert read(written(value)) == value


def test_a_stamp_tells_each_field():
    values = {"name": "A", "portfolios": ("x", "y"), "cost": Decimal("5.00")}
    keys = tuple(values)
    marks = marks_of(stamp(values, keys), keys)
    assert marks == {key: mark(value) for key, value in values.items()}
    assert mark(Decimal(5)) == mark(Decimal("5.00"))
    assert mark(("x",)) != mark("x")


@pytest.mark.parametrize("text", ["", "v1-", "v1-abc", "v2-aabbcc", "v1-aabbccddeeffxx"])
def test_what_is_no_stamp(text):
    assert marks_of(text, ("a", "b")) is None
