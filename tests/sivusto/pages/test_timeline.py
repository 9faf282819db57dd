"""The time line places dates where they belong."""

from datetime import date

import pytest

from sivusto.pages.timeline import Span, draw

TODAY = date(2024, 7, 1)


def test_nothing_draws_nothing():
    assert draw([], TODAY) is None


def test_a_year_fills_a_line_of_one_year():
    line = draw([Span("a", date(2024, 1, 1), date(2024, 12, 31))], TODAY)
    assert line.bars[0].x == 0
    assert 99 < line.bars[0].width <= 100
    assert 49 < line.today < 51


def test_an_open_end_runs_to_the_end_of_the_line():
    line = draw([Span("a", date(2023, 1, 1), None)], TODAY)
    assert line.bars[0].is_open
    assert line.bars[0].x + line.bars[0].width == 100


def test_one_day_can_still_be_seen():
    line = draw([Span("a", date(1990, 5, 1), date(1990, 5, 1)), Span("b", TODAY, TODAY)], TODAY)
    assert line.bars[0].width >= 0.5


def test_a_century_has_no_more_marks_than_fit():
    line = draw([Span("a", date(1920, 1, 1), date(2030, 1, 1))], TODAY)
    assert len(line.ticks) <= 12


@pytest.mark.parametrize("start", [date.min, date(2020, 1, 1), date(9999, 1, 1), date.max])
def test_a_line_reaches_the_last_day_of_the_calendar(start):
    line = draw([Span("a", start, date.max), Span("b", start, None)], TODAY)
    assert line.bars[0].x + line.bars[0].width <= 101
    assert 1 <= len(line.ticks) <= 12


def test_today_is_left_out_of_a_line_that_ended():
    assert draw([Span("a", date(2010, 1, 1), date(2011, 1, 1))], TODAY).today is None
