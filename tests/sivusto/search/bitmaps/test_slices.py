"""Bit slices against plain sums and sorting."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sivusto.search.bitmaps.bits import bitmap, members
from sivusto.search.bitmaps.slices import Numbers

NUMBERS = st.dictionaries(
    st.integers(0, 2_000), st.integers(0, 5) | st.integers(0, 2**45), max_size=60
)
KEYS = st.sets(st.integers(0, 2_000), max_size=60)


def _sorted(numbers, keys, *, is_falling):
    known = sorted(((numbers[k], k) for k in keys if k in numbers), reverse=is_falling)
    return [k for _n, k in known] + sorted(keys - numbers.keys(), reverse=is_falling)


@given(NUMBERS, KEYS)
def test_the_total_is_the_sum(numbers, keys):
    total = Numbers.of(numbers).total(bitmap(keys))
    assert total == sum(number for key, number in numbers.items() if key in keys)


@given(NUMBERS, KEYS, st.booleans(), st.integers(0, 70), st.integers(0, 25))
def test_a_page_is_a_slice_of_the_sorted_list(numbers, keys, is_falling, skip, number):
    page = Numbers.of(numbers).page(bitmap(keys), skip, number, is_falling=is_falling)
    assert page == _sorted(numbers, keys, is_falling=is_falling)[skip : skip + number]


# Hundreds of numbers take long to draw on a busy machine.
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 40), min_size=600, max_size=900), st.booleans(), st.data())
def test_many_equals_are_parted_digit_by_digit(values, is_falling, data):
    numbers = {key: value for key, value in enumerate(values) if value}
    keys = set(range(len(values)))
    skip = data.draw(st.integers(0, len(values)))
    page = Numbers.of(numbers).page(bitmap(keys), skip, 20, is_falling=is_falling)
    assert page == _sorted(numbers, keys, is_falling=is_falling)[skip : skip + 20]


@given(NUMBERS, NUMBERS, KEYS, st.booleans())
def test_changed_numbers_are_as_if_they_had_always_been_so(old, new, gone, is_falling):
    patched = Numbers.of(old).replaced(bitmap(new.keys() | gone), new)
    wanted = {key: number for key, number in old.items() if key not in gone} | new
    assert set(members(patched.known)) == wanted.keys()
    everyone = set(range(2_001))
    assert patched.total(bitmap(everyone)) == sum(wanted.values())
    assert (
        patched.page(bitmap(everyone), 0, 99, is_falling=is_falling)
        == (_sorted(wanted, everyone, is_falling=is_falling)[:99])
    )
