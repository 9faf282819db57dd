"""How waits grow, in plain numbers."""

import pytest

from sivusto.signing.brakes import BRAKES, Brake

BRAKE = Brake(free=3, first_s=60, longest_s=200, forgotten_s=1000)


@pytest.mark.parametrize(
    ("failures", "since", "expected"),
    [
        (0, 0, 0),
        (2, 0, 0),
        (3, 0, 60),
        (3, 59.5, 1),
        (3, 60, 0),
        (4, 0, 120),
        (5, 0, 200),
        (10_000, 0, 200),
        (10_000, 1000, 0),
    ],
)
def test_each_failure_over_the_free_ones_doubles_the_wait(failures, since, expected):
    assert BRAKE.wait_s(failures, since) == expected


def test_failures_are_forgotten_after_a_quiet_time():
    assert BRAKE.counted(7, 999) == 7
    assert BRAKE.counted(7, 1000) == 0


@pytest.mark.parametrize("name", BRAKES)
def test_no_brake_lets_more_than_ten_tries_through_at_once_or_forgets_while_it_holds(name):
    brake = BRAKES[name]
    assert brake.free <= 10
    assert brake.longest_s < brake.forgotten_s


def test_a_name_is_never_held_for_over_a_quarter_of_an_hour_by_others():
    assert BRAKES["name"].wait_s(1000, 0) == 15 * 60
