"""Addresses are made from names and none of them is ever forgotten."""

import pytest

from salkut.models import Portfolio
from tests.builders import a_portfolio

pytestmark = pytest.mark.django_db


def test_the_address_comes_from_the_name():
    assert a_portfolio("Hyvä arki 2024–2028 / Ää").slug == "hyva-arki-2024-2028-aa"


def test_a_renamed_portfolio_is_found_at_its_former_address():
    portfolio = a_portfolio("Vanha nimi")
    portfolio.name = "Uusi nimi"
    portfolio.save()
    assert Portfolio.objects.at_address("vanha-nimi").get() == portfolio
    assert portfolio.slug == "uusi-nimi"


def test_a_taken_address_gets_a_number():
    assert [a_portfolio(name).slug for name in ("Sama nimi", "Sama-nimi", "Sama, nimi")] == [
        "sama-nimi",
        "sama-nimi-2",
        "sama-nimi-3",
    ]


def test_who_has_the_address_now_comes_before_who_had_it():
    first = a_portfolio("Suosittu")
    first.name = "Muutettu"
    first.save()
    second = a_portfolio("Suosittu")
    assert list(Portfolio.objects.at_address("suosittu")) == [second, first]


def test_a_name_without_letters_still_gets_an_address():
    assert a_portfolio("???").slug == "nimeton"


def test_names_are_listed_in_finnish_order():
    for name in ("Öljy", "Äiti", "Åland", "zeta", "Alku"):
        a_portfolio(name)
    assert [p.name for p in Portfolio.objects.all()] == ["Alku", "zeta", "Åland", "Äiti", "Öljy"]
