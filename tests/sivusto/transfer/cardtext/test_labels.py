"""Labels are told apart from the same words in prose."""

from sivusto.transfer.cardtext import read_card
from sivusto.transfer.cardtext.labels import candidates
from tests.sivusto.transfer.cardtext.samples import sample, with_summary


def test_a_label_word_in_small_letters_before_prose_is_no_label():
    assert candidates(["rahoittajat ovat mukana", "Rahoittajatapaaminen", "Rahoittajat/muut"]) == []


def test_labels_glued_to_their_values_are_found():
    text = (
        sample("verkosto.txt")
        .replace("Rahoittajat \xa0\n", "Rahoittajat")
        .replace("Toteuttajat \xa0\n", "Toteuttajat")
        .replace("\xa0 käynnissä", "Käynnissä")
    )

    assert (
        read_card(text.replace(" \xa0 ", "").replace("he käy", "heKäy")).card
        == read_card(text).card
    )


def test_the_last_headings_win_when_phase_and_dates_are_lost():
    lines = sample("verkosto.txt").split("\n")
    lost = ("Käsittelyvaihe", "Aloittamispvm", "Päättymispvm")
    card = read_card("\n".join(line for line in lines if not line.startswith(lost))).card

    assert card.sections[-1].heading == "Rahoitussuunnitelma"
    assert [funder.funder for funder in card.funders] == [
        "Opetus- ja kulttuuriministeriö",
        "Rantalan kaupunki",
    ]


def test_headings_like_labels_stay_in_a_summary_that_is_cut_off():
    text = with_summary("Rahoittajat", "STM", "Toteuttajat", "Kunta", "Yhteyshenkilöt", "Kysy.")
    cut = read_card(text[: text.index("Käsittelyvaihe")])

    assert [part.heading for part in cut.card.sections][:2] == ["Rahoittajat", "Toteuttajat"]
    assert "Kysy." in cut.card.sections[-1].text
    assert "funders" in cut.missing


def test_a_prose_line_that_starts_with_a_label_ends_nothing():
    card = read_card(with_summary("Salkku on avoin kaikille.", "Toteuttajat Vaara ja Suo.")).card

    assert card.sections[0].text == "Salkku on avoin kaikille.\nToteuttajat Vaara ja Suo."
    assert card.implementers == ("Tietohallinto",)
