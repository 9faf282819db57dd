"""The map of silence on the staff's screen."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hankkeet.models import Look, Project
from tests.builders import a_portfolio, a_whole_card
from tests.clock import clock_at
from tests.sivusto.staff.helpers import a_viewer

pytestmark = pytest.mark.django_db
MAP, TABLE = reverse("admin:silence"), reverse("admin:silence_csv")
NOW = "2026-11-26T10:00"


@pytest.fixture
def viewer(client):
    user = a_viewer()
    client.force_login(user)
    return user


def a_card(name="Kortti", portfolio="Arjen salkku"):
    project = a_whole_card(name)
    project.portfolios.set([a_portfolio(portfolio)])
    Project.objects.filter(pk=project.pk).update(published_at="2026-01-01T12:00Z")
    return project


def test_a_year_is_shown_unless_other_months_are_asked_for(client, viewer):
    a_card()
    with clock_at(NOW):
        page = client.get(MAP)
        assert [month.month for month in page.context["months"]] == [12, *range(1, 12)]
        page = client.get(f"{MAP}?alku=2026-03&loppu=5/2026")
    assert [month.month for month in page.context["months"]] == [3, 4, 5]
    assert 'value="2026-03"' in page.text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("alku=maaliskuu", "Kirjoita kuukausi muodossa 2026-03 tai 3/2026."),
        ("alku=2026-13", "Kirjoita kuukausi muodossa"),
        ("alku=2026-05&loppu=2026-03", "Ensimmäinen kuukausi on viimeisen jälkeen."),
        ("alku=2026-10&loppu=2027-01", "Viimeinen kuukausi on vasta tulossa."),
        ("alku=1990-01&loppu=2026-01", "Valitse enintään 60 kuukautta."),
        ("alku=%00", ""),
    ],
)
def test_wrong_months_are_told_kindly_and_a_year_shown(client, viewer, query, told):
    a_card()
    with clock_at(NOW):
        page = client.get(f"{MAP}?{query}")
    assert page.status_code in (200, 400)
    assert told in page.text
    if told:
        assert len(page.context["months"]) == 12


def test_numbers_say_all_that_colours_say(client, viewer):
    project = a_card()
    a_card("Toinen")
    Look.objects.create(project=project, kind="confirmed", at="2026-10-10T12:00Z")
    with clock_at(NOW):
        page = client.get(f"{MAP}?alku=2026-10&loppu=2026-11").text
    assert '<td class="level-2"><b>1<span class="of">/2</span></b>' in page
    assert '<td class="level-4"><b>2<span class="of">/2</span></b>' in page
    assert page.count('scope="row"') == 1
    assert "kesken" in page


def test_the_table_holds_every_month_of_every_portfolio(client, viewer):
    a_card()
    a_card("Toinen", "=Muu salkku")
    with clock_at(NOW):
        answer = client.get(f"{TABLE}?alku=2026-10&loppu=2026-11")
        text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows[0] == ["Salkku", "Kuukausi", "Kortteja", "Raportoitu", "Vahvistettu", "Hiljaa"]
    assert ["'=Muu salkku", "10/2026", "1", "0", "0", "1"] in rows
    assert len(rows) == 5


def test_without_cards_the_page_says_so(client, viewer):
    assert "Ei kortteja" in client.get(MAP).text


def test_the_page_takes_as_many_queries_for_many_cards_as_for_few(client, viewer):
    counts = []
    for number in (1, 8):
        for each in range(number):
            a_card(f"{number} {each}", f"Salkku {number} {each}")
        with CaptureQueriesContext(connection) as captured:
            client.get(MAP)
        counts.append(len(captured))
    assert counts[0] == counts[1]
