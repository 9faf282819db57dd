"""Contacts are told apart into role, name, unit, phone, e-mail, share and period."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sivusto.transfer.cardtext.contacts import contacts
from sivusto.transfer.cardtext.model import ContactText


def read(text: str) -> list[ContactText]:
    return list(contacts(text.split("\n")))


def who(text: str) -> list[tuple[str, str, str]]:
    return [(contact.role, contact.name, contact.phone) for contact in read(text)]


ELLI = ("projektipäällikkö", "Elli Joki", "040 555 0101")
ONNI = ("suunnittelija", "Onni Vaara", "040 555 0102")


@pytest.mark.parametrize(
    "text",
    [
        "Elli Joki, projektipäällikkö, p. 040 555 0101\nOnni Vaara, suunnittelija, p. 040 555 0102",
        "Elli Joki, projektipäällikkö, p. 040 555 0101, Onni Vaara, suunnittelija, p. 040 555 0102",
        "projektipäällikkö Elli Joki, 040 555 0101; suunnittelija Onni Vaara, 040 555 0102",
        "Elli Joki projektipäällikkö p. 040 555 0101 Onni Vaara suunnittelija p. 040 555 0102",
        "Elli Joki (projektipäällikkö), 040 555 0101 / Onni Vaara (suunnittelija), 040 555 0102",
        "projektipäällikkö: Elli Joki, gsm 040 555 0101\nsuunnittelija: Onni Vaara, 040 555 0102",
        "Elli Joki\nprojektipäällikkö\np. 040 555 0101\nOnni Vaara\nsuunnittelija\np. 040 555 0102",
        "projektipäällikkö Elli Joki, 040 555 0101 ja suunnittelija Onni Vaara, 040 555 0102",
        "Elli Joki, projektipäällikkö, p. 040 555\n0101\nOnni Vaara, suunnittelija, 040 555 0102",
    ],
)
def test_two_contacts_are_read_in_every_order(text):
    assert who(text) == [ELLI, ONNI]


def test_a_long_title_stays_whole_and_a_broken_phone_is_joined():
    text = (
        "Vs. Sivistys- ja nuorisotoimen johtaja Elli Joki, 040-\n5550101. "
        "Sähköposti etunimi.sukunimi(at)example.fi"
    )

    assert read(text) == [
        ContactText(
            role="Vs. Sivistys- ja nuorisotoimen johtaja",
            name="Elli Joki",
            phone="040-5550101",
            email="etunimi.sukunimi(at)example.fi",
        )
    ]


def test_a_role_is_carried_to_every_person_after_its_colon():
    text = (
        "Projektin vastuullinen johtaja: Palvelujohtaja Elli Joki ajalla 1.9.2014-30.11.2015, "
        "ylilääkäri Onni Vaara,\najalla 1.5.2013-31.8.2014.\n"
        "Projektipäällikkö: Lumi Suo (60%) ajalla 1.7.-30.11.2015, Arvo Mäki 30.6.2015 asti."
    )
    found = read(text)

    assert [(contact.role, contact.name) for contact in found] == [
        ("Projektin vastuullinen johtaja, Palvelujohtaja", "Elli Joki"),
        ("Projektin vastuullinen johtaja, ylilääkäri", "Onni Vaara"),
        ("Projektipäällikkö", "Lumi Suo"),
        ("Projektipäällikkö", "Arvo Mäki"),
    ]
    assert found[2].share_percent == Decimal(60)
    assert (found[2].start_date, found[2].end_date) == (date(2015, 7, 1), date(2015, 11, 30))
    assert (found[3].start_date, found[3].end_date) == (None, date(2015, 6, 30))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("ajalla 1.8.2014-31.10.2015", date(2014, 8, 1), date(2015, 10, 31)),
        ("ajalla 1.8.2014 – 31.10.2015", date(2014, 8, 1), date(2015, 10, 31)),
        ("1.6.-31.10.2015", date(2015, 6, 1), date(2015, 10, 31)),
        ("(1.-31.10.2015)", date(2015, 10, 1), date(2015, 10, 31)),
        ("31.12.2012 asti", None, date(2012, 12, 31)),
        ("alkaen 1.1.2013", date(2013, 1, 1), None),
        ("1.1.2013 alkaen", date(2013, 1, 1), None),
        ("1.1.2013-", date(2013, 1, 1), None),
        ("31.2.2013 asti", None, None),
    ],
)
def test_a_period_is_read_with_what_it_leaves_out(words, start, end):
    contact = read(f"Projektipäällikkö Elli Joki {words}")[0]

    assert contact.name == "Elli Joki"
    assert (contact.start_date, contact.end_date) == (start, end)


def test_a_share_and_a_period_in_one_bracket_are_read():
    contact = read("Elli Joki, suunnittelija (osuus 20 %, 1.1.2012-31.12.2013)")[0]

    assert (contact.role, contact.unit) == ("suunnittelija", "")
    assert (contact.share_percent, contact.end_date) == (Decimal(20), date(2013, 12, 31))


def test_years_alone_are_no_period_but_stay_beside_the_role():
    found = read("Projektipäällikkö Elli Joki (2012-2013), Onni Vaara (2014-)")

    assert [(contact.role, contact.start_date) for contact in found] == [
        ("Projektipäällikkö 2012-2013", None),
        ("2014-", None),
    ]


def test_a_pattern_of_addresses_belongs_to_all_who_have_none():
    text = "Elli Joki\nOnni Vaara, onni.vaara@example.fi\netunimi.sukunimi(at)example.fi"

    assert [contact.email for contact in read(text)] == [
        "etunimi.sukunimi(at)example.fi",
        "onni.vaara@example.fi",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Projektipäällikkö", ContactText(role="Projektipäällikkö")),
        ("Projektipäällikkö (avoin)", ContactText(role="Projektipäällikkö, avoin")),
        ("Kirjasto, vaihde, p. 08 555 0100", ContactText(unit="Kirjasto", phone="08 555 0100")),
        ("Kysy kaupungin neuvonnasta", ContactText(role="Kysy kaupungin neuvonnasta")),
        (
            "Elli Joki, Rantalan kaupunki, hyvinvointipalvelut",
            ContactText(name="Elli Joki", unit="Rantalan kaupunki, hyvinvointipalvelut"),
        ),
        (
            "Elli Joki\nPL 17, 90010 Rantala\np. (08) 555 0100",
            ContactText(name="Elli Joki", unit="PL 17, 90010 Rantala", phone="(08) 555 0100"),
        ),
        ("Elli Joki, RantaYritys", ContactText(name="Elli Joki", unit="RantaYritys")),
        ("Elli Joki, KTM", ContactText(name="Elli Joki", role="KTM")),
        (
            "Elli Joki, gsm 040 555 0101, faksi 08 555 0100",
            ContactText(name="Elli Joki", phone="040 555 0101, faksi 08 555 0100"),
        ),
        ("Elli Joki (040 555 0101)", ContactText(name="Elli Joki", phone="040 555 0101")),
        ("Onni van der Vaara", ContactText(name="Onni van der Vaara")),
        (
            "Elli Joki\tkoordinator\ttfn 040 555 0101",
            ContactText(name="Elli Joki", role="koordinator", phone="040 555 0101"),
        ),
        ("ELLI JOKI, kanslisti", ContactText(role="kanslisti", name="ELLI JOKI")),
    ],
)
def test_what_is_not_a_person_is_kept_too(text, expected):
    assert read(text) == [expected]


WORDS = ["Elli", "Joki", "projektipäällikkö", "Kirjasto", "kylä", "Onni", "ja", ",", ":", "5"]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Elli", "Joki", "projektipäällikkö", "Kirjasto", "kylä", "Onni", "ja", ",", ":", "5"]
        ),
        max_size=12,
    )
)
def test_no_word_of_a_contact_is_lost(words):
    text = " ".join(words)
    found = " ".join(f"{c.role} {c.name} {c.unit} {c.phone}" for c in read(text))

    assert {word for word in words if len(word) > 2} <= set(found.replace(",", " ").split())
