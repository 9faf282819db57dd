"""The map of silence: portfolio by month, how many cards were heard of and how."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Look, Phase, Project, Publication, Version
from sivusto.desk.silence_map import Cell, months_back, shifted, silence, together
from tests.builders import a_portfolio, a_project

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Helsinki")
SPRING = date(2026, 3, 1), date(2026, 5, 1)


def a_card(name="A", published="2026-01-10T12:00", portfolio=None, **values):
    project = a_project(name, **values)
    project.portfolios.add(portfolio or a_portfolio())
    moment = datetime.fromisoformat(published).replace(tzinfo=HERE)
    Project.objects.filter(pk=project.pk).update(published_at=moment)
    return project


def reported(project, moment, changes=()):
    number = project.versions.count() + 1
    at = datetime.fromisoformat(moment).replace(tzinfo=HERE)
    facts = {"number": number, "base": number, "schema": 1}
    Version.objects.create(project=project, published_at=at, changes=dict(changes), **facts)


def looked(project, moment):
    at = datetime.fromisoformat(moment).replace(tzinfo=HERE)
    Look.objects.create(project=project, kind="confirmed", at=at)


def counts(rows):
    """Of each portfolio: expected, reported, confirmed and silent in each month."""
    return {
        row.name: [(c.expected, c.reported, c.confirmed, c.silent) for c in row.cells]
        for row in rows
    }


def test_a_card_is_reported_confirmed_or_silent_in_each_month():
    project = a_card()
    reported(project, "2026-03-31T23:59")
    looked(project, "2026-03-02T12:00")
    looked(project, "2026-04-01T00:00")
    expected = [(1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1)]
    assert counts(silence(*SPRING)) == {a_portfolio().name: expected}


def test_a_card_is_expected_only_in_its_own_time():
    a_card("Alkaa", actual_start_date=date(2026, 4, 30))
    a_card("Julkaistu", published="2026-05-02T12:00")
    a_card("Päättyi", planned_end_date=date(2026, 3, 1), phase=Phase.ENDED)
    a_card("Ohi, muka käynnissä", planned_end_date=date(2025, 1, 1))
    a_card("Luonnos", publication=Publication.DRAFT)
    a_card("Keskeytetty", planned_end_date=None, phase=Phase.DISCONTINUED)
    assert [cell.expected for cell in silence(*SPRING)[0].cells] == [2, 2, 3]


def test_taking_a_card_out_of_sight_is_no_report():
    project = a_card()
    reported(project, "2026-02-01T12:00")
    Version.objects.create(
        project=project,
        number=2,
        base=1,
        schema=1,
        changes=None,
        published_at=datetime(2026, 3, 5, tzinfo=HERE),
    )
    assert silence(*SPRING)[0].cells[0].reported == 0


def test_a_card_of_two_portfolios_counts_in_both_and_others_are_left_out():
    project = a_card()
    project.portfolios.add(a_portfolio("Toinen"))
    a_portfolio("Tyhjä")
    rows = silence(*SPRING)
    assert {row.name for row in rows} == {a_portfolio().name, "Toinen"}
    assert [cell.expected for cell in together(rows, "Kaikki").cells] == [2, 2, 2]


def test_the_map_takes_two_queries_however_many_cards_there_are():
    for number in range(5):
        reported(a_card(f"{number}", portfolio=a_portfolio(f"S{number}")), "2026-03-01T12:00")
    with CaptureQueriesContext(connection) as captured:
        assert len(silence(date(2022, 6, 1), date(2026, 5, 1))) == 5
    assert len(captured) == 2


@pytest.mark.parametrize(
    ("expected", "silent", "level"),
    [(0, 0, 0), (8, 0, 0), (8, 1, 1), (8, 4, 2), (8, 6, 3), (8, 7, 3), (8, 8, 4)],
)
def test_only_a_month_of_nothing_at_all_is_the_darkest(expected, silent, level):
    assert Cell(date(2026, 1, 1), expected, expected - silent, 0).level == level


def test_months_are_counted_over_the_turn_of_the_year():
    assert months_back(date(2026, 11, 26)) == (date(2025, 12, 1), date(2026, 11, 1))
    assert shifted(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert shifted(date(2026, 12, 1), 1) == date(2027, 1, 1)
