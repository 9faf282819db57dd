"""What the dates say, apart from what staff declare."""

from datetime import date

import pytest

from hankkeet.models import Phase
from sivusto.card.calendar import AGREEING, Calendar, agrees, calendar
from sivusto.card.calendar_words import in_words
from tests.clock import clock_at

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("start", "end", "state", "words"),
    [
        (None, None, Calendar.UNKNOWN, ""),
        ("2026-11-27", None, Calendar.AHEAD, "alkaa 27.11.2026"),
        ("2027-01-01", "2028-12-31", Calendar.AHEAD, "alkaa 1.1.2027"),
        ("2026-11-26", None, Calendar.RUNNING, "käynnissä"),
        ("2024-01-01", "2026-11-26", Calendar.RUNNING, "käynnissä 26.11.2026 asti"),
        (None, "2027-01-01", Calendar.RUNNING, "käynnissä 1.1.2027 asti"),
        ("2024-01-01", "2026-11-25", Calendar.OVER, "päättynyt 25.11.2026"),
        (None, "2020-06-30", Calendar.OVER, "päättynyt 30.6.2020"),
    ],
)
def test_the_dates_tell_where_the_day_stands(start, end, state, words):
    days = [day and date.fromisoformat(day) for day in (start, end)]
    assert calendar(*days, TODAY) is state
    with clock_at("2026-11-26T10:00"):
        assert in_words(*days) == words


def test_every_phase_agrees_with_some_dates_and_running_not_with_an_end_that_has_passed():
    assert set.union(*AGREEING.values()) == set(Phase.values)
    past = date(2020, 1, 1)
    assert not agrees("running", past, past, TODAY)
    assert agrees("ended", past, past, TODAY)
    assert not agrees("planned", past, None, TODAY)
