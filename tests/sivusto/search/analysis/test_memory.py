"""The words that were met in texts, and what a query finds among them."""

import pytest

from sivusto.search.analysis import analyser as analysis
from sivusto.search.analysis.memory import Memory
from sivusto.search.analysis.passages import Finder, Read
from sivusto.search.analysis.query import parse


def found(finder, text, language="fi"):
    return [piece.text for piece in finder.marked(Read.of(text, language)) if piece.is_found]


def test_a_word_is_found_by_each_of_its_terms(finnish):
    memory = Memory("fi")
    finnish.met("hyvinvointipalveluita", memory)
    assert memory.having("palvelu") == ["hyvinvointipalveluita"]
    assert memory.having("hyvinvointipalvelu") == ["hyvinvointipalveluita"]
    assert list(memory.having("robotti")) == []
    assert memory.new_of(["hyvinvointipalveluita", "robotti"]) == {"robotti"}


def test_a_word_met_after_the_query_was_begun_is_found(finnish):
    finder = Finder(parse("kirjasto", finnish).wanted, finnish)
    assert found(finder, "Kirjasto on auki") == ["Kirjasto"]
    finnish.text("Kirjastoissammekin luetaan")  # somebody else reads in the same process
    assert found(finder, "Kirjastoissammekin luetaan") == ["Kirjastoissammekin"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("Barnbiblioteket är öppet", ["Barnbiblioteket"]), ("Öppna bibliotek", [])],
)
def test_swedish_compounds_are_found_by_their_beginning(finnish, text, words):
    finder = Finder(parse("barnbibliotek", finnish).wanted, finnish)
    assert found(finder, text, "sv") == words
    finder = Finder(parse("bibliotekskort", finnish).wanted, finnish)
    assert found(finder, "Bibliotekskortets pris", "sv") == ["Bibliotekskortets"]


def test_stems_of_one_language_are_not_met_in_another(finnish):
    finder = Finder(parse("barnen", finnish).wanted, finnish)
    assert found(finder, "Barnbiblioteket öppnas", "sv") == ["Barnbiblioteket"]
    assert found(finder, "Barnbiblioteket öppnas", "fi") == []


def test_a_full_memory_gives_way_to_a_new_one_and_loses_no_hit(finnish, monkeypatch):
    monkeypatch.setattr(analysis, "MOST_TOKENS", 3)
    finnish._memories.clear()
    first = finnish.memory("fi")
    finder = Finder(parse("kirjasto palvelu", finnish).wanted, finnish)
    text = "Kirjastoon tulee uusi palvelu ikäihmisille"
    assert found(finder, text) == ["Kirjastoon", "palvelu"]
    assert finnish.memory("fi") is not first
    assert found(finder, text) == ["Kirjastoon", "palvelu"]
    assert found(Finder(parse("tulla", finnish).wanted, finnish), text) == ["tulee"]
