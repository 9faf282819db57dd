"""Whom the public sees: visibility × day × every place where a person might stand."""

from datetime import date

import pytest

from hankkeet.models import Section
from sivusto.card.paper import card_html
from sivusto.card.queries import cards
from tests.builders import a_contact, a_project
from tests.clock import clock_at
from tests.sivusto.test_visibility import whole

pytestmark = pytest.mark.django_db

ALL = {"Malliranta", "meri.malliranta", "050 000 0009"}
SHOWN = {"all": ALL, "name": {"Malliranta"}, "role": set()}
DAYS = {"2025-06-30T12:00:00": True, "2025-07-01T12:00:00": False, "2031-01-01T12:00:00": False}
CARD = {
    "page": lambda client, project: client.get(project.get_absolute_url()).text,
    "swedish page": lambda client, project: client.get(f"/sv{project.get_absolute_url()}").text,
    "paper": lambda client, project: card_html(cards().get(pk=project.pk)),
}
ELSEWHERE = {
    "list": "/hankkeet/",
    "search by phone": "/hankkeet/?q=0500000009",
    "passages": "/hankkeet/?q=kirjoja",
    "csv": "/hankkeet/luettelo.csv",
    "xlsx": "/hankkeet/luettelo.xlsx",
    "json": "/hankkeet/luettelo.json",
    "feed": "/hankkeet/luettelo.atom",
    "front": "/",
    "sitemap": "/sitemap.xml",
}


@pytest.fixture
def project():
    project = a_project(planned_end_date=date(2024, 6, 30))
    Section.objects.create(project=project, heading="Tavoitteet", body="<p>Kirjoja kylille.</p>")
    return project


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("visibility", SHOWN)
@pytest.mark.parametrize("place", CARD)
def test_the_card_shows_the_person_for_her_time_and_then_the_role(
    client, project, place, visibility, day
):
    a_contact(project, visibility=visibility)
    with clock_at(day):
        text = CARD[place](client, project)
    assert {word for word in ALL if word in text} == (SHOWN[visibility] if DAYS[day] else set())
    assert "Projektipäällikkö, Kirjastopalvelut" in text
    assert "kirjasto(at)jokilahti.example.fi" in text


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("visibility", SHOWN)
@pytest.mark.parametrize("place", ELSEWHERE)
def test_no_other_place_knows_the_person_on_any_day(client, project, place, visibility, day):
    a_contact(project, visibility=visibility)
    with clock_at(day):
        text = whole(client.get(ELSEWHERE[place]))
    assert {word for word in ALL if word in text} == set()
    assert ("Kirjastoauto" in text) == (not place.startswith(("search", "sitemap")))


def test_the_person_goes_at_midnight_in_helsinki_and_the_role_stays(client, project):
    a_contact(project)
    address = project.get_absolute_url()
    with clock_at("2025-06-30T20:59:59"):
        assert "Malliranta" in client.get(address).text
    with clock_at("2025-06-30T21:00:00"):
        assert "Malliranta" not in client.get(address).text


def test_a_contact_without_a_role_leaves_only_the_units_mailbox(client, project):
    a_contact(project, role="", unit="")
    with clock_at("2025-07-01T12:00:00"):
        text = client.get(project.get_absolute_url()).text
    assert "Yhteinen sähköposti<br>" in text
    assert "kirjasto(at)jokilahti.example.fi" in text
    assert "Malliranta" not in text


def test_a_person_alone_leaves_no_row(client, project):
    a_contact(project, role="", unit="", unit_email="")
    with clock_at("2025-07-01T12:00:00"):
        assert "Yhteyshenkilöt" not in client.get(project.get_absolute_url()).text


@pytest.mark.parametrize("day", DAYS)
def test_a_search_by_the_name_answers_as_by_a_name_that_nobody_has(client, project, day):
    a_contact(project)
    with clock_at(day):
        own = client.get("/hankkeet/?q=Malliranta").text.replace("Malliranta", "x")
        other = client.get("/hankkeet/?q=Xyzzyranta").text.replace("Xyzzyranta", "x")
    assert own == other
    assert "Kirjastoauto" not in own
