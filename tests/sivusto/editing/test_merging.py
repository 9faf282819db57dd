"""A merge keeps what both have changed, whatever they have changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sivusto.editing.merging import clashes, digest, merged


def row(pk, **values):
    return {"id": pk, "text": "a", "position": 1} | values


CASES = {
    "mine": ({"name": "a"}, {"name": "b"}, {"name": "a"}, {"name": "b"}),
    "theirs": ({"name": "a"}, {"name": "a"}, {"name": "c"}, {"name": "c"}),
    "both": ({"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "b"}),
    "keys": ({"k": [1, 2]}, {"k": [1, 3]}, {"k": [2, 4]}, {"k": [3, 4]}),
    "fields of one row": (
        {"r": [row(1)]},
        {"r": [row(1, text="b")]},
        {"r": [row(1, position=2)]},
        {"r": [row(1, text="b", position=2)]},
    ),
    "new rows": ({"r": []}, {"r": [row(2)]}, {"r": [row(3, text="c")]}, None),
    "I removed what they left": (
        {"r": [row(1)]},
        {"r": []},
        {"r": [row(1), row(2, text="b")]},
        {"r": [row(2, text="b")]},
    ),
    "I removed what they changed": (
        {"r": [row(1)]},
        {"r": []},
        {"r": [row(1, text="c")]},
        {"r": [row(1, text="c")]},
    ),
    "they removed what I changed": (
        {"r": [row(1)]},
        {"r": [row(1, text="b")]},
        {"r": []},
        {"r": [row(1, text="b")]},
    ),
    "the same row twice": ({"r": []}, {"r": [row(2)]}, {"r": [row(3)]}, {"r": [row(2)]}),
    "tied fields": (
        {"r": [{"id": 1, "funder": 1, "programme": 1}]},
        {"r": [{"id": 1, "funder": 2, "programme": 1}]},
        {"r": [{"id": 1, "funder": 1, "programme": 3}]},
        {"r": [{"id": 1, "funder": 2, "programme": 1}]},
    ),
}


@pytest.mark.parametrize(("base", "mine", "theirs", "wanted"), CASES.values(), ids=CASES)
def test_what_is_left_of_two_changes(base, mine, theirs, wanted):
    wanted = {"r": [row(2), row(3, text="c")]} if wanted is None else wanted
    assert merged(base, mine, theirs) == wanted


def test_one_implementer_named_by_both_is_named_once():
    mine = {"implementer_set": [{"id": 2, "organisation": 7, "position": 1}]}
    theirs = {"implementer_set": [{"id": 3, "organisation": 7, "position": 5}]}
    assert merged({"implementer_set": []}, mine, theirs) == mine


def test_only_what_both_changed_otherwise_clashes():
    base = {"name": "a", "phase": "x", "r": [row(1)], "s": [row(2)]}
    mine = {"name": "b", "phase": "y", "r": [row(1, text="b")], "s": [row(2, text="b")]}
    theirs = {"name": "c", "phase": "y", "r": [row(1, text="c")], "s": [row(2)]}
    assert clashes(base, mine, theirs) == ["name", "r"]


KEYS = st.dictionaries(st.integers(1, 5), st.sampled_from("abc"))
ROWS = KEYS.map(lambda texts: [row(pk, text=f"{pk}{text}") for pk, text in texts.items()])
VALUES = st.fixed_dictionaries({"name": st.sampled_from("abc"), "r": ROWS})


def ordered(values):
    return values | {"r": sorted(values["r"], key=lambda each: each["id"])}


@given(VALUES, VALUES)
def test_who_alone_has_changed_something_gets_it(base, changed):
    assert ordered(merged(base, changed, base)) == ordered(changed)
    assert ordered(merged(base, base, changed)) == ordered(changed)


@given(VALUES, VALUES, VALUES)
def test_no_change_of_theirs_is_lost_but_where_mine_stands(base, mine, theirs):
    result = {each["id"]: each for each in merged(base, mine, theirs)["r"]}
    old = {each["id"]: each for each in base["r"]}
    for each in theirs["r"]:
        if old.get(each["id"]) != each:
            assert each["id"] in result


def test_a_digest_tells_contents_apart():
    assert digest({"a": 1}) != digest({"a": 2})
