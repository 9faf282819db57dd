"""A portfolio's time line shows projects and their measures, and stays light."""

import re

import pytest

from seuranta.tables import report_of
from sivusto.monitoring.timeline import LINES_ON_PAGE
from tests.builders import (
    a_draft,
    a_measure,
    a_period,
    a_portfolio,
    a_project,
    a_published_period,
    an_entry,
)
from tests.sivusto.test_weight import LIMIT, weight

pytestmark = pytest.mark.django_db
PATH = "/salkut/hyvan-arjen-salkku-2024-2028/seuranta/aikajana/"


def reporting(name, measures, months=((2025, 3),)):
    project = a_project(name)
    project.portfolios.add(a_portfolio())
    period = a_period(project, 2025)
    for number in range(measures):
        measure = a_measure(project, f"{name}: toimi {number + 1}", months=months)
        an_entry(period, measure, "Etenee.", state="running")
    period.lock(report_of(project, period))
    period.publish()
    return project


def lines(page):
    """Return each line of the grid: its address, its name, and its months in words."""
    found = re.findall(
        r'<th scope="row"><a href="([^"]*)"[^>]*>(.*?)</a> <small>(.*?)</small>', page
    )
    return [tuple(line) for line in found]


def test_measures_stand_under_their_projects_and_lead_to_their_words(client):
    first, second = reporting("Auto", 2), reporting("Reitit", 1, months=((2025, 9), (2025, 11)))
    page = client.get(PATH).text
    assert "Viimeisimmissä raporteissa: 2 hanketta, 3 toimenpidettä." in page
    assert lines(page) == [
        (f"/hankkeet/{first.code}/seuranta/", "Koko hanke", "3/2025"),
        (f"/hankkeet/{first.code}/seuranta/#t1", "Auto: toimi 1", "3/2025 · Myöhässä"),
        (f"/hankkeet/{first.code}/seuranta/#t2", "Auto: toimi 2", "3/2025 · Myöhässä"),
        (f"/hankkeet/{second.code}/seuranta/", "Koko hanke", "9/2025–11/2025"),
        (
            f"/hankkeet/{second.code}/seuranta/#t1",
            "Reitit: toimi 1",
            "9/2025, 11/2025 · Käynnissä",
        ),
    ]
    assert re.findall(r'scope="rowgroup"[^>]*>([^<]*)<', page) == ["Auto", "Reitit"]


def test_a_long_project_goes_on_on_the_next_page(client):
    project = reporting("Auto", LINES_ON_PAGE + 5)
    reporting("Reitit", 1)
    page = client.get(f"{PATH}?sivu=2").text
    assert re.findall(r'scope="rowgroup"[^>]*>([^<]*)<', page) == ["Auto (jatkuu)", "Reitit"]
    address, name, _words = lines(page)[0]
    number = LINES_ON_PAGE + 1
    assert name == f"Auto: toimi {number}"
    assert address == f"/hankkeet/{project.code}/seuranta/?sivu=3#t{number}"
    path, _, anchor = address.partition("#")
    assert f'id="{anchor}"' in client.get(path).text


def test_sixty_projects_weigh_no_more_than_a_page_may(client):
    words = "Kehitetään kotiin annettavia palveluita ja sovitaan niistä yhdessä alueen {} kanssa"
    for number in range(60):
        project = reporting(f"Palveluiden uudistamisen hanke {number}", 0)
        project.reporting_periods.all().delete()
        for each in range(6):
            title = words.format(hash((number, each)))
            a_measure(project, title, months=tuple((2024 + each % 3, m) for m in range(1, 12, 2)))
        a_published_period(project)
    assert "60 hanketta, 360 toimenpidettä" in client.get(PATH).text
    assert weight(client, PATH) <= LIMIT
    assert weight(client, f"{PATH}?sivu=9") <= LIMIT
    assert weight(client, PATH.removesuffix("aikajana/")) <= LIMIT


def test_the_page_takes_as_many_queries_for_many_projects(client, django_assert_num_queries):
    for number in range(15):
        reporting(f"Lisä {number}", 5)
        if number in (1, 14):
            with django_assert_num_queries(3):
                client.get(PATH)


def test_drafts_and_projects_without_reports_are_not_there(client):
    hidden = a_draft("Salainen")
    hidden.portfolios.add(a_portfolio())
    a_measure(hidden, "Salattu toimi", months=((2025, 3),))
    a_published_period(hidden)
    silent = a_project("Hiljainen")
    silent.portfolios.add(a_portfolio())
    page = client.get(PATH).text
    assert "ei ole julkaistu raportteja" in page
    assert "Salattu" not in page
    assert client.get("/salkut/ei-ole/seuranta/aikajana/").status_code == 404


def test_a_report_without_months_has_words_but_no_grid(client):
    reporting("Auto", 1, months=())
    page = client.get(PATH).text
    assert "Raporteissa ei ole kuukausia." in page


def test_only_finnish_words_are_marked_finnish(client):
    project = reporting("Auto", 1)
    page = client.get(f"/sv{PATH}").text
    assert f'<a href="/sv/hankkeet/{project.code}/seuranta/">Hela projektet</a>' in page
    assert f'<a href="/sv/hankkeet/{project.code}/seuranta/#t1" lang="fi">Auto: toimi 1</a>' in page
