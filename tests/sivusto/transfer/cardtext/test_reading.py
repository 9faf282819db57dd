"""A card is read whole, in every dress its text comes in."""

import json
from datetime import date
from decimal import Decimal

import pytest

from sivusto.transfer.cardtext import read_card, to_json
from tests.sivusto.transfer.cardtext.samples import TEXTS, reading, sample


def test_every_field_of_a_card_is_found():
    card = reading("kirjasto.txt").card

    assert card.name == "Kirjasto kaikille - lähipalvelut kylille"
    assert card.project_type == "Rantalan kaupungin hanke"
    assert card.portfolios == ("Elävä kulttuuri 2013-2017", "Digisalkku 2014-2020")
    assert card.phase == "Päättynyt"
    assert (card.start_date, card.end_date) == (date(2014, 9, 1), date(2016, 8, 31))
    assert [part.heading for part in card.sections] == [
        "Tavoitteet",
        "Toimenpiteet / sisältö",
        "Kohderyhmä",
        "Kustannukset ja rahoitus",
        "Tulokset ja vaikutukset",
    ]
    assert [funder.funder for funder in card.funders] == ["Pohjoismaan liitto", "Rantalan kaupunki"]
    assert card.funders[0].programme == "EAKR"
    assert card.implementers == ("Kirjasto- ja tietopalvelut",)
    assert (card.total_cost, card.total_cost_is_actual) == (Decimal(189247), False)


def test_a_whole_card_lacks_nothing_and_calls_for_no_message():
    whole = reading("kirjasto.txt")

    assert whole.is_card
    assert whole.missing == ()
    assert whole.messages == ()


@pytest.mark.parametrize("name", TEXTS)
def test_plain_spaces_and_no_break_spaces_read_alike(name):
    text = sample(name)

    assert read_card(text.replace("\xa0", " ")) == read_card(text)


@pytest.mark.parametrize("name", TEXTS)
def test_windows_line_ends_and_invisible_characters_change_nothing(name):
    text = sample(name)
    soiled = "\ufeff" + text.replace("\n", "\r\n").replace("kaupun", "kau\xadpun\u200b")

    assert read_card(soiled) == read_card(text)


def test_labels_may_stand_above_their_values_in_capitals_with_colons():
    card = reading("uimahalli.txt").card

    assert card.name == "Uimahallin energia"
    assert card.portfolios == ("Ympäristö ja ilmasto", "Elinvoima 2012 - 2016")
    assert card.phase == "Suunnitteilla"
    assert (card.start_date, card.end_date) == (date(2016, 5, 1), date(2017, 12, 31))
    assert card.contacts[0].name == "Aarne Niemi"


def test_tabs_between_label_and_value_are_read():
    card = reading("sarakkeet.txt").card

    assert card.name == "Yrityspuiston palvelut"
    assert card.phase == "Keskeytetty"
    assert card.implementers == ("Elinkeinopalvelut",)
    assert card.logos == ("tekes.gif",)


@pytest.mark.parametrize("gap", [" \xa0 ", "   ", "\t"])
def test_dates_beside_each_other_on_one_line_are_read(gap):
    text = sample("verkosto.txt").replace("\nPäättymispvm \xa0 ", f"{gap}Päättymispvm{gap}")
    card = read_card(text).card

    assert (card.start_date, card.end_date) == (date(2015, 1, 1), date(2017, 12, 31))


def test_single_blanks_between_label_and_value_are_read():
    squeezed = "\n".join(" ".join(line.split()) for line in sample("kirjasto.txt").split("\n"))
    card = read_card(squeezed).card

    assert card.portfolios == ("Elävä kulttuuri 2013-2017", "Digisalkku 2014-2020")
    assert card.phase == "Päättynyt"
    assert card.contacts[0].name == "Veera Koivu"


@pytest.mark.parametrize(
    "framed",
    [
        lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
        lambda text: "\n".join(
            f"| {' | '.join(line.split(chr(0xA0)))} |" for line in text.split("\n")
        ),
    ],
)
def test_a_card_quoted_in_a_mail_or_kept_as_a_table_of_strokes_is_read(framed):
    text = sample("verkosto.txt")

    assert read_card(framed(text)).card == read_card(text).card


def test_headings_that_repeat_labels_do_not_end_the_summary():
    card = reading("verkosto.txt").card

    assert [part.heading for part in card.sections][2:4] == ["Rahoittajat", "Toteuttajat"]
    assert card.sections[2].text.endswith("Toteuttajat kokoontuvat joka kuukausi.")
    assert card.implementers == ("Nuorisopalvelut", "Vaaran kunta")


def test_no_date_of_the_prose_becomes_a_project_date():
    card = reading("virheet.txt").card

    assert "1.1.2010" in card.sections[0].text
    assert (card.start_date, card.end_date) == (None, None)


def test_faults_are_told_and_empty_fields_are_named():
    faulty = reading("virheet.txt")

    assert [word in " ".join(faulty.messages) for word in ("Jäissä", "31.2.2013", "keväällä")] == [
        True,
        True,
        True,
    ]
    assert faulty.missing == (
        "project_type",
        "portfolios",
        "phase",
        "start_date",
        "end_date",
        "funders",
        "implementers",
        "contacts",
    )


def test_an_end_before_the_start_is_kept_and_told():
    text = sample("verkosto.txt").replace("31.12.2017", "31.12.2007")
    faulty = read_card(text)

    assert faulty.card.end_date == date(2007, 12, 31)
    assert any("ennen aloittamispäivää" in message for message in faulty.messages)


def test_the_title_stands_in_for_a_lost_name():
    text = sample("verkosto.txt").replace("Hankkeen nimi \xa0 Nuorten verkosto\n", "")
    found = read_card(text)

    assert found.card.name == "Nuorten verkosto"
    assert any("otsikosta" in message for message in found.messages)


def test_a_card_on_one_line_is_still_read():
    text = " ".join(sample("verkosto.txt").split())
    card = read_card(text).card

    assert card.name == "Nuorten verkosto"
    assert card.start_date == date(2015, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n",
        "Hei! Tässä on muistio kokouksesta.\nRahoittajat olivat paikalla.",
        "Hankkeen nimi: jokin aivan muu lomake",
        "%%%€€€;;;" * 100,
    ],
)
def test_what_is_not_a_card_is_refused_with_advice(text):
    refused = read_card(text)

    assert not refused.is_card
    assert "ei ole vanhan rekisterin hankekortti" in refused.messages[0]
    assert "Yhteyshenkilöt" in refused.messages[0]


def test_the_same_card_twice_is_read_once():
    text = sample("kirjasto.txt")
    twice = read_card(text + "\n\n" + text)

    assert twice.card == read_card(text).card
    assert twice.messages == ("Sama kortti on tekstissä useaan kertaan; se luettiin kerran.",)


def test_a_cut_copy_before_the_whole_card_does_no_harm():
    text = sample("kirjasto.txt")

    assert read_card(text[:700] + "\n" + text).card == read_card(text).card


def test_two_cards_in_one_text_give_the_first_and_ask_to_split():
    both = read_card(sample("kirjasto.txt") + "\n" + sample("verkosto.txt"))

    assert both.is_card
    assert both.card == reading("kirjasto.txt").card
    assert "2 eri korttia" in both.messages[0]


def test_json_holds_plain_values_only():
    found = to_json(reading("kotihoito.txt").card)

    assert json.loads(json.dumps(found)) == found
    assert found["start_date"] == "2013-05-01"
    assert (found["total_cost"], type(found["total_cost"])) == (400000, int)
    assert to_json(reading("virheet.txt").card)["end_date"] is None
    assert found["contacts"][2] == {
        "role": "Projektipäällikkö",
        "name": "Lumi Suo",
        "phone": "",
        "email": "",
        "unit": "",
        "share": 60,
        "start_date": "2015-07-01",
        "end_date": "2015-11-30",
    }
    assert found["shares"][1]["percent"] == 12.5
    assert found["funders"] == ["STM, Kaste-ohjelma", "Rantalan kaupunki"]


def test_forty_thousand_headings_like_labels_end_no_field():
    text = sample("kirjasto.txt").replace("Kohderyhmä", "Rahoittajat\n" * 40_000)
    found = read_card(text)

    assert found.card.implementers == ("Kirjasto- ja tietopalvelut",)
