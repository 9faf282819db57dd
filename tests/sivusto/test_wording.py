"""Figures stay together on a line, and headings need no colon."""

import pytest

from hankkeet.models import Section
from sivusto.templatetags import finnish
from sivusto.wording import unbroken


@pytest.mark.parametrize(
    ("text", "shown"),  # "_" stands for a no-break space
    [
        ("6 000 euroa", "6_000_euroa"),
        ("yhteensä 1 333 334 €.", "yhteensä 1_333_334_€."),
        ("1 234,50 €", "1_234,50_€"),
        ("12,5 % ja 3 prosenttia", "12,5_% ja 3_prosenttia"),
        ("2,5 milj. euroa", "2,5_milj. euroa"),
        ("2 M€, 5 htv, 6 kk", "2_M€, 5_htv, 6_kk"),
        ("vuonna 2013 100 000 euroa", "vuonna 2013 100_000_euroa"),
        ("31.12.2015 500 henkilöä", "31.12.2015 500 henkilöä"),
        ("vuosina 2013 2014 2015", "vuosina 2013 2014 2015"),
        ("10 0005", "10 0005"),
        ("5 eurooppalaista kumppania", "5 eurooppalaista kumppania"),
        ("H1 234", "H1 234"),
        ("3 kuntaa", "3 kuntaa"),
    ],
)
def test_figures_and_their_units_do_not_part(text, shown):
    assert unbroken(text).replace("\xa0", "_") == shown
    assert unbroken(unbroken(text)) == unbroken(text)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>6 000 €</p>", "<p>6_000_€</p>"),
        ("<p><strong>6 000</strong> kuntaa</p>", "<p><strong>6_000</strong> kuntaa</p>"),
        (
            '<p><a href="https://a.fi/1 000">1 000</a></p>',
            '<p><a href="https://a.fi/1%20000">1_000</a></p>',
        ),
        ("<h3>Rahoitussuunnitelma:</h3>", "<h3>Rahoitussuunnitelma</h3>"),
        ("<h3><strong>Aika: 2 000 h :</strong></h3>", "<h3><strong>Aika: 2_000 h</strong></h3>"),
        ("<p>Muuta:</p>", "<p>Muuta:</p>"),
    ],
)
def test_rich_text_is_set_on_showing(html, shown):
    assert finnish.rich(html).replace("\xa0", "_") == shown.replace("&nbsp;", "_")


@pytest.mark.parametrize(
    ("heading", "shown"), [("Rahoitussuunnitelma:", "Rahoitussuunnitelma"), ("A: b", "A: b")]
)
def test_a_headings_last_colon_is_not_shown(heading, shown):
    assert Section(heading=heading).shown_heading == shown
