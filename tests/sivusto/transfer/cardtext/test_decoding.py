"""Bytes of any origin become text, and what was done is told."""

import pytest

from sivusto.transfer.cardtext import decode

TEXT = "Päättymispvm \xa0 Sähköä – työtä, 100 €\n" * 20


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TEXT.encode(), ""),
        (TEXT.encode("utf-8-sig"), ""),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "windows-1252"),
        (TEXT.replace("–", "-").replace("€", "e").encode("cp850"), "DOS"),
        (TEXT.encode("mac_roman"), "Macintosh"),
        (TEXT.encode().decode("cp1252").encode(), "palautettiin"),
        (TEXT.encode().decode("latin-1").encode(), "palautettiin"),
        (TEXT.encode().decode("cp1252").encode().decode("cp1252").encode(), "palautettiin"),
        (TEXT.encode() + "ä".encode("cp1252") + b"\n", "kahta merkist"),
    ],
)
def test_every_encoding_gives_the_same_text(data, told):
    text, messages = decode(data)

    assert text.startswith(TEXT) or text == TEXT.replace("–", "-").replace("€", "e")
    assert (told in " ".join(messages)) if told else not messages


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "tyhjä"),
        (b" \n ", "tyhjä"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "kuva"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"{\\rtf1 teksti}", "RTF"),
        (b"ab\x00\x01\x02cd" * 50, "ei ole tekstiä"),
        (bytes(range(1, 32)) * 20, "ei ole tekstiä"),
    ],
)
def test_what_is_not_text_is_told_and_not_read(data, told):
    text, messages = decode(data)

    assert text == ""
    assert told in messages[0]


def test_a_text_cut_inside_a_letter_is_read_up_to_it():
    text, messages = decode("Päättymisä".encode()[:-1])

    assert text == "Päättymis"
    assert "kesken" in messages[0]


def test_a_lone_capital_with_tilde_is_left_alone():
    assert decode("São Paulo, SÃO".encode()) == ("São Paulo, SÃO", [])
