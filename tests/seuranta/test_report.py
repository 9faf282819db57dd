"""Reports as plain values."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seuranta.report import (
    MeasureReport,
    Month,
    Report,
    WorkPackageReport,
    month_ranges,
    months_between,
)

MONTHS = st.builds(Month, st.integers(1990, 2060), st.integers(1, 12))


@given(st.sets(MONTHS))
def test_ranges_hold_the_very_months_that_they_were_made_of(months):
    ranges = month_ranges(months)
    assert sorted(months) == [
        month for first, last in ranges for month in months_between(first, last)
    ]
    for (_, last), (first, _) in pairwise(ranges):
        assert first.ordinal > last.ordinal + 1


@given(MONTHS)
def test_a_month_is_read_as_it_is_written(month):
    assert Month.from_iso(month.iso()) == month
    assert Month.at(month.ordinal) == month


@pytest.mark.parametrize("text", ["2020-13", "2020-00", "2020", "marraskuu"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - int() has its own words
        Month.from_iso(text)


def test_a_report_is_read_as_it_is_kept():
    measure = MeasureReport(
        "Auto", "• iso", "Kirjasto", (Month(2020, 11),), "done", "On.", "Ajetaan."
    )
    report = Report((WorkPackageReport("Tavoite 1", (measure,)), WorkPackageReport("Tavoite 2")))
    assert Report.from_data(report.as_data()) == report
    assert report.months() == [Month(2020, 11)]
    assert Report().months() == []
