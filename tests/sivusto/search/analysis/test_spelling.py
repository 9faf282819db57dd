"""The likeliest word comes first."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sivusto.search.analysis.spelling import FOLD, best, dictionary_keys, distance, query_keys

DICTIONARY = dict.fromkeys(
    [
        "hyvinvointi",
        "palvelu",
        "kuntoutus",
        "koulutus",
        "koulu",
        "mielenterveys",
        "maahanmuuttaja",
        "kirjasto",
        "tietojärjestelmä",
        "hiilijalanjälki",
        "kotoutuminen",
        "varhaiskasvatus",
        "digitalisaatio",
    ],
    3,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hyvinvonti", "hyvinvointi"),
        ("palvleu", "palvelu"),
        ("plavelu", "palvelu"),
        ("tietojarjestelma", "tietojärjestelmä"),
        ("hiilijalanjalki", "hiilijalanjälki"),
        ("mielenterveyys", "mielenterveys"),
        ("maahanmuutaja", "maahanmuuttaja"),
        ("koulutuss", "koulutus"),
        ("kirjsto", "kirjasto"),
        ("kirjatso", "kirjasto"),
        ("varhaiskasvtaus", "varhaiskasvatus"),
        ("digitalsatio", "digitalisaatio"),
    ],
)
def test_a_slip_is_put_right(typed, meant):
    assert best(typed, DICTIONARY)[0] == meant
    assert query_keys(typed) & dictionary_keys(meant)


@pytest.mark.parametrize("typed", ["xyzzyx", "etäpalvelu", "kala", "hyvinvointialue"])
def test_a_word_that_is_far_from_all_stays_as_it_is(typed):
    assert best(typed, DICTIONARY) == []


@pytest.mark.parametrize(
    ("first", "second", "far"),
    [
        ("katu", "katu", 0),
        ("katu", "kätu", 0.2),
        ("tuli", "tuuli", 0.6),
        ("tuuli", "tuli", 0.6),
        ("katu", "akt", 9.0),
        ("katu", "kaut", 0.8),
        ("katu", "kasu", 1),
        ("", "", 0),
    ],
)
def test_common_slips_are_near(first, second, far):
    assert distance(first, second, 1.2) == pytest.approx(far)


words = st.text(alphabet="aäokst", max_size=9)


@given(words, words)
def test_the_distance_is_the_same_both_ways(first, second):
    assert distance(first, second, 9) == pytest.approx(distance(second, first, 9))


@given(words, st.integers(0, 8), st.sampled_from("aäokst"))
def test_one_wrong_letter_still_shares_a_key(word, place, letter):
    wrong = word[:place] + letter + word[place + 1 :]
    assume(not re.search(r"(.)\1{2}", wrong.translate(FOLD)))  # words have no three of a letter
    assert dictionary_keys(word) & query_keys(wrong)
