"""Orders are compared with as few moves as there can be."""

from itertools import permutations

import pytest

from sivusto.monitoring.intake.order import arranged, moved


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abcd", "abcd", ""),
        ("abcd", "dabc", "d"),
        ("abcd", "bcda", "a"),
        ("abcd", "axbd", ""),
        ("abcd", "", ""),
        ("", "abcd", ""),
    ],
)
def test_only_what_must_move_has_moved(before, after, expected):
    assert moved(before, after) == set(expected)


def test_no_fewer_moves_would_do():
    for after in permutations("abcde"):
        stays = [key for key in after if key not in moved("abcde", after)]
        rising = [
            chosen
            for number in range(32)
            if (chosen := [key for place, key in enumerate(after) if number >> place & 1])
            == sorted(chosen)
        ]
        assert stays == sorted(stays)
        assert len(stays) == max(map(len, rising))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abcde", "db", "adebc"),
        ("abc", "cba", "cba"),
        ("abc", "axc", "abxc"),
        ("ab", "xy", "abxy"),
    ],
)
def test_what_is_left_out_stays_behind_what_it_followed(before, after, expected):
    assert "".join(arranged(before, after)) == expected
