"""What a card may not hold, without a database."""

from datetime import date
from decimal import Decimal

import pytest

from sivusto.transfer.cardtext import AttachmentText, Card, ContactText, SectionText, ShareText
from sivusto.transfer.rules import check


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (Card(name=" , "), "ei ole hankkeen nimeä"),
        (Card(name="a" * 301), "liian pitkä"),
        (Card(name="a", sections=(SectionText("b", "c " * 60_000),)), "100 000"),
    ],
)
def test_only_what_nobody_should_guess_at_is_a_fault(card, words):
    assert words in " ".join(check(card).faults)


def test_an_end_before_the_start_is_left_out_and_told():
    checked = check(Card(name="a", start_date=date(2014, 2, 1), end_date=date(2014, 1, 31)))
    assert checked.card.end_date is None
    assert "31.1.2014 on ennen aloittamispäivää 1.2.2014" in checked.messages[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("project_type", "a" * 121),
        ("portfolios", ("a" * 201,)),
        ("implementers", ("a" * 201,)),
        ("total_cost", Decimal(10) ** 12),
        ("shares", (ShareText("a", "", None, Decimal(101), "cash", "a 101 %"),)),
        ("shares", (ShareText("a" * 201, "", Decimal(1), None, "cash", "q"),)),
        ("contacts", (ContactText(),)),
    ],
)
def test_what_does_not_fit_is_left_out(field, value):
    checked = check(Card(name="a", **{field: value}))
    assert not getattr(checked.card, field)
    assert checked.messages or field == "contacts"
    assert not checked.faults


def test_a_long_heading_becomes_text_and_no_word_is_lost():
    part = check(Card(name="a", sections=(SectionText("pitkä " * 40, "loppu"),))).card.sections[0]
    assert part == SectionText("", "pitkä " * 40 + "\nloppu")


def test_a_contact_fits_its_columns_and_is_somebody():
    row = ContactText(
        phone="0" * 60,
        share_percent=Decimal(160),
        start_date=date(2014, 2, 1),
        end_date=date(2014, 1, 1),
    )
    (kept,) = check(Card(name="a", contacts=(row,))).card.contacts
    assert (kept.role, len(kept.phone)) == ("Yhteyshenkilö", 50)
    assert kept.share_percent is kept.end_date is None


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://jokilahti.example.fi/a", "https://jokilahti.example.fi/a"),
        ("javascript:alert(1)", ""),
        ("liite.asp?id=1", ""),
        ("https://a.example.fi/" + "a" * 1000, ""),
    ],
)
def test_an_attachment_links_only_to_the_web(url, kept):
    (row,) = check(Card(name="a", attachments=(AttachmentText("b", "c", 1, url),))).card.attachments
    assert row == AttachmentText("b", "c", 1, kept)


@pytest.mark.parametrize(
    ("said", "kept"), [(0, 0), (10**9, 10**9), (10**9 + 1, None), (10**20, None)]
)
def test_a_size_that_no_file_has_is_left_out(said, kept):
    (row,) = check(Card(name="a", attachments=(AttachmentText("b", "c", said),))).card.attachments
    assert row.size_kt == kept
