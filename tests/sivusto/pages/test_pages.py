"""The pages around the list and the card say what they should, at 0, 5 and 50 rows."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Project
from salkut.models import Portfolio
from sivusto.figures.counting import count_changes
from sivusto.pages.sitemap import Cards
from sivusto.search.bitmaps.keeper import keeper
from tests.builders import a_draft, a_funder, a_portfolio, a_project, a_share

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/salkut/",
    "/hankkeet/",
    "/rahoittajat/",
    "/tulokset/",
    "/saavutettavuus/",
    "/tietosuoja/",
]
NBSP = "\xa0"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_every_page_opens_on_an_empty_register(client, path, language):
    response = client.get(language + path)
    assert response.status_code == 200
    assert f'<html lang="{language[1:] or "fi"}">' in response.text


def test_the_front_page_counts_only_what_is_public(client):
    portfolio = a_portfolio()
    for project in (a_project("Julkinen"), a_draft("Luonnos")):
        project.portfolios.add(portfolio)
    text = client.get("/").text
    assert "<b>yksi</b> hanke" in text
    assert "Luonnos" not in text


def test_a_portfolio_tells_its_sum_and_what_the_sum_lacks(client):
    portfolio = a_portfolio(owner="Sivistysjohtaja")
    for cost in (Decimal(1_000_000), Decimal("500.50"), None):
        a_project(f"Hanke {cost}", planned_cost=cost).portfolios.add(portfolio)
    text = client.get(portfolio.get_absolute_url()).text
    assert f"<b>1{NBSP}000{NBSP}500,50{NBSP}€</b>; yhdeltä hankkeelta summa puuttuu" in text
    assert "Sivistysjohtaja" in text


def test_a_portfolios_projects_stand_on_a_line_and_in_a_table(client):
    portfolio = a_portfolio()
    a_project("Pitkä hanke", planned_end_date=None).portfolios.add(portfolio)
    a_project("Aluton", actual_start_date=None).portfolios.add(portfolio)
    text = client.get(portfolio.get_absolute_url()).text
    svg = text[text.index("<svg") : text.index("</svg>")]
    assert "Pitkä hanke" in svg
    assert "Aluton" not in svg
    assert '<th scope="row"><a href="/hankkeet/' in text


def test_a_renamed_portfolio_answers_at_its_former_address(client):
    portfolio = a_portfolio("Vanha salkku")
    portfolio.name = "Uusi salkku"
    portfolio.save()
    response = client.get("/salkut/vanha-salkku/")
    assert (response.status_code, response.url) == (301, "/salkut/uusi-salkku/")


def test_a_funder_does_not_pay_twice_for_what_was_first_planned(client):
    project = a_project()
    a_share(project, amount=Decimal(100), stage="planned")
    a_share(project, amount=Decimal(80), stage="actual")
    text = client.get("/rahoittajat/").text
    assert '<td class="n">80</td>' in text


def test_a_funders_page_sums_by_programme_and_by_year(client):
    for year, programme in ((2023, "Kaste"), (2024, "Kaste"), (2024, "Toinen")):
        project = a_project(f"{programme} {year}", actual_start_date=date(year, 1, 1))
        a_share(project, programme=programme, amount=Decimal(1000))
    text = client.get(a_funder().get_absolute_url()).text
    assert '<th scope="row">Kaste</th><td class="n">2</td><td class="n">2\xa0000</td>' in text
    assert '<th scope="row">2023</th><td class="n">1</td><td class="n">1\xa0000</td>' in text


def test_a_funder_of_drafts_only_has_no_page(client):
    a_share(a_draft(), amount=Decimal(1))
    assert client.get(a_funder().get_absolute_url()).status_code == 404


@pytest.mark.parametrize("path", ["/", "/salkut/", "/rahoittajat/", "portfolio", "funder"])
def test_no_page_asks_the_database_for_each_row(client, path, django_assert_max_num_queries):
    def fill(number):
        for index in range(number):
            project = a_project(f"Hanke {number} {index}")
            project.portfolios.add(a_portfolio(), a_portfolio(f"Salkku {number} {index}"))
            a_share(project, amount=Decimal(10), programme="Ohjelma")
            a_share(project, f"Rahoittaja {number} {index}", amount=Decimal(10))
        count_changes()

    fill(2)
    address = {
        "portfolio": a_portfolio().get_absolute_url(),
        "funder": a_funder().get_absolute_url(),
    }.get(path, path)
    with django_assert_max_num_queries(8) as few:
        client.get(address)
    fill(30)
    with django_assert_max_num_queries(len(few)):
        assert client.get(address).status_code == 200


@pytest.fixture
def _bitmaps():
    yield
    keeper.forget()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_bitmaps")
def test_the_list_of_the_public_takes_four_queries(client, django_assert_max_num_queries):
    for number in range(25):
        a_share(a_project(f"Hanke {number}"), amount=Decimal(10), programme="Ohjelma")
    keeper.build()
    client.get("/hankkeet/")
    with django_assert_max_num_queries(4):
        assert "25 hanketta" in client.get("/hankkeet/").text


def test_the_list_asked_by_sql_does_not_ask_for_each_row(client, django_assert_num_queries):
    def fill(number):
        for index in range(number):
            a_share(a_project(f"Hanke {number} {index}"), amount=Decimal(10), programme="Ohjelma")

    fill(2)
    with CaptureQueriesContext(connection) as few:
        client.get("/hankkeet/")
    fill(30)
    with django_assert_num_queries(len(few)):
        assert client.get("/hankkeet/").status_code == 200


def test_an_unknown_address_gets_a_kind_page_with_search(client):
    response = client.get("/hankkeet/ei-ole/")
    assert response.status_code == 404
    assert "Sivua ei löydy" in response.text
    assert 'type="search"' in response.text


def test_the_error_page_needs_nothing_that_may_be_broken(rf):
    from django.views.defaults import server_error

    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "häiriö" in response.text


def test_robots_and_sitemap_know_the_public_cards(client):
    public, draft = a_project(), a_draft()
    assert "Disallow: /yllapito/" in client.get("/robots.txt").text
    sitemap = whole_sitemap(client)
    assert public.get_absolute_url() in sitemap
    assert draft.code not in sitemap


def whole_sitemap(client):
    """The text of all parts that the index names."""
    index = client.get("/sitemap.xml").text
    return "".join(
        client.get(at).text for at in re.findall(r"<loc>https?://[^/]+(.*?)</loc>", index)
    )


def test_a_big_sitemap_comes_in_parts_that_hold_each_card_once(
    client, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(Cards, "limit", 3)
    for number in range(7):
        a_project(f"Hanke {number}")
    index = client.get("/sitemap.xml").text
    assert index.count("/sitemap-hankkeet.xml") == 3
    assert "/sitemap-hankkeet.xml?p=3<" in index
    codes = re.findall(r"/hankkeet/(H\d+)/<", whole_sitemap(client))
    assert sorted(codes) == sorted(Project.objects.values_list("code", flat=True))
    assert client.get("/sitemap-hankkeet.xml?p=4").status_code == 404
    assert client.get("/sitemap-muut.xml").status_code == 404
    with django_assert_max_num_queries(9):
        client.get("/sitemap.xml")


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/", "/hankkeet/", None])
def test_whole_addresses_are_the_sites_own_whatever_name_it_was_called_by(
    client, settings, address
):
    settings.PUBLIC_ADDRESS = "https://hankkeet.example.fi"
    response = client.get(address or a_project().get_absolute_url(), HTTP_HOST="localhost:8123")
    assert "https://hankkeet.example.fi/" in response.text
    assert "localhost" not in response.text


def test_content_keeps_its_language_on_a_swedish_page(client):
    a_portfolio("Hyvä arki")
    assert '<h2 lang="fi">' in client.get("/sv/salkut/").text
    assert Portfolio.objects.count() == 1


def test_staff_texts_name_the_municipality_of_the_settings(client, settings):
    settings.MUNICIPALITY = "Toisen kylän kunta"
    text = client.get("/tietosuoja/").text
    assert "Toisen kylän kunta" in text
    assert "{kunta}" not in text


def test_a_form_that_holds_too_much_is_told_of(client):
    response = client.post("/yllapito/login/", {f"osa-{number}": "x" for number in range(21_000)})
    assert response.status_code == 400
    assert "tietoja lähetettiin kerralla liikaa" in response.text


@pytest.mark.parametrize("name", ["portfolio", "funder"])
def test_every_page_of_a_long_list_shows_what_is_there_in_one_order(client, name):
    for index in range(47):
        start = None if index % 9 == 0 else date(2020, 1 + index % 5, 1)
        project = a_project(f"Hanke {index:02d}.", actual_start_date=start)
        project.portfolios.add(a_portfolio())
        a_share(project, amount=Decimal(index))
    address = {"portfolio": a_portfolio(), "funder": a_funder()}[name].get_absolute_url()
    shown = []
    for page in (1, 2, 3):
        text = client.get(f"{address}?sivu={page}").text
        text = text[text.rindex("<h2") :]
        shown.append(re.findall(r"Hanke \d\d\.", text))
    assert [len(names) for names in shown] == [20, 20, 7]
    by_start = Project.objects.order_by(F("start_date").desc(nulls_last=True), "-pk")
    assert [name for names in shown for name in names] == [project.name for project in by_start]
    assert client.get(f"{address}?sivu=99").text.count("Hanke") >= 7


def test_many_funders_come_in_pages_the_biggest_payers_first(client, monkeypatch):
    monkeypatch.setattr("sivusto.pages.views.FUNDERS_ON_PAGE", 2)
    for number in range(5):
        a_share(a_project(), f"Rahoittaja {number}", amount=Decimal(number))
    shown = [
        re.findall(r">Rahoittaja (\d)<", client.get(f"/rahoittajat/?sivu={page}").text)
        for page in ("1", "2", "3", "99", "a")
    ]
    assert shown == [["4", "3"], ["2", "1"], ["0"], ["0"], ["4", "3"]]
