"""Our reader of the lexicon gives what pyvoikko's own gives, from less memory."""

import pytest
import pyvoikko
from hypothesis import given, settings
from hypothesis import strategies as st

from sivusto.search.analysis.readings import LONGEST_WORD, Lexicon
from sivusto.search.analysis.transducer import Transducer

WORDS = [
    "kadun",
    "katu",
    "joella",
    "päiväkodissa",
    "tietojärjestelmäkokonaisuuksien",
    "hyvinvointipalveluita",
    "ikäihmisille",
    "maakunnissa",
    "kuusi",
    "voi",
    "alusta",
    "tullaan",
    "juostaisiin",
    "suurimmillaan",
    "talossammekin",
    "kehittämishankkeista",
    "sosiaali",
    "terveydenhuollon",
    "xyzzy",
    "ääkköset",
    "oulussa",
    "6aika",
    "eu-rahoitus",
    "ett",
    "2024",
    "h",
]


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory):
    return Lexicon(tmp_path_factory.mktemp("lexicon"))


@pytest.mark.filterwarnings("ignore")
def test_our_reader_agrees_with_pyvoikko(lexicon):
    ours = {word: sorted(lexicon._transducer.lookup(word)) for word in WORDS}
    theirs = {word: sorted(a.FSTOUTPUT for a in pyvoikko.analyse(word)) for word in WORDS}
    assert {word: set(found) for word, found in ours.items()} == {
        word: set(found) for word, found in theirs.items()
    }


@pytest.mark.parametrize(
    ("word", "base", "parts"),
    [
        ("kadun", "katu", ["katu"]),
        ("tietojärjestelmien", "tietojärjestelmä", ["tieto", "järjestelmä"]),
        ("päiväkodissa", "päiväkoti", ["päivä", "koti"]),
        ("maakunnissa", "maakunta", ["maakunta"]),
        ("lastensuojelusta", "lastensuojelu", ["lapsi", "suojelu"]),
    ],
)
def test_a_word_has_its_base_form_and_parts(lexicon, word, base, parts):
    readings = lexicon.readings(word)
    assert base in {reading.base for reading in readings}
    assert parts in [[part.base for part in reading.parts] for reading in readings]


def test_a_compound_gives_its_inner_runs(lexicon):
    reading = lexicon.readings("tietojärjestelmäkokonaisuus")[0]
    runs = {"tieto", "tietojärjestelmä", "järjestelmä", "järjestelmäkokonaisuus", "kokonaisuus"}
    assert set(reading.runs()) == runs


def test_the_unpacked_copy_is_used_and_a_broken_one_is_not(tmp_path, lexicon):
    first = Lexicon(tmp_path)
    copy = next(tmp_path.glob("*.bin"))
    copy.write_bytes(copy.read_bytes()[:1000])
    second = Lexicon(tmp_path)
    assert first.readings("kadun") == second.readings("kadun") == lexicon.readings("kadun")


def test_a_folder_that_cannot_be_written_to_is_no_harm(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert Lexicon(blocked).readings("kadun")


def test_another_format_is_refused(tmp_path):
    other = tmp_path / "other.kfst"
    other.write_bytes(b"ABCD" + bytes(40))
    with pytest.raises(ValueError, match="not the transducer format"):
        Transducer(other)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=LONGEST_WORD + 5))
def test_no_word_breaks_the_reader(lexicon, word):
    assert all(reading.base for reading in lexicon.readings(word))


@pytest.mark.parametrize("letters", ["a", "aa", "talo", "ei", "-", "hyvinvointi", "kuusi"])
def test_no_long_word_takes_long(lexicon, letters):
    word = (letters * 5000)[:LONGEST_WORD]
    assert isinstance(lexicon.readings(word), list)
    assert lexicon.readings(letters * 5000) == [] or len(letters * 5000) <= LONGEST_WORD
