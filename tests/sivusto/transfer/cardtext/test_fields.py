"""The short fields are read with the spellings that people use."""

from datetime import date

import pytest

from sivusto.transfer.cardtext.fields import phase, portfolios, project_date


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Digisalkku 2014-2020"], ("Digisalkku 2014-2020",)),
        (
            ["Arki 2010-2013\xa0 Digisalkku 2014-2020\xa0"],
            ("Arki 2010-2013", "Digisalkku 2014-2020"),
        ),
        (["Arki 2010-2013  Digisalkku"], ("Arki 2010-2013", "Digisalkku")),
        (["Arki 2010-2013 Digisalkku 2014-2020"], ("Arki 2010-2013", "Digisalkku 2014-2020")),
        (["Arki", "Digisalkku"], ("Arki", "Digisalkku")),
        (["ARKI Elämä- ja hyvinvointi 2010-2013"], ("ARKI Elämä- ja hyvinvointi 2010-2013",)),
        (["Ohjelma 2010 Rantala"], ("Ohjelma 2010 Rantala",)),
        (["", "\xa0"], ()),
    ],
)
def test_portfolios_are_parted_by_lines_and_gaps(lines, expected):
    assert portfolios(lines) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Päättynyt", "Päättynyt"),
        ("PÄÄTTYNYT  ", "Päättynyt"),
        ("käynnissä", "Käynnissä"),
        ("Käynnistynyt", "Käynnissä"),
        ("Suunnittelussa", "Suunnitteilla"),
        ("Suunnitteilla oleva", "Suunnitteilla"),
        ("Keskeytynyt", "Keskeytetty"),
        ("Jäissä", ""),
        ("", ""),
    ],
)
def test_the_phase_is_named_as_in_the_register(word, expected):
    assert phase([word])[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.4.2013", date(2013, 4, 1)),
        ("01.04.2013", date(2013, 4, 1)),
        ("1.4. 2013", date(2013, 4, 1)),
        ("2013-04-01", date(2013, 4, 1)),
        ("1.4.2013 0:00:00", date(2013, 4, 1)),
        ("31.2.2013", None),
        ("1.4.13", None),
        ("1.1.201", None),
        ("4/2013", None),
        ("1.4.3013", None),
    ],
)
def test_a_date_is_read_or_told_to_be_none(text, expected):
    day, message = project_date([text], "Aloittamispvm")

    assert day == expected
    assert bool(message) is (expected is None)


def test_an_empty_date_is_no_fault():
    assert project_date(["\xa0"], "Aloittamispvm") == (None, "")
