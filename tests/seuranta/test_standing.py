"""Late, silent and the rest are told apart, and changes are told once."""

import pytest

from seuranta.report import MeasureReport, Month, Report, WorkPackageReport
from seuranta.standing import Change, Kind, Standing, changes, figures, pairs, standing

END = Month(2025, 6)
PAST, NOW, LATER = (Month(2025, 3),), (Month(2025, 6),), (Month(2025, 9),)


def report(*measures, package="Tavoite 1"):
    return Report((WorkPackageReport(package, measures),))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"state": "done", "months": PAST}, Standing.DONE),
        ({"state": "discontinued", "months": PAST}, Standing.DISCONTINUED),
        ({"state": "late", "months": LATER}, Standing.LATE),
        ({"state": "running", "months": PAST}, Standing.LATE),
        ({"state": "not_started", "months": PAST}, Standing.LATE),
        ({"status": "Etenee.", "months": PAST}, Standing.LATE),
        ({"state": "running", "months": NOW}, Standing.RUNNING),
        ({"status": "Etenee."}, Standing.RUNNING),
        ({"state": "not_started", "months": LATER}, Standing.PLANNED),
        ({"months": LATER}, Standing.PLANNED),
        ({"months": PAST}, Standing.SILENT),
        ({"months": NOW}, Standing.SILENT),
        ({}, Standing.SILENT),
    ],
)
def test_how_a_measure_stands(values, expected):
    assert standing(MeasureReport("Auto", **values), END) is expected


def test_figures_count_every_measure_once():
    told = figures(
        report(
            MeasureReport("a", state="done", months=PAST),
            MeasureReport("b", months=(*PAST, *LATER)),
            MeasureReport("c", state="done"),
        ),
        END,
    )
    assert told == {
        "measures": 3,
        "standings": {"done": 2, "silent": 1},
        "first_month": "2025-03",
        "last_month": "2025-09",
    }
    assert figures(Report(), END)["first_month"] is None


def test_changes_are_told_by_kind():
    before = report(
        MeasureReport("Auto", state="running", status="On."),
        MeasureReport("Reitti", months=PAST),
        MeasureReport("Vanha"),
        MeasureReport("Hiljenee", status="On."),
        MeasureReport("Sama", state="running"),
    )
    after = report(
        MeasureReport("AUTO", state="done", status="On."),
        MeasureReport("Reitti", months=NOW, status="Ajettu."),
        MeasureReport("Uusi"),
        MeasureReport("Hiljenee"),
        MeasureReport("Sama", state="running"),
    )
    assert changes(before, after) == [
        Change(Kind.DONE, "AUTO"),
        Change(Kind.ADDED, "Uusi"),
        Change(Kind.REMOVED, "Vanha"),
        Change(Kind.MOVED, "Reitti", PAST, NOW),
        Change(Kind.SILENT, "Hiljenee"),
        Change(Kind.HEARD, "Reitti"),
    ]
    assert changes(before, before) == []


def test_measures_of_one_title_are_paired_in_their_order():
    first, second = MeasureReport("Auto", status="1"), MeasureReport("Auto", status="2")
    assert list(pairs(report(first, second), report(second, first, first))) == [first, second, None]
    assert list(pairs(None, report(first))) == [None]
