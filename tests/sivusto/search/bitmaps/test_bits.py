"""Sets of whole numbers as integers, against Python's own sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sivusto.search.bitmaps.bits import bitmap, greatest, members, smallest

KEYS = st.sets(st.integers(0, 20_000), max_size=200) | st.sets(
    st.integers(0, 9_000), min_size=30, max_size=60
)


@given(KEYS)
def test_a_set_comes_back_as_it_was(keys):
    assert list(members(bitmap(keys))) == sorted(keys)


@given(KEYS, KEYS)
def test_operators_are_those_of_sets(one, other):
    assert set(members(bitmap(one) & bitmap(other))) == one & other
    assert (bitmap(one) | bitmap(other)).bit_count() == len(one | other)


@given(KEYS, st.integers(0, 220), st.integers(0, 30))
def test_a_page_is_a_slice_of_the_sorted_set(keys, skip, number):
    assert smallest(bitmap(keys), skip, number) == sorted(keys)[skip : skip + number]
    assert greatest(bitmap(keys), skip, number) == sorted(keys)[::-1][skip : skip + number]


@pytest.mark.parametrize("keys", [[], [0], [5, 5, 5], list(range(5_000)), [0, 9_999] * 20])
def test_the_order_and_number_of_members_do_not_matter(keys):
    assert bitmap(keys[::-1]) == sum(1 << key for key in set(keys))
