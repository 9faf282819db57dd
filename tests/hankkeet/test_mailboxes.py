"""Addresses in free text are written so that people read them and gatherers do not."""

import pytest

from hankkeet.mailboxes import hidden, hidden_in_html, without_phones
from hankkeet.richtext import clean_html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kysy: meri.virta@example.fi.", "Kysy: meri.virta(at)example.fi."),
        ("a@b.example.fi, c@example.fi", "a(at)b.example.fi, c(at)example.fi"),
        ("meri＠example.fi", "meri(at)example.fi"),
        ("Seuraa @kunta tai youtube.com/@kunta", "Seuraa @kunta tai youtube.com/@kunta"),
        ("3 kpl @ 5 €", "3 kpl @ 5 €"),
        ("@" * 50_000, "@" * 50_000),
    ],
)
def test_an_address_in_text_is_written_with_at(text, shown):
    assert hidden(text) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<a href="mailto:m@example.fi">m@example.fi</a>', "m(at)example.fi"),
        ('<a href="mailto:m@example.fi?subject=x">Meri</a>', "Meri (m(at)example.fi)"),
        ('<a href="MAILTO:m%40example.fi">Meri</a>', "Meri (m(at)example.fi)"),
        ("m<b>@</b>example.fi", "m<strong>(at)</strong>example.fi"),
        ("m&#64;example.fi m&commat;example.fi", "m(at)example.fi m(at)example.fi"),
        (
            '<a href="https://example.fi/?to=m@example.fi">lomake</a>',
            '<a href="https://example.fi/?to=m%40example.fi">lomake</a>',
        ),
        (
            '<a href="https://example.fi/@kunta">kanava</a>',
            '<a href="https://example.fi/@kunta">kanava</a>',
        ),
    ],
)
def test_rich_text_keeps_its_words_and_loses_the_mailbox(html, shown):
    assert hidden_in_html(clean_html(f"<p>{html}</p>")) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "phone",
    ["050 123 4567", "08-558 410 00", "+358 44 123 4567", "(08) 5584 1000", "0441234567",
     "050\xa0123\xa04567", "044-1234567"],
)  # fmt: skip
def test_a_phone_number_is_left_out_of_a_list(phone):
    assert without_phones(f"Puh. {phone}, soita") == "Puh. …, soita"


@pytest.mark.parametrize(
    "text",
    ["1 333 334 €", "0,5 %", "01.04.2013–31.10.2015", "2013-04-01", "0187690-1", "00100 Helsinki",
     "OUKA/1234/02.05.00/2014", "0–6-vuotiaat 12 345", "2014 2015 2016 2017"],
)  # fmt: skip
def test_sums_dates_and_ids_are_no_phone_numbers(text):
    assert without_phones(text) == text
