"""A card falls silent when nobody has looked at it for as long as its portfolios allow."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from hankkeet.models import Look, Phase, Project, Publication
from hankkeet.models.silence import silent
from tests.builders import a_portfolio, a_project

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Helsinki")


def heard(project, day):
    moment = datetime.fromisoformat(day).replace(hour=12, tzinfo=HERE)
    Look.objects.create(project=project, kind="saved", at=moment)


def came(project, day):
    moment = datetime.fromisoformat(day).replace(hour=12, tzinfo=HERE)
    Project.objects.filter(pk=project.pk).update(created_at=moment)


def are_silent(day):
    return [each.name for each in silent(Project.objects.order_by("name"), date.fromisoformat(day))]


def test_a_look_holds_for_the_portfolios_months_and_their_last_day():
    project = a_project("A")
    project.portfolios.add(a_portfolio(silence_months=3))
    heard(project, "2026-01-31")
    assert are_silent("2026-04-30") == []
    assert are_silent("2026-05-01") == ["A"]


def test_of_two_portfolios_the_one_with_less_patience_decides():
    project = a_project("A")
    project.portfolios.set([a_portfolio("Hidas", silence_months=12), a_portfolio("Nopea")])
    heard(project, "2026-01-01")
    assert are_silent("2026-07-01") == []
    assert are_silent("2026-07-02") == ["A"]


def test_only_the_last_look_counts():
    project = a_project("A")
    heard(project, "2025-01-01")
    heard(project, "2026-06-01")
    assert are_silent("2026-11-26") == []


def test_a_card_nobody_has_looked_at_is_silent_since_it_came():
    came(a_project("Vanha"), "2026-01-01")
    came(a_project("Uusi"), "2026-11-01")
    assert are_silent("2026-11-26") == ["Vanha"]


@pytest.mark.parametrize(
    "facts",
    [
        {"phase": Phase.ENDED},
        {"phase": Phase.DISCONTINUED},
        {"publication": Publication.WITHDRAWN},
    ],
)
def test_a_card_that_is_over_or_withdrawn_owes_no_news(facts):
    came(a_project(**facts), "2020-01-01")
    assert are_silent("2026-11-26") == []


def test_a_draft_that_waits_for_its_project_to_begin_owes_news():
    project = a_project("A", phase=Phase.PLANNED, publication=Publication.DRAFT)
    came(project, "2026-01-01")
    assert are_silent("2026-11-26") == ["A"]
