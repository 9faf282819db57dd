"""A person is shown as long as she holds the task and some months more, by one rule."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Contact, Phase, Project
from tests.builders import a_contact, a_portfolio, a_project
from tests.clock import clock_at

pytestmark = pytest.mark.django_db
END = date(2024, 6, 30)


@pytest.mark.parametrize(
    ("facts", "contact_end", "months", "last_day"),
    [
        ({"actual_end_date": END}, None, [], date(2025, 6, 30)),
        ({"planned_end_date": END}, None, [], date(2025, 6, 30)),
        (
            {"planned_end_date": date(2020, 1, 1), "actual_end_date": END},
            None,
            [],
            date(2025, 6, 30),
        ),
        ({"actual_end_date": END}, date(2024, 3, 31), [], date(2025, 3, 31)),
        ({"actual_end_date": END}, date(2026, 3, 31), [], date(2025, 6, 30)),
        ({"planned_end_date": None}, date(2024, 3, 31), [], date(2025, 3, 31)),
        ({"planned_end_date": None}, None, [], None),
        ({"planned_end_date": None, "phase": Phase.ENDED}, None, [], date(1, 1, 1)),
        ({"planned_end_date": None, "phase": Phase.ENDED}, END, [], date(2025, 6, 30)),
        ({"actual_end_date": END}, None, [24], date(2026, 6, 30)),
        ({"actual_end_date": END}, None, [24, None], date(2025, 6, 30)),
        ({"actual_end_date": END}, None, [6, 3, 24], date(2024, 9, 30)),
        ({"actual_end_date": END}, None, [0], END),
        ({"actual_end_date": date(2024, 8, 31)}, None, [6], date(2025, 2, 28)),
        ({"actual_end_date": date(2028, 2, 29)}, None, [], date(2029, 2, 28)),
    ],
)
def test_the_last_day_follows_from_the_dates_and_the_strictest_portfolio(
    facts, contact_end, months, last_day
):
    project = a_project(**{"planned_end_date": None} | facts)
    for number, of_portfolio in enumerate(months):
        project.portfolios.add(a_portfolio(f"Salkku {number}", contact_months=of_portfolio))
    assert a_contact(project, end_date=contact_end).last_public_day == last_day


def test_the_general_time_is_a_setting(monkeypatch):
    monkeypatch.setattr(settings, "CONTACT_MONTHS", 1)
    assert a_contact(a_project(planned_end_date=END)).last_public_day == date(2024, 7, 30)


def test_the_day_changes_at_midnight_in_helsinki_in_winter_and_in_summer():
    winter = a_contact(a_project(planned_end_date=date(2024, 12, 31)))
    summer = a_contact(a_project(planned_end_date=END))
    for contact, last, first in (
        (winter, "2025-12-31T21:59:59", "2025-12-31T22:00:00"),
        (summer, "2025-06-30T20:59:59", "2025-06-30T21:00:00"),
    ):
        with clock_at(last):
            assert not contact.is_expired
        with clock_at(first):
            assert contact.is_expired
            assert (contact.shows_name, contact.shows_all) == (False, False)


def test_every_way_of_reading_a_contact_brings_the_day_without_asking_again():
    project = a_project(planned_end_date=END)
    for _ in range(3):
        a_contact(project)
    loaded = Project.objects.prefetch_related("contacts").get(pk=project.pk)
    with CaptureQueriesContext(connection) as captured:
        days = [contact.last_public_day for contact in loaded.contacts.all()]
    assert days == [date(2025, 6, 30)] * 3
    assert len(captured) == 0
    assert project.contacts.first().last_public_day == date(2025, 6, 30)


def test_the_database_keeps_those_whose_time_is_over():
    late = a_contact(a_project(planned_end_date=END))
    a_contact(a_project(planned_end_date=date(2024, 7, 1)))
    a_contact(a_project(planned_end_date=None))
    assert list(Contact.objects.expired(date(2025, 6, 30))) == []
    assert list(Contact.objects.expired(date(2025, 7, 1))) == [late]
    assert Contact.objects.with_person().count() == 3
