"""What a published report says is found, and a hit leads to the very measure in that report."""

import pytest

from hankkeet.models import Publication, Section
from seuranta.models import ReportingPeriod
from seuranta.tables import report_of
from sivusto.models import Page
from sivusto.search.index import catch_up
from tests.builders import (
    a_measure,
    a_part,
    a_period,
    a_project,
    a_text,
    an_entry,
)

pytestmark = pytest.mark.django_db


def found(client, words):
    response = client.get("/hankkeet/", {"q": words})
    return [row.project.name for row in response.context["rows"]], response.content.decode()


def a_report(project, statuses, year=2025, next_steps=""):
    """A published report of a measure for each status."""
    period = a_period(project, year)
    for number, status in enumerate(statuses, start=1):
        title = f"Toimi {number}"
        known = project.work_packages.filter(measures__title=title).first()
        measure = known.measures.get(title=title) if known else a_measure(project, title)
        an_entry(period, measure, status, next_steps=next_steps)
    period.lock(report_of(project, period))
    period.publish()
    return period


def test_a_word_in_another_inflection_leads_to_its_measure(client):
    project = a_project("Kylät liikkeelle")
    a_report(project, ["Auto kulkee."] * 24 + ["Auraus on kilpailutettu."])
    names, html = found(client, "aurauksista")
    assert names == ["Kylät liikkeelle"]
    assert "<mark>Auraus</mark> on kilpailutettu" in html
    address = f"/hankkeet/{project.code}/seuranta/?jakso=2025-06-30&amp;sivu=2#t25"
    told = f'Seurantaraportissa: <a href="{address}">1.1.2025\xa0– 30.6.2025, Toimi 25</a>'
    assert told in html
    path, _, anchor = address.replace("&amp;", "&").partition("#")
    page = client.get(path).content.decode()
    assert "Auraus on kilpailutettu." in page[page.index(f'id="{anchor}"') :]


def test_the_report_that_says_it_is_told_and_of_two_the_later(client):
    project = a_project()
    a_report(project, ["Auraus on kilpailutettu."], 2024)
    a_report(project, ["Lumityö jatkuu."], 2025)
    assert "jakso=2024-06-30" in found(client, "auraus")[1]
    assert "jakso=2025-06-30" in found(client, "toimi")[1]


def test_next_steps_are_found_and_what_answers_more_is_shown(client):
    a_report(a_project(), ["Auraus alkaa.", "Lumityö alkaa."], next_steps="Kutsutaan talkoolaiset.")
    assert "#t2" in found(client, "talkoolainen lumityö")[1]
    assert found(client, '"kutsutaan talkoolaiset"')[0]


def test_the_card_answers_before_a_report_and_weighs_more(client):
    project = a_project("Kylät liikkeelle")
    a_report(project, ["Lumityö alkaa."])
    a_project("Lumityö")
    assert found(client, "lumityö")[0] == ["Lumityö", "Kylät liikkeelle"]
    assert "Seurantaraportissa" in found(client, "lumityö")[1]
    Section.objects.create(project=project, body="<p>Lumitöitä tehdään.</p>")
    assert "Seurantaraportissa" not in found(client, "lumityö")[1]


def test_an_attachment_that_answers_alike_comes_first(client):
    project = a_project()
    a_report(project, ["Auraus alkaa."])
    text = {"kind": "paragraph", "text": "Auraus päättyi."}
    a_text(project, "Loppuraportti", parts=[a_part(1, "Talvi", text)])
    html = found(client, "auraus")[1]
    assert "Liitteessä" in html
    assert "Seurantaraportissa" not in html


def test_only_published_reports_of_public_cards_are_found(client):
    project = a_project()
    period = a_period(project)
    measure = a_measure(project)
    an_entry(period, measure, "Auraus alkaa.")
    assert found(client, "auraus")[0] == []
    period.lock(report_of(project, period))
    assert found(client, "auraus")[0] == []
    period.publish()
    assert found(client, "auraus")[0]
    ReportingPeriod.objects.get().reopen()
    assert found(client, "auraus")[0] == []
    assert not Page.objects.exists()
    period.lock(report_of(project, period))
    period.publish()
    type(project).objects.update(publication=Publication.WITHDRAWN)
    assert found(client, "auraus")[0] == []
    catch_up()
    assert not Page.objects.exists()


def test_nobodys_address_or_phone_stands_in_a_found_passage(client):
    a_report(a_project(), ["Auraus: etunimi.sukunimi@kunta.fi, 040 123 4567."])
    html = found(client, "auraus")[1]
    assert "<mark>Auraus</mark>" in html
    assert "@kunta" not in html
    assert "123 4567" not in html


def test_a_list_asks_once_for_all_reports(client, django_assert_max_num_queries):
    for number in range(8):
        a_report(a_project(f"Hanke {number}"), ["Auraus alkaa.", "Lumityöt alkavat."])
    found(client, "auraus")
    with django_assert_max_num_queries(30) as few:
        found(client, "lumityöt")
    number = len(few)
    for more in range(8, 16):
        a_report(a_project(f"Hanke {more}"), ["Auraus alkaa.", "Lumityöt alkavat."])
    found(client, "auraus")
    with django_assert_max_num_queries(number):
        found(client, "lumitöistä")
