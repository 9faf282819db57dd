"""A portfolio's monitoring tells on time, late and silent projects apart."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from seuranta.tables import report_of
from tests.builders import a_draft, a_measure, a_period, a_portfolio, a_project, an_entry

pytestmark = pytest.mark.django_db
PATH = "/salkut/hyvan-arjen-salkku-2024-2028/seuranta/"


def reporting(name, state="running", year=2025, **values):
    project = a_project(name, **values)
    project.portfolios.add(a_portfolio())
    measure = a_measure(project, f"{name} etenee", months=((2025, 9),))
    period = a_period(project, year)
    an_entry(period, measure, "Kirjoita: eero@example.fi", state=state)
    period.lock(report_of(project, period))
    period.publish()
    return project


@pytest.fixture
def projects():
    silent = a_project("Hiljainen")
    silent.portfolios.add(a_portfolio())
    return [
        reporting("Ajallaan"),
        silent,
        reporting("Myöhäinen", "late"),
        reporting("Vanhentunut", year=2024),
    ]


def test_projects_are_told_apart_at_a_glance(client, projects):
    page = client.get(PATH)
    assert "4 hanketta: aikataulussa 1, myöhässä 1, raportoimatta 2." in page.text
    assert [(row.project.name, str(word)) for row, word, _ in page.context["rows"]] == [
        ("Ajallaan", "Aikataulussa"),
        ("Hiljainen", "Ei raporttia"),
        ("Myöhäinen", "Myöhässä"),
        ("Vanhentunut", "Ei raporttia"),
    ]
    assert f'href="/hankkeet/{projects[0].code}/seuranta/"' in page.text
    assert f'href="/hankkeet/{projects[1].code}/"' in page.text
    assert "<small>9/2025</small>" in page.text


def test_all_reports_come_as_one_table(client, projects):
    hidden = a_draft("Salainen")
    hidden.portfolios.add(a_portfolio())
    text = b"".join(client.get(f"{PATH}raportit.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Hanke"] for row in rows] == ["Ajallaan", "Myöhäinen", "Vanhentunut"]
    assert rows[1]["Tila"] == "Viivästynyt"
    assert rows[1]["Raportointijakson tilanne"] == "Kirjoita: eero(at)example.fi"
    assert rows[1]["Kuukaudet"] == "9/2025"
    assert (rows[1]["Jakso alkaa"], rows[1]["Miten etenee"]) == ("1.1.2025", "Myöhässä")
    told = json.loads(b"".join(client.get(f"{PATH}raportit.json")))
    assert [row["project"] for row in told["measures"]] == ["Ajallaan", "Myöhäinen", "Vanhentunut"]
    assert told["measures"][1] == told["measures"][1] | {
        "period_end": "2025-06-30",
        "standing": "late",
        "state": "late",
        "status": "Kirjoita: eero(at)example.fi",
        "months": ["2025-09"],
        "first_month": "2025-09-01",
        "number_of_months": 1,
    }
    assert client.get(f"{PATH}raportit.pdf").status_code == 404


def test_the_workbook_holds_true_dates_and_numbers(client, projects):
    file = io.BytesIO(b"".join(client.get(f"{PATH}raportit.xlsx")))
    sheet = load_workbook(file).active
    heads, first, *_others = sheet.iter_rows(values_only=True)
    row = dict(zip(heads, first, strict=True))
    assert row["Jakso päättyy"].date().isoformat() == "2025-06-30"
    assert row["Ensimmäinen kuukausi"].date().isoformat() == "2025-09-01"
    assert row["Kuukausia"] == 1
    assert row["Hanke"] == "Ajallaan"


@pytest.mark.parametrize(("kind", "number"), [("csv", 3), ("json", 3), ("xlsx", 3)])
def test_a_table_takes_as_many_queries_for_many_projects(
    client, projects, django_assert_num_queries, kind, number
):
    for count in (0, 25):
        for each in range(count):
            reporting(f"Lisä {each}")
        with django_assert_num_queries(number):
            assert b"".join(client.get(f"{PATH}raportit.{kind}"))


def test_the_page_takes_as_many_queries_for_many_projects(
    client, projects, django_assert_num_queries
):
    with django_assert_num_queries(3):
        client.get(PATH)
    for number in range(25):
        reporting(f"Lisä {number}")
    with django_assert_num_queries(3):
        assert 'href="?sivu=2"' in client.get(PATH).text


def test_the_portfolio_leads_to_its_monitoring_where_there_is_any(client):
    portfolio = a_portfolio()
    assert "seuranta/" not in client.get(portfolio.get_absolute_url()).text
    assert client.get(PATH).status_code == 200
    assert PATH not in client.get("/sitemap-salkkujen-seurannat.xml").text
    reporting("Ajallaan")
    assert PATH in client.get(portfolio.get_absolute_url()).text
    assert PATH in client.get("/sitemap-salkkujen-seurannat.xml").text


def test_a_former_name_leads_to_the_page_and_no_name_to_none(client):
    portfolio = a_portfolio()
    portfolio.name = "Uusi salkku"
    portfolio.save()
    assert client.get(PATH).url == "/salkut/uusi-salkku/seuranta/"
    assert client.get("/salkut/ei-ole/seuranta/").status_code == 404
