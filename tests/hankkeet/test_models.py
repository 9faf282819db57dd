"""A project's rules hold in the database, and speak Finnish on the way there."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hankkeet.models import Attachment, Contact, ExternalKey, Project, Section, Succession
from tests.builders import a_draft, a_project, a_ready_draft

pytestmark = pytest.mark.django_db


def test_a_code_is_never_given_twice():
    first = a_draft()
    number = int(first.code[1:])
    first.delete()
    assert int(a_draft().code[1:]) > number


def test_dates_and_costs_are_the_actual_ones_or_else_the_planned():
    project = a_draft(planned_start_date=date(2024, 1, 1), planned_cost=100)
    assert (project.start_date, project.total_cost) == (date(2024, 1, 1), 100)
    project.actual_start_date, project.actual_cost = date(2024, 2, 1), 90
    project.save()
    project.refresh_from_db()
    assert (project.start_date, project.total_cost) == (date(2024, 2, 1), 90)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"planned_start_date": date(2024, 2, 1), "planned_end_date": date(2024, 1, 1)},
            "Suunniteltu päättymispäivä on ennen alkamispäivää.",
        ),
        (
            {"actual_start_date": date(2024, 2, 1), "planned_end_date": date(2024, 1, 1)},
            "Hanke ei voi päättyä ennen kuin se alkaa.",
        ),
        ({"planned_cost": -1}, "Kustannukset eivät voi olla negatiiviset."),
        ({"name": ""}, "Anna hankkeelle nimi."),
    ],
)
def test_an_impossible_project_is_refused_by_form_and_database(values, message):
    facts = {"name": "Hanke"} | values
    with pytest.raises(ValidationError) as refused:
        Project(**facts).full_clean()
    assert message in str(refused.value) or values.get("name") == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.create(**facts)


def test_a_project_is_nobodys_part_in_a_circle():
    top = a_draft("Päähanke")
    part = a_draft("Osa", parent=top)
    top.parent = part
    with pytest.raises(ValidationError, match="oma osahanke"):
        top.full_clean()


def test_a_chain_does_not_come_back_to_where_it_began():
    first, second, third = a_draft("1"), a_draft("2"), a_draft("3")
    Succession.objects.create(predecessor=first, successor=second)
    Succession.objects.create(predecessor=second, successor=third)
    with pytest.raises(ValidationError, match="kehää"):
        Succession(predecessor=third, successor=first).full_clean()


def test_a_foreign_key_of_a_project_belongs_to_it_alone():
    ExternalKey.objects.create(project=a_draft("A"), kind="eura", value="A70001")
    with pytest.raises(ValidationError, match="jo toisella hankkeella"):
        ExternalKey(project=a_draft("B"), kind="eura", value="A70001").full_clean()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: Section(project=p), "Kirjoita osalle otsikko tai teksti."),
        (lambda p: Contact(project=p), "Anna yhteyshenkilölle tehtävä, yksikkö tai nimi."),
        (
            lambda p: Attachment(project=p, title="x", url="https://a.example.fi", file="x.pdf"),
            "Liite on joko linkki tai tiedosto, ei molempia.",
        ),
        (
            lambda p: Attachment(
                project=p, title="x", accessibility="exempt", document_date=date(2018, 9, 23)
            ),
            "joka julkaistiin ennen 23.9.2018",
        ),
    ],
)
def test_an_empty_or_double_part_is_refused_with_advice(make, message):
    with pytest.raises(ValidationError) as refused:
        make(a_draft()).validate_constraints()
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("accessibility", "day"),
    [("exempt", date(2018, 9, 22)), ("exempt", None), ("being_mended", date(2018, 9, 23))],
)
def test_an_attachment_may_be_exempt_if_it_is_not_known_to_be_too_new(accessibility, day):
    attachment = Attachment(
        project=a_draft(), title="x", accessibility=accessibility, document_date=day
    )
    attachment.full_clean()
    attachment.save()


def test_publishing_sets_the_first_day_once():
    project = a_ready_draft()
    Project.objects.filter(pk=project.pk).publish()
    first = Project.objects.get(pk=project.pk).published_at
    Project.objects.filter(pk=project.pk).withdraw()
    Project.objects.filter(pk=project.pk).publish()
    assert Project.objects.get(pk=project.pk).published_at == first is not None


@pytest.mark.parametrize(
    ("take_away", "word"),
    [
        (lambda p: p.sections.update(body=""), "tiivistelmä"),
        (lambda p: p.portfolios.clear(), "salkku"),
        (lambda p: Project.objects.filter(pk=p.pk).update(planned_start_date=None), "alkamispäivä"),
        (lambda p: p.contacts.all().delete(), "toteuttaja tai yhteyshenkilö"),
    ],
)
def test_a_card_without_a_necessity_is_not_published(take_away, word):
    project = a_ready_draft()
    assert project.lacks == []
    take_away(project)
    assert Project.objects.publish() == 0
    assert project.lacks == [word]


def test_a_year_finds_what_ran_in_it():
    a_project("Ennen", actual_start_date=date(2020, 1, 1), planned_end_date=date(2021, 12, 31))
    a_project("Avoin", actual_start_date=date(2021, 6, 1), planned_end_date=None)

    def names(*years):
        return set(Project.objects.during_years(*years).values_list("name", flat=True))

    assert names(2022) == {"Avoin"}
    assert names(2019) == set()
    assert names(2020, 2022) == {"Ennen", "Avoin"}
