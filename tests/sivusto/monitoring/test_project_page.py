"""The page of a project's monitoring tells what its published reports say, and no more."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from hankkeet.models import Publication
from seuranta.models import StatusEntry
from seuranta.report import Month
from seuranta.tables import report_of
from sivusto.monitoring.grid import Grid
from sivusto.monitoring.project_page import MEASURES_ON_PAGE
from sivusto.monitoring.reading.opening import blocks_of
from sivusto.monitoring.reading.reader import read
from tests.builders import (
    a_measure,
    a_period,
    a_project,
    a_published_period,
    an_entry,
)

pytestmark = pytest.mark.django_db
KINDS = ("csv", "docx", "html", "xlsx")


def publish(period):
    period.lock(report_of(period.project, period))
    period.publish()
    return period


@pytest.fixture
def project():
    """Two published halves of a year: one measure got ready, one fell silent, one is late."""
    project = a_project()
    car = a_measure(project, "Hankitaan auto", months=((2024, 11), (2024, 12), (2025, 3)))
    route = a_measure(project, "Ajetaan reitti", months=((2025, 1), (2025, 2)))
    quiet = a_measure(project, "Viestitään", package="Tavoite 2", months=((2025, 6),))
    first, second = a_period(project, 2024, 2), a_period(project, 2025)
    an_entry(first, car, "Tarjoukset on pyydetty.", state="running")
    an_entry(first, route, "Kylissä on käyty.\n• yksi", state="not_started")
    an_entry(first, quiet, "Suunnitelma on tehty.", state="running")
    publish(first)
    an_entry(second, car, "Auto on saatu.", state="done", next_steps="Kirjoita: eero@example.fi")
    an_entry(second, route, "Kylissä on käyty.\n• yksi", state="running")
    publish(second)
    return project


def page_of(client, project, query=""):
    response = client.get(f"/hankkeet/{project.code}/seuranta/{query}")
    assert response.status_code == 200
    return response.text


def lines_of(html):
    text = re.sub(r"<[^>]*>", "\n", html)
    return [line.strip() for line in text.split("\n") if line.strip()]


def test_the_page_tells_how_measures_stand_late_apart_from_silent(client, project):
    text = page_of(client, project)
    assert "3 toimenpidettä: 1 valmis, 1 myöhässä, 1 raportoimatta." in text
    assert re.findall(r'class="phase \w+">([^<]+)<', text) == [
        "Valmis",
        "Myöhässä",
        "Ei raportoitu",
    ]


def test_every_mark_has_its_months_in_words(client, project):
    text = page_of(client, project)
    table = text[text.index('<table class="grid"') : text.index("</table>")]
    assert re.findall(r"<small>([^<]+)</small>", table) == [
        "11/2024–12/2024, 3/2025",
        "1/2025–2/2025",
        "6/2025",
    ]
    assert table.count(' on">●') == 6


def test_changes_since_the_last_report_are_sentences(client, project):
    lines = lines_of(page_of(client, project))
    assert "Valmistui: ”Hankitaan auto”." in lines
    assert "Käynnistyi: ”Ajetaan reitti”." in lines
    assert "Jäi raportoimatta: ”Viestitään”." in lines


def test_status_stands_beside_the_one_before(client, project):
    lines = lines_of(page_of(client, project))
    at = lines.index("Auto on saatu.")
    assert lines[at - 1] == "30.6.2025"
    assert lines[at + 1 : at + 5] == [
        "Jatkotoimenpiteet",
        "Kirjoita: eero(at)example.fi",
        "31.12.2024",
        "Tarjoukset on pyydetty.",
    ]
    assert lines.count("Sama teksti kuin edellisellä jaksolla.") == 1


def test_an_earlier_period_is_shown_as_it_was(client, project):
    StatusEntry.objects.filter(period__end_date="2024-12-31").delete()
    text = page_of(client, project, "?jakso=2024-12-31")
    assert "Tarjoukset on pyydetty." in text
    assert "Auto on saatu." not in text


@pytest.mark.parametrize("asked", ["2031-01-01", "eilen", "<b>"])
def test_a_period_that_is_not_there_is_told_kindly(client, project, asked):
    text = page_of(client, project, f"?jakso={asked}")
    assert "Pyydettyä raportointijaksoa ei ole. Tässä on viimeisin." in text
    assert "Auto on saatu." in text


def test_nothing_unpublished_is_shown(client):
    project = a_project()
    an_entry(a_period(project), a_measure(project), "Salainen luonnos.")
    ways = ["", "raportti.pdf", "kalenteri.ics", *(f"raportti.{kind}" for kind in KINDS)]
    for way in ways:
        assert client.get(f"/hankkeet/{project.code}/seuranta/{way}").status_code == 404
    assert "Seuranta" not in client.get(project.get_absolute_url()).text


def test_a_former_name_leads_to_the_page(client, project):
    response = client.get(f"/hankkeet/{project.code.lower()}/seuranta/")
    assert response.status_code == 301
    assert response.url == f"/hankkeet/{project.code}/seuranta/"
    assert client.get(f"/hankkeet/{project.code}/seuranta/raportti.exe").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_holds_the_report_that_the_public_sees(client, project, kind):
    response = client.get(f"/hankkeet/{project.code}/seuranta/raportti.{kind}")
    data = b"".join(response) if response.streaming else response.content
    assert f"kirjastoauto-kylille-seuranta-2025-06-30.{kind}" in response["Content-Disposition"]
    report = read(blocks_of(data)).report
    assert [(p.title, len(p.measures)) for p in report.work_packages] == [
        ("Työpaketti 1: Auto", 2),
        ("Tavoite 2", 1),
    ]
    first = next(report.measures())
    assert (first.status, first.state) == ("Auto on saatu.", "done")
    assert first.next_steps == "Kirjoita: eero(at)example.fi"
    assert first.months == (Month(2024, 11), Month(2024, 12), Month(2025, 3))


def test_the_paper_is_tagged_on_its_side_and_repeats_its_head(client):
    project = a_project()
    for number in range(40):
        a_measure(project, f"Toimenpide {number}", months=((2025, number % 12 + 1),))
    a_published_period(project)
    response = client.get(f"/hankkeet/{project.code}/seuranta/raportti.pdf")
    paper = PdfReader(io.BytesIO(b"".join(response)))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(paper.pages) > 1
    for page in paper.pages:
        assert page.mediabox.width > page.mediabox.height
        assert "Vuosi 2025" in page.extract_text()


def test_the_calendar_holds_deadlines_of_what_is_not_done(client, project):
    response = client.get(f"/hankkeet/{project.code}/seuranta/kalenteri.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "SUMMARY:Toimenpiteen määräaika: Ajetaan reitti" in lines
    assert "DTSTART;VALUE=DATE:20250228" in lines
    assert "SUMMARY:Hanke päättyy: Kirjastoauto kylille" in lines
    assert not any("Hankitaan auto" in line for line in lines)
    assert not any("Seurantaraportin" in line for line in lines)
    assert all(len(line.encode()) <= 75 for line in lines)


def test_the_calendar_tells_when_open_reports_are_due(client, project):
    due = a_period(project, year=2027, due_date=date(2027, 8, 15))
    a_period(project, year=2028)
    text = client.get(f"/hankkeet/{project.code}/seuranta/kalenteri.ics").content.decode()
    assert text.count("SUMMARY:Seurantaraportin määräpäivä: Kirjastoauto kylille") == 1
    assert "DTSTART;VALUE=DATE:20270815" in text
    assert f"UID:{project.code}-raportti-{due.pk}@" in text


def test_the_card_tells_of_the_last_report(client, project):
    text = client.get(project.get_absolute_url()).text
    assert f'href="/hankkeet/{project.code}/seuranta/"' in text
    assert "3 toimenpidettä: 1 valmis, 1 myöhässä, 1 raportoimatta." in text


def test_the_page_is_in_the_sitemap_while_it_is_public(client, project):
    address = f"/hankkeet/{project.code}/seuranta/"
    assert address in client.get("/sitemap-seurannat.xml").text
    type(project).objects.update(publication=Publication.WITHDRAWN)
    assert address not in client.get("/sitemap-seurannat.xml").text


def test_the_page_takes_as_many_queries_for_many_measures(
    client, project, django_assert_num_queries
):
    address = f"/hankkeet/{project.code}/seuranta/"
    with django_assert_num_queries(3):
        client.get(address)
    for number in range(MEASURES_ON_PAGE + 5):
        a_measure(project, f"Lisä {number}", months=((2025, 1),))
    a_published_period(project, year=2026)
    with django_assert_num_queries(3):
        text = client.get(address).text
    assert text.count('class="measure"') == MEASURES_ON_PAGE
    assert 'href="?sivu=2"' in text


@pytest.mark.parametrize(
    ("last", "step", "columns"),
    [
        (Month(2020, 1), 1, 1),
        (Month(2023, 12), 1, 48),
        (Month(2024, 1), 3, 17),
        (Month(2060, 6), 12, 41),
    ],
)
def test_a_grid_of_any_length_fits(last, step, columns):
    grid = Grid.over(Month(2020, 1), last, Month(2020, 1))
    assert (grid.step, len(grid.columns)) == (step, columns)
    assert [column.is_now for column in grid.columns].count(True) == 1
    assert grid.marked([Month(2020, 1), last]) == {
        grid.columns[0].number,
        grid.columns[-1].number,
    }
