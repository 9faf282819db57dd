"""Funding tables add up, and say so where they do not."""

from decimal import Decimal

import pytest

from rahoitus.sums import Share, sum_up


def figures(shares, cost=None):
    sums = sum_up(shares, cost)
    return [(line.amount, line.percent) for line in sums.lines]


def test_percentages_follow_from_amounts():
    assert figures([Share(Decimal(90)), Share(Decimal(30))]) == [
        (Decimal(90), Decimal(75)),
        (Decimal(30), Decimal(25)),
    ]


def test_a_lone_share_is_a_part_of_the_stated_cost():
    assert figures([Share(Decimal(30))], Decimal(120)) == [(Decimal(30), Decimal(25))]


def test_amounts_follow_from_percentages_of_a_known_cost():
    assert figures([Share(percent=Decimal(75)), Share(percent=Decimal(25))], Decimal(152_000)) == [
        (Decimal(114_000), Decimal(75)),
        (Decimal(38_000), Decimal(25)),
    ]


def test_a_total_follows_from_one_share_with_both_figures():
    sums = sum_up([Share(Decimal(75), Decimal(75)), Share(percent=Decimal(25))])
    assert sums.amount == Decimal(100)
    assert sums.lines[1].amount_is_calculated


def test_work_in_kind_beside_stated_percentages_gets_none():
    shares = [
        Share(Decimal(75), Decimal(75)),
        Share(Decimal(25), Decimal(25)),
        Share(Decimal(60), in_kind=True),
    ]
    sums = sum_up(shares)
    assert sums.lines[2].percent is None
    assert (sums.amount, sums.percent) == (Decimal(160), None)


def test_an_unknown_share_leaves_the_table_open():
    sums = sum_up([Share(Decimal(50)), Share()])
    assert not sums.is_whole
    assert sums.segments == ()


def test_money_without_a_payer_is_a_gap_in_the_bar():
    sums = sum_up([Share(Decimal(60)), Share(Decimal(20))], Decimal(100))
    assert sums.gap == Decimal(20)
    assert sum(segment.width for segment in sums.segments) == Decimal(80)


@pytest.mark.parametrize("shares", [[], [Share()], [Share(Decimal(0)), Share(Decimal(0))]])
def test_nothing_known_draws_nothing(shares):
    assert sum_up(shares).segments == ()


def test_thirds_are_a_hundred_percent():
    thirds = [Share(Decimal("33.33"), Decimal("33.33"))] * 3
    assert sum_up(thirds).percent == Decimal(100)


def test_the_bar_is_filled_from_end_to_end():
    segments = sum_up([Share(Decimal(1)), Share(Decimal(1)), Share(Decimal(1))]).segments
    assert abs(segments[-1].start + segments[-1].width - 100) < Decimal("0.1")
