"""The old page's HTML gives the same card as its text, and the addresses besides."""

import re

import pytest

from sivusto.transfer.cardtext import read_card
from sivusto.transfer.cardtext.page import is_html, old_id, page_text
from tests.sivusto.transfer.cardtext.samples import reading, sample


def test_a_page_with_unclosed_capital_tags_is_read():
    card = reading("sivu.html").card

    assert card.name == "Kotiseudun äänet"
    assert card.project_type == "Rantalan kaupungin hanke"
    assert card.portfolios == ("Elävä kulttuuri 2013-2017", "Digisalkku 2014-2020")
    assert card.phase == "Päättynyt"
    assert [funder.text for funder in card.funders] == ["Rantalan kaupunki", "Museovirasto"]
    assert card.contacts[0].phone == "040 555 0105"
    assert card.logos == ("museo.gif",)


def test_lists_of_the_page_become_marked_lines():
    toimenpiteet = reading("sivu.html").card.sections[1]

    assert toimenpiteet.heading == "Toimenpiteet"
    assert toimenpiteet.text == (
        "· haastattelut\no vanhukset\no lapset\n· näyttely\n1. kevät\n2. syksy"
    )


def test_attachments_keep_the_address_of_their_link():
    link, file = reading("sivu.html").card.attachments

    assert (link.title, link.url) == ("Ääniarkisto", "http://example.fi/arkisto?a=1&b=2")
    assert (file.title, file.file, file.size_kt) == ("Loppuraportti", "loppu raportti.pdf", 2876)
    assert file.url == "liitteet/loppu raportti.pdf"


def test_an_unclosed_link_ends_where_the_next_one_begins():
    page = (
        sample("sivu.html")
        .replace("Linkki</A>", "Linkki")
        .replace("raportti.pdf</A>", "raportti.pdf")
    )

    assert read_card(page).card.attachments == reading("sivu.html").card.attachments


def test_a_link_hidden_in_the_summary_is_told():
    assert reading("sivu.html").messages == (
        "Tiivistelmässä on linkki osoitteeseen http://example.fi/arkisto.",
    )


def test_the_text_of_the_page_copied_from_a_browser_gives_the_same_card():
    page = sample("sivu.html")
    copied = re.sub("\ue000[^\ue001]*\ue001", "", page_text(page))
    card = read_card(copied).card

    assert card.sections == read_card(page).card.sections
    assert card.funders == read_card(page).card.funders


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://example.fi/Hankekortti1.asp?ID=798", "798"),
        ("http://example.fi/HANKEKORTTI1.ASP?id=12 ja muuta", "12"),
        ('<a href="hankekortti.asp?kieli=fi&amp;Id=5">Kortti</a>', "5"),
        ("Hankekortti1.asp?ID=1 Hankekortti1.asp?ID=2", ""),
        ('<link rel="canonical" href="/Hankekortti1.asp?ID=7"> Hankekortti1.asp?ID=8', "7"),
        ("ei osoitetta, ID=3", ""),
    ],
)
def test_the_old_id_is_read_from_the_address(text, expected):
    assert old_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<TABLE><TR><TD>x", True),
        ("<p>a</p><br>b", True),
        ("Osuus < 5 % ja > 2 %", False),
        ("Vain yksi <br> rivillä", False),
    ],
)
def test_markup_is_told_from_text(text, expected):
    assert is_html(text) is expected


@pytest.mark.parametrize("unit", ["<a ", '<a "', "<!--", "<script>", "<ul><li>", "<td>x", "<"])
def test_broken_markup_is_read_in_linear_time(unit):
    assert len(page_text(unit * 60_000)) < 1_000_000
