"""What two projects share is weighed by how rare it is."""

from datetime import date

import pytest

from sivusto.search.similar.resemblance import (
    FUNDER,
    MOST_HITS,
    MOST_WORDS,
    PORTFOLIO,
    Other,
    Profile,
    Worths,
    affordable,
    compare,
    each_once,
    is_common,
    most_alike,
    overlap,
    rarity,
    telling,
    worth,
)

EAKR, SALKKU = (FUNDER, 1), (PORTFOLIO, 1)
WORTH = {"tekoäly": 6.0, "lastensuojelu": 5.0, "suojelu": 3.0}
THINGS = {EAKR: 2.0, SALKKU: 1.5}
WORTHS = Worths(WORTH, THINGS)


@pytest.mark.parametrize(
    "term", ["hanke", "kehittää", "ja", "2024", "h1001", "fi_popster", "6aika", "yö"]
)
def test_what_says_nothing_of_a_project_is_not_compared(term):
    assert telling({term: 9.0, "tekoäly": 1.0}) == {"tekoäly": 1.0}


def test_what_is_told_otherwise_is_left_out_and_the_weightiest_kept():
    weights = {f"sana{chr(97 + n // 26)}{chr(97 + n % 26)}": float(n) for n in range(90)}
    found = telling(weights, besides=["sanadl"])
    assert len(found) == MOST_WORDS
    assert next(iter(found)) == "sanadk"


def test_the_rarer_the_more_it_tells():
    assert rarity(2, 100_000) > rarity(50, 100_000) > rarity(90_000, 100_000) >= 0
    assert not is_common(5, 10)
    assert is_common(6, 10)
    assert is_common(5_001, 100_000)


def test_a_word_that_is_everywhere_or_nowhere_is_worth_nothing():
    found = worth({"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 2, "b": 99, "c": 0}, 100)
    assert set(found) == {"a"}


def test_words_bring_a_bounded_number_of_projects():
    frequencies = {"harvinainen": 10, "tavallinen": MOST_HITS, "melko": 100}
    worths = {"harvinainen": 9.0, "tavallinen": 8.0, "melko": 7.0}
    assert affordable(worths, frequencies) == ["harvinainen", "melko"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["suojelu", "lastensuojelu"], ["lastensuojelu"]),
        (["mäntysalo", "mäntysalko"], ["mäntysalo"]),
        (["tekoäly", "suojelu"], ["tekoäly", "suojelu"]),
        ([], []),
    ],
)
def test_a_thing_is_said_once(words, shown):
    assert each_once(words, dict.fromkeys(words, 1.0) | WORTH) == shown


@pytest.mark.parametrize(
    ("start", "end", "is_at_one_time"),
    [
        (2024, 2025, True),
        (2024, None, True),
        (2020, 2023, False),
        (2027, None, False),
        (None, 2025, False),
    ],
)
def test_periods_meet_or_do_not(start, end, is_at_one_time):
    one = Profile(start=date(2024, 3, 1), end=date(2026, 12, 31))
    other = Other(
        1,
        frozenset(),
        start=start and date(start, 1, 1),
        end=end and date(end, 12, 31),
    )
    assert overlap(one, other) is is_at_one_time


def test_what_is_shared_is_told_the_rarest_first():
    one = Profile({"tekoäly": 1, "lastensuojelu": 1}, frozenset({EAKR, SALKKU}))
    words = frozenset({"lastensuojelu", "tekoäly", "muuta"})
    found = compare(one, Other(7, words, things=frozenset({EAKR, SALKKU})), WORTHS)
    assert found.words == ("tekoäly", "lastensuojelu")
    assert found.things == (EAKR, SALKKU)
    assert found.bits == 14.5


@pytest.mark.parametrize(
    ("words", "things"),
    [((), ()), ((), (EAKR,)), (("heikko",), ())],
    ids=["nothing", "one thing", "a weak word"],
)
def test_too_little_makes_no_two_projects_alike(words, things):
    one = Profile({"heikko": 1}, frozenset({EAKR, SALKKU}), start=date(2024, 1, 1))
    other = Other(7, frozenset(words), things=frozenset(things), start=date(2024, 1, 1))
    assert compare(one, other, Worths({"heikko": 1.9}, THINGS)) is None


def test_two_kinds_of_things_are_enough_without_a_word():
    one = Profile({}, frozenset({EAKR, SALKKU}))
    assert compare(one, Other(7, frozenset(), things=frozenset({EAKR, SALKKU})), Worths({}, THINGS))


def test_a_thing_that_nearly_all_have_is_no_reason():
    one = Profile({"tekoäly": 1}, frozenset({EAKR}))
    other = Other(7, frozenset({"tekoäly"}), things=frozenset({EAKR}))
    found = compare(one, other, Worths(WORTH, {EAKR: 0.1}))
    assert found.things == ()


def test_a_word_in_the_name_counts_more_and_the_newest_of_equals_comes_first():
    one = Profile({"tekoäly": 1})
    word = frozenset({"tekoäly"})
    others = [Other(1, word), Other(3, word), Other(2, word, name=word)]
    assert [r.key for r in most_alike(one, others, Worths(WORTH), 2)] == [2, 3]
