"""The passage that answers best, with the found words marked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sivusto.search.analysis.passages import WINDOW, Finder, Read
from sivusto.search.analysis.query import parse
from sivusto.search.analysis.tokens import normal

LONG = (
    "Aluksi kerrotaan taustasta. " * 20
    + "Kirjastoon tulee uusi palvelu ikäihmisille."
    + (" Lopuksi kerrotaan muusta." * 20)
)


def finder(typed, finnish):
    return Finder(parse(typed, finnish).wanted, finnish)


def found(pieces):
    return [piece.text for piece in pieces if piece.is_found]


@pytest.mark.parametrize(
    ("typed", "text", "words"),
    [
        ("palvelu", "Uusia hyvinvointipalveluita kunnille", ["hyvinvointipalveluita"]),
        ("ikäihminen kunta", "Tukea ikäihmisille kunnissa", ["ikäihmisille", "kunnissa"]),
        ("sosiaalipalvelu", "Sosiaali- ja terveyspalvelut", ["Sosiaali-"]),
        ("kirjas*", "Kirjastot auki", ["Kirjastot"]),
        ('"avoin data"', "Avointa dataa", ["Avointa", "dataa"]),
        ("xyzzy", "Ei mitään", []),
    ],
)
def test_the_words_that_answer_are_marked(finnish, typed, text, words):
    pieces = finder(typed, finnish).marked(Read.of(text, "fi"))
    assert found(pieces) == words
    assert "".join(piece.text for piece in pieces) == text


def test_the_passage_is_cut_where_most_is_found(finnish):
    passage = finder("palvelu ikäihminen", finnish).densest(Read.of(LONG, "fi"))
    assert found(passage.pieces) == ["palvelu", "ikäihmisille"]
    assert passage.found == 2
    text = "".join(piece.text for piece in passage.pieces)
    assert text.startswith("… Kirjastoon")
    assert text.endswith(" …")
    assert len(text.split()) <= WINDOW + 2


def test_a_text_without_the_words_has_no_passage(finnish):
    assert finder("robotti", finnish).densest(Read.of(LONG, "fi")) is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_no_text_loses_a_letter_when_it_is_marked(finnish, text):
    pieces = finder("palvelu a", finnish).marked(Read.of(normal(text), "fi"))
    assert "".join(piece.text for piece in pieces) == normal(text)
