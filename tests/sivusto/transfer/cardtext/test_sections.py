"""The summary is cut at its own headings, and not one word is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sivusto.transfer.cardtext.sections import sections

PROSE = "Kylän väki kokoontuu joka viikko ja päättää yhdessä siitä, mitä seuraavaksi tehdään."


def headings(text: str) -> list[str]:
    return [part.heading for part in sections(text.split("\n"))]


@pytest.mark.parametrize(
    "line",
    [
        "Tavoitteet",
        "TAVOITTEET",
        "Toimenpiteet/Sisältö",
        "Toimenpiteet / sisältö",
        "Odotettavissa olevat tulokset ja hyödyt",
        "Tulokset ja vaikutukset",
        "Kohderyhmä",
        "Kustannukset ja rahoitus",
        "Toteutuneet kustannukset yhteensä",
        "Muut osallistujat/rahoittajat",
        "Hankkeen tarkoitus",
        "Seuranta ja arviointi",
        "Hankkeen tavoitteet, sisältö ja toteutus",
        "Projektin tuotokset ja niiden hyödyntäminen",
        "Projektin hyödyt / Arkeen jäävät hyvät käytännöt",
        "Aikataulu 2014-2016",
        "Kustannukset 2013-2015",
        "Tulokset (loppuraportti)",
        "Organisaatio",
        "Riskit",
        "Objectives",
        "Expected results",
        "Budget and funding",
        "Mål",
        "Kostnader och finansiering",
    ],
)
@pytest.mark.parametrize("ending", ["", ":"])
def test_a_line_of_known_words_is_a_heading(line, ending):
    found = sections([PROSE, line + ending, PROSE])

    assert [(part.heading, part.text) for part in found] == [("", PROSE), (line, PROSE)]


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("Kustannukset ja rahoitus189 247 euroa", "Kustannukset ja rahoitus", "189 247 euroa"),
        ("TavoitteetKylä kasvaa.", "Tavoitteet", "Kylä kasvaa."),
        ("TAVOITTEETKylä kasvaa.", "TAVOITTEET", "Kylä kasvaa."),
        ("Tavoitteet: Kylä kasvaa.", "Tavoitteet", "Kylä kasvaa."),
        ("Tavoitteet:Kylä kasvaa.", "Tavoitteet", "Kylä kasvaa."),
        ("Aikataulu: 1.1.2012-31.12.2013", "Aikataulu", "1.1.2012-31.12.2013"),
        ("Kustannukset n. 190 000", "Kustannukset", "n. 190 000"),
        ("Rahoitus (EAKR 80 %, kunta 20 %)", "Rahoitus", "(EAKR 80 %, kunta 20 %)"),
        ("Toimenpiteet 1) kartoitus 2) korjaus", "Toimenpiteet", "1) kartoitus 2) korjaus"),
    ],
)
def test_text_on_the_heading_s_line_is_parted_from_it(line, heading, text):
    found = sections([PROSE, line])

    assert (found[1].heading, found[1].text) == (heading, text)


@pytest.mark.parametrize(
    "line",
    [
        "Tavoitteena on kasvattaa kylää.",
        "Tulokset ovat hyviä",
        "Rahoittajat ovat sitoutuneet hankkeeseen",
        "Kohderyhmä on koko kylä",
        "Tavoitteet asetetaan vuosittain",
        "- Tavoitteet",
        "1. Viestintä",
        "Kolme luokkaa:",
        "Kylän verkkosivut:",
        "Reitit kuljetaan läpi kesällä",
        "hankkeen tavoitteet",
        "https://example.fi/tavoitteet",
        "STM",
    ],
)
def test_an_ordinary_line_is_no_heading(line):
    assert headings(f"{PROSE}\n{line}\n{PROSE}") == [""]


def test_lines_of_a_list_without_markers_are_no_headings():
    listed = "Työpaketit ovat:\nHallinto\nViestintä\nSeuranta ja arviointi"

    assert headings(f"{listed}\n\nTulokset\n{PROSE}") == ["", "Tulokset"]


def test_three_headings_in_a_row_are_a_list_under_the_first():
    assert headings("Työpaketit\nHallinto\nViestintä\nSeuranta") == ["Työpaketit"]


def test_numbered_list_items_are_no_headings_but_numbered_headings_are():
    listed = "Työpaketit\n1. Viestintä\n2. Koulutus\n3. Seuranta"
    numbered = f"1. Tavoitteet\n{PROSE}\n\n2. Toimenpiteet\n{PROSE}"

    assert headings(listed) == ["Työpaketit"]
    assert headings(numbered) == ["1. Tavoitteet", "2. Toimenpiteet"]


def test_numbered_goals_head_their_own_text_but_a_list_of_goals_does_not():
    parted = f"Tavoite 1: Kylä kasvaa\n\n{PROSE}\n\nTavoite 2: Koulu säilyy\n\n{PROSE}"
    listed = "Tavoitteet\n\nTavoite 1: Kylä kasvaa\nTavoite 2: Koulu säilyy\nTavoite 3: Tie kestää"

    assert headings(parted) == ["Tavoite 1: Kylä kasvaa", "Tavoite 2: Koulu säilyy"]
    assert headings(listed) == ["Tavoitteet"]


def test_numbered_headings_may_have_numbered_parts():
    text = (
        "1. Tausta\nTaustaa.\n\n2. Toimenpiteet\n2.1 Selvitykset\nSelvitetään.\n\n3. Rahoitus\nOma."
    )

    assert headings(text) == ["1. Tausta", "2. Toimenpiteet", "3. Rahoitus"]


def test_a_question_over_a_paragraph_is_a_heading_and_a_list_of_questions_is_not():
    assert headings(f"Mitä hankkeessa tehdään?\n{PROSE}") == ["Mitä hankkeessa tehdään?"]
    assert headings(f"Mikä?\n{PROSE}") == ["Mikä?"]
    assert headings(f"{PROSE}\n\nMitä tehdään?\nKuka tekee?\nMiksi?") == [""]


def test_a_list_behind_a_colon_ends_where_it_has_markers_or_another_heading_stands():
    text = "Tavoitteena on:\n- palvelu\nOrganisaatio: ohjausryhmä\nKustannusarvio:\n100 €"

    assert headings(text)[-2:] == ["Organisaatio", "Kustannusarvio"]


def test_unknown_words_head_only_in_capitals_or_alone_between_paragraphs():
    assert headings(f"{PROSE}\n\nKylätalon remontti\n\n{PROSE}") == ["", "Kylätalon remontti"]
    assert headings(f"{PROSE}\nKYLÄTALON REMONTTI\n{PROSE}") == [""]
    assert headings(f"{PROSE}\n\nKYLÄTALON REMONTTI\n{PROSE}") == ["", "KYLÄTALON REMONTTI"]
    assert headings("Mukana olevat kunnat\nVaara\nSuo\n\nTulokset\n" + PROSE) == ["", "Tulokset"]


def test_money_rows_stay_in_their_section():
    rows = "Kustannukset yhteensä: 100 000 €\nRahoitus: STM 75 %"

    assert headings(f"Kustannukset ja rahoitus\n{rows}\n\nRiskit\nEi.") == [
        "Kustannukset ja rahoitus",
        "Riskit",
    ]


def test_paragraphs_keep_their_blank_line_and_a_section_may_be_empty():
    found = sections(["Tavoitteet", "", "Yksi.", "", "", "Kaksi.", "", "Toimenpiteet"])

    assert [part.text for part in found] == ["Yksi.\n\nKaksi.", ""]


LINES = st.sampled_from(
    [
        "Tavoitteet",
        "Tavoitteet: kylä",
        "TavoitteetKylä kasvaa",
        "Rahoitus 100 000 €",
        "1. Tavoitteet",
        "Tavoite 1: Kylä",
        "- kohta",
        "o kohta",
        "",
        PROSE,
        "Kylän:",
        "KYLÄTALON REMONTTI",
        "Tavoitteet, sisältö / hyödyt – ja muuta:",
        "Hankkeen : tavoitteet:",
        "::",
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=14))
def test_no_word_is_lost_or_moved(lines):
    lines = [line.replace("\ue000", "").replace("\ue001", "") for line in lines]
    found = "".join(part.heading + part.text for part in sections(lines))

    # Only a heading's own colon goes; glued headings make one word two, so letters are compared.
    assert re.sub(r"[\s:]", "", found) == re.sub(r"[\s:]", "", "".join(lines))
