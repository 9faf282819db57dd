"""The rules of monitoring hold in the database, and speak Finnish on the way there."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hankkeet.models import Publication
from seuranta.models import PlannedRange, ReportingPeriod, State, StatusEntry, WorkPackage
from seuranta.report import Month
from seuranta.tables import report_of
from tests.builders import a_draft, a_measure, a_period, a_project, a_published_period, an_entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"end_date": date(2024, 12, 31)}, "Raportointijakso ei voi päättyä ennen kuin se alkaa."),
        ({"due_date": date(2024, 12, 31)}, "Määräpäivä on ennen raportointijakson alkua."),
        ({"state": "outo"}, "Tuntematon raportointijakson tila."),
        ({"state": "locked"}, "Lukitulla raportointijaksolla on sisältönsä."),
    ],
)
def test_an_impossible_period_is_refused_by_form_and_database(values, message):
    project = a_project()
    facts = {"start_date": date(2025, 1, 1), "end_date": date(2025, 6, 30), "project": project}
    with pytest.raises(ValidationError) as refused:
        ReportingPeriod(**facts | values).validate_constraints()
    assert message in str(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportingPeriod.objects.create(**facts | values)


def test_the_same_period_is_opened_once():
    project = a_project()
    a_period(project)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_period(project)


@pytest.mark.parametrize(
    "days", [(date(2025, 1, 2), date(2025, 3, 1)), (date(2025, 3, 1), date(2025, 1, 1))]
)
def test_planned_months_are_whole_and_in_order(days):
    measure = a_measure(a_project())
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedRange.objects.create(measure=measure, first_month=days[0], last_month=days[1])


def test_a_measure_and_its_package_have_names_of_their_own():
    project = a_project()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_measure(project, "")
    WorkPackage.objects.create(project=project, title="Tavoite 1")
    with pytest.raises(ValidationError, match="samanniminen"):
        WorkPackage(project=project, title="Tavoite 1").full_clean()


def test_planned_months_come_back_as_they_were_told():
    measure = a_measure(
        a_project(), months=((2020, 12), (2020, 11), (2021, 2), (2021, 1), (2022, 5))
    )
    assert measure.planned_ranges.count() == 2
    assert measure.months() == (
        Month(2020, 11),
        Month(2020, 12),
        Month(2021, 1),
        Month(2021, 2),
        Month(2022, 5),
    )


def test_a_locked_period_is_not_changed_by_later_edits():
    project = a_project()
    measure = a_measure(project, months=((2025, 3),))
    period = a_published_period(project)
    locked = period.report
    assert locked == report_of(project, period)
    measure.title = "Hankitaan kirjastovene"
    measure.save()
    measure.planned_ranges.all().delete()
    period.refresh_from_db()
    assert period.report == locked
    assert report_of(project, period) != locked


def test_the_database_keeps_what_is_locked():
    project = a_project()
    measure = a_measure(project)
    period = a_published_period(project)
    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        StatusEntry.objects.filter(period=period).update(status="Jälkiviisaus")
    StatusEntry.objects.filter(period=period).delete()
    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        an_entry(period, measure, "Jälkiviisaus")
    with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
        ReportingPeriod.objects.filter(pk=period.pk).update(contents=[])


def test_a_period_goes_from_open_to_locked_to_published_and_back_only_as_a_whole():
    project = a_project()
    period = a_period(project)
    assert not period.publish()
    assert period.lock(report_of(project, period))
    assert not period.lock(report_of(project, period))
    assert period.publish()
    assert not period.publish()
    assert period.reopen()
    period.refresh_from_db()
    assert (period.state, period.contents, period.published_at) == ("open", None, None)
    assert not period.reopen()


def test_the_public_sees_published_periods_of_public_projects_only():
    public, hidden = a_project(), a_draft("Salainen")
    shown = a_published_period(public)
    a_published_period(hidden)
    a_period(public, 2026)
    locked = a_period(public, 2026, 2)
    locked.lock(report_of(public, locked))
    assert list(ReportingPeriod.objects.public()) == [shown]
    type(public).objects.update(publication=Publication.WITHDRAWN)
    assert not ReportingPeriod.objects.public().exists()


def test_a_projects_table_takes_as_many_queries_for_many_measures(django_assert_num_queries):
    project = a_project()
    period = a_period(project)
    for number in range(12):
        measure = a_measure(
            project, f"Toimi {number}", package=f"Tavoite {number % 3}", months=((2025, 1),)
        )
        an_entry(period, measure, "Etenee.", state=State.RUNNING)
    with django_assert_num_queries(4):
        report = report_of(project, period)
    assert len(report.work_packages) == 3
    assert sum(1 for _ in report.measures()) == 12
    assert all(measure.status == "Etenee." for measure in report.measures())
