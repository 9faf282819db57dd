"""A report is brought in through the browser: a plan first, then exactly that."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seuranta.models import Measure, ReportingPeriod, StatusEntry
from tests.builders import a_measure, a_project, a_published_period
from tests.sivusto.monitoring.reading.office import A_WORD_FILE, A_WORKBOOK
from tests.sivusto.monitoring.reading.samples import EXCEL_CLIP, TORN, WORD_CLIP, WORD_PAGE
from tests.sivusto.staff.helpers import a_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(client):
    project = a_project()
    client.force_login(a_manager(project))
    return project


def address(project):
    return reverse("admin:seuranta_reportingperiod_import", args=[project.code])


def shown(client, project, **values):
    page = client.post(address(project), values)
    assert page.status_code == 200
    return page


def test_the_plan_is_shown_and_then_written(client, project):
    page = shown(client, project, text=TORN)
    assert not Measure.objects.exists()
    assert "Toimenpiteitä 8: uusia 8" in page.text
    assert "Osahanke on edennyt hyvin." in page.text
    assert "rivi 17" in page.text
    assert "koottu kahdesta osasta" in page.text
    answer = client.post(address(project), {"confirm": page.context["digest"]})
    period = ReportingPeriod.objects.get()
    assert answer.url == reverse("admin:seuranta_reportingperiod_fill", args=[period.pk])
    assert (Measure.objects.count(), StatusEntry.objects.count()) == (8, 5)
    assert "Tallennettavaa ei ole." in shown(client, project, text=TORN).text


def test_a_file_is_read_as_well(client, project):
    file = SimpleUploadedFile("raportti.csv", b"Toimenpide;Tilanne;1/2025\nAuto;On.;x\n")
    assert "uusia 1" in shown(client, project, upload=file).text


def test_a_copied_table_keeps_its_colours_and_merged_cells(client, project):
    page = shown(client, project, text="Hankitaan\tTarjoukset", html=WORD_PAGE)
    first = page.context["packages"][0][1][0]
    assert first["months"] == "12/2025–3/2026"


@pytest.mark.parametrize(
    ("name", "data"), [("raportti.docx", A_WORD_FILE), ("raportti.xlsx", A_WORKBOOK)]
)
def test_files_of_microsofts_programs_are_read_and_written(client, project, name, data):
    page = shown(client, project, upload=SimpleUploadedFile(name, data))
    assert page.context["packages"][0][1][0]["months"] == "12/2025"
    client.post(address(project), {"confirm": page.context["digest"]})
    assert Measure.objects.get().title == "Hankitaan auto"


@pytest.mark.parametrize("html", [WORD_CLIP, EXCEL_CLIP])
def test_a_copied_table_says_no_more_than_its_program_shows(client, project, html):
    page = shown(client, project, text="Hankitaan auto", html=html)
    assert not page.context["plan"].reading.not_understood
    assert "salaa" not in page.text
    assert "ei saa näkyä" not in page.text


def test_copied_html_without_a_table_gives_way_to_the_text(client, project):
    text = "Toimenpide\tTilanne\t1/2025\nAuto\tOn.\tx"
    assert "uusia 1" in shown(client, project, text=text, html="<p>Auto</p>").text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Valitse tiedosto tai liitä taulukko."),
        ({"text": "Pelkkää kertomusta."}, "ei löytynyt taulukkoa"),
        ({"text": "Toimenpide\tTilanne\nAuto\tOn."}, "Kerro, minkä raportointijakson"),
        ({"text": TORN, "start_date": "1.1.2025"}, "sekä alku- että loppupäivä"),
        ({"text": TORN, "start_date": "1.2.2025", "end_date": "1.1.2025"}, "ei voi päättyä"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_text_stays(client, project, values, message):
    page = shown(client, project, **values)
    assert message in page.text
    assert (page.context["form"]["text"].value() or "") == values.get("text", "")


def test_a_plan_grown_old_is_shown_anew_and_nothing_is_written(client, project):
    page = shown(client, project, text=TORN)
    a_measure(project, "Viestimme autosta", package="TAVOITE 3. Kirjoja kylille")
    again = client.post(address(project), {"confirm": page.context["digest"]})
    assert "Tässä on uusi suunnitelma." in again.text
    assert Measure.objects.count() == 1
    client.post(address(project), {"confirm": again.context["digest"]})
    assert Measure.objects.count() == 8


def test_a_locked_period_is_told(client, project):
    a_published_period(project)
    days = {"start_date": "1.1.2025", "end_date": "30.6.2025"}
    assert "on jo lukittu" in shown(client, project, text=TORN, **days).text


def test_nothing_is_brought_into_anothers_project(client, project):
    other = a_project("Toinen")
    assert client.get(address(other)).status_code == 403
    page = shown(client, project, text=TORN)
    other.managers.add(*project.managers.all())
    client.post(address(other), {"confirm": page.context["digest"]})
    assert not Measure.objects.exists()
