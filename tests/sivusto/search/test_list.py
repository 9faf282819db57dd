"""The list answers its address: filters, order, page, and kindness to nonsense."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import ExternalKey, Implementer, Organisation, Phase, Section
from sivusto.search import passages
from sivusto.search.finnish import analyser
from sivusto.search.index import catch_up
from tests.builders import a_portfolio, a_project, a_share, a_whole_card

pytestmark = pytest.mark.django_db


def names(client, query):
    response = client.get(f"/hankkeet/{query}")
    assert response.status_code == 200
    return [project.name for project in response.context["projects"]]


@pytest.fixture
def three():
    first = a_project(
        "Alku",
        phase=Phase.ENDED,
        actual_start_date=date(2010, 1, 1),
        actual_end_date=date(2011, 1, 1),
    )
    second = a_project("Keskus", actual_start_date=date(2020, 1, 1))
    third = a_project(
        "Öljytön", phase=Phase.PLANNED, actual_start_date=None, planned_start_date=date(2026, 1, 1)
    )
    first.portfolios.add(a_portfolio("Yksi"))
    second.portfolios.add(a_portfolio("Yksi"), a_portfolio("Kaksi"))
    a_share(first, "Ministeriö", amount=Decimal(5))
    a_share(second, "Ministeriö", amount=Decimal(5))
    a_share(second, "Säätiö", amount=Decimal(5))
    return first, second, third


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Öljytön", "Keskus", "Alku"]),
        ("?vaihe=paattynyt", ["Alku"]),
        ("?vaihe=paattynyt&vaihe=suunnitteilla", ["Öljytön", "Alku"]),
        ("?salkku=yksi", ["Keskus", "Alku"]),
        ("?salkku=yksi&salkku=kaksi", ["Keskus", "Alku"]),
        ("?salkku=yksi&vaihe=kaynnissa", ["Keskus"]),
        ("?rahoittaja=ministerio&rahoittaja=saatio", ["Keskus", "Alku"]),
        ("?vuosi=2010", ["Alku"]),
        ("?vuosi=2010&vuosi=2026", ["Öljytön", "Keskus", "Alku"]),
        ("?budjetti=50-200", ["Öljytön", "Keskus", "Alku"]),
        ("?budjetti=alle-50&budjetti=ei-tiedossa", []),
        ("?vaihe=outo&vaihe=paattynyt", ["Alku"]),
        ("?salkku=outo&salkku=kaksi", ["Keskus"]),
        ("?vuosi=2010&vuosi=kaksi", ["Alku"]),
        ("?vuosi=2026", ["Öljytön", "Keskus"]),
        ("?q=kesk", ["Keskus"]),
        ("?q=%C3%96LJY", ["Öljytön"]),
        ("?q=ministeri%C3%B6+alku", ["Alku"]),
        ("?jarjestys=nimi", ["Alku", "Keskus", "Öljytön"]),
        ("?jarjestys=vanhin", ["Alku", "Keskus", "Öljytön"]),
        ("?sivu=99", ["Öljytön", "Keskus", "Alku"]),
        ("?sivu=-1", ["Öljytön", "Keskus", "Alku"]),
        ("?sivu=x", ["Öljytön", "Keskus", "Alku"]),
        ("?tuntematon=1", ["Öljytön", "Keskus", "Alku"]),
    ],
)
def test_the_address_says_what_is_listed(client, three, query, found):
    assert names(client, query) == found


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?vaihe=outo", "Vaihetta ”outo” ei ole"),
        ("?salkku=outo", "Rajausta ”outo” ei ole"),
        ("?vuosi=kaksi", "Kirjoita vuosi numeroin"),
        ("?vuosi=99999", "2100"),
        ("?vuosi=1989", "1990"),
        ("?budjetti=outo", "Rajausta ”outo” ei ole"),
        ("?ohjelma=outo", "Rajausta ”outo” ei ole"),
        ("?" + "&".join(f"vaihe={n}" for n in range(60)), "Valitse enintään 50"),
        ("?jarjestys=outo", "Järjestystä ”outo” ei ole"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_of_and_left_out(client, three, query, message):
    response = client.get(f"/hankkeet/{query}")
    assert message in response.text
    assert len(response.context["projects"]) == 3


@pytest.mark.parametrize(
    "hostile", ["%F0%28%8C%28", "';--", "%25", "\\", "a" * 5000, "<script>alert"]
)
def test_no_typed_text_breaks_the_list(client, three, hostile):
    for name in ("q", "vaihe", "salkku", "vuosi", "jarjestys", "sivu"):
        response = client.get(f"/hankkeet/?{name}={hostile}")
        assert response.status_code == 200
        assert "<script>alert" not in response.text


def test_an_address_that_no_person_types_is_refused_kindly(client):
    response = client.get("/hankkeet/?salkku=%00")
    assert response.status_code == 400
    assert "merkki" in response.text


def test_words_are_found_in_every_part_of_the_card_but_not_in_its_markup(client):
    project = a_whole_card("Kortti")
    Section.objects.create(
        project=project, heading="Hyödyt", body="<p>Lumitöitä <em>yhdessä</em></p>"
    )
    ExternalKey.objects.create(project=project, kind="case", value="JKL/5/2024")
    team = Organisation.objects.create(name="Tekniset palvelut")
    Implementer.objects.create(project=project, organisation=team)
    for words in ("lumitöitä", "hyödyt", "JKL/5/2024", "tekniset", "kaste", project.code, "arjen"):
        assert names(client, f"?q={words}") == ["Kortti"], words
    for markup in ("strong", "<p>", "li>"):
        assert names(client, f"?q={markup}") == [], markup


def test_many_projects_are_paged_and_the_filter_goes_along(client):
    for index in range(45):
        a_project(f"Hanke {index:02}")
    response = client.get("/hankkeet/?vaihe=kaynnissa&sivu=2")
    assert len(response.context["projects"]) == 20
    assert 'href="?vaihe=kaynnissa&amp;sivu=3"' in response.text
    assert 'href="?vaihe=kaynnissa"' in response.text


def test_the_sentence_tells_the_sum_of_all_pages(client):
    for index in range(25):
        a_project(f"Hanke {index}", planned_cost=Decimal(1000))
    text = client.get("/hankkeet/").text
    assert "25 hanketta; yhteensä 25\xa0000\xa0€; tilanne" in text


def test_nothing_found_helps_on(client):
    text = client.get("/hankkeet/?q=xyzzy").text
    assert "ei löytynyt yhtään hanketta" in text
    assert "Näytä kaikki hankkeet" in text


def test_a_ticked_filter_is_offered_even_when_few_use_it(client):
    for index in range(20):
        a_project(f"H{index}").portfolios.add(a_portfolio(f"Salkku {index}"))
    a_portfolio("Tyhjä salkku")
    response = client.get("/hankkeet/?salkku=tyhja-salkku")
    assert 'value="tyhja-salkku" checked' in response.text


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("?q=&jarjestys=", ""),
        ("?q=ik%C3%A4ihminen&salkku=yksi&jarjestys=", "?q=ik%C3%A4ihminen&salkku=yksi"),
        ("?vaihe=paattynyt&vaihe=&vaihe=outo", "?vaihe=paattynyt&vaihe=outo"),
    ],
)
def test_empty_parts_of_a_form_do_not_stay_in_the_address(client, three, typed, tidy):
    response = client.get(f"/hankkeet/{typed}")
    assert response.status_code == 302
    assert response.url == f"/hankkeet/{tidy}"


def test_each_filter_in_use_can_be_taken_away_by_a_link(client, three):
    text = client.get("/hankkeet/?q=keskus&salkku=yksi&vaihe=kaynnissa&vaihe=outo&sivu=1").text
    assert 'href="?q=keskus&amp;salkku=yksi" rel="nofollow"' in text
    assert 'href="?q=keskus&amp;vaihe=kaynnissa" rel="nofollow"' in text
    assert 'href="?q=keskus" rel="nofollow">Poista kaikki rajaukset' in text


def test_the_permanent_address_says_only_what_was_asked(client, three):
    text = client.get("/hankkeet/?vaihe=paattynyt&vaihe=outo&jarjestys=uusin&sivu=1").text
    assert 'hankkeet/?vaihe=paattynyt">http' in text
    assert 'luettelo.atom?vaihe=paattynyt"' in text


def test_the_usual_order_goes_by_rank_as_soon_as_there_are_words(client, three):
    for query, usual in (("", "Uusin ensin"), ("?q=keskus", "Osuvin ensin")):
        text = client.get(f"/hankkeet/{query}").text
        assert f'<option value="" selected>{usual}</option>' in text


def many_implementers(number):
    project = a_project()
    for index in range(number):
        unit = Organisation.objects.create(name=f"Yksikkö {index:03}")
        Implementer.objects.create(project=project, organisation=unit)


def test_all_values_of_a_facet_are_a_page_away_and_nothing_is_lost(client):
    many_implementers(120)
    assert "Näytä kaikki 120" in client.get("/hankkeet/").text
    address = "/hankkeet/rajaukset/toteuttaja/?q=auto&toteuttaja=yksikko-110&vaihe=kaynnissa"
    first = client.get(address).text
    assert first.count('type="checkbox"') == 100
    for name, value in (("q", "auto"), ("toteuttaja", "yksikko-110"), ("vaihe", "kaynnissa")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in first
    second = client.get(f"{address}&osa=2").text
    assert second.count('type="checkbox"') == 20
    assert 'value="yksikko-110" checked' in second
    assert 'type="hidden" name="toteuttaja"' not in second


def test_only_a_facet_has_a_page_of_values(client):
    assert client.get("/hankkeet/rajaukset/outo/").status_code == 404
    assert client.get("/hankkeet/rajaukset/rahoittaja/?vaihe=outo&osa=x").status_code == 200


def test_a_list_costs_as_many_queries_however_long_it_is(client, django_assert_max_num_queries):
    many_implementers(30)
    for index in range(25):
        a_whole_card(f"Hanke {index}")
    with django_assert_max_num_queries(17):
        client.get("/hankkeet/?vaihe=kaynnissa&toteuttaja=yksikko-001")
    with django_assert_max_num_queries(17):
        client.get("/hankkeet/?vaihe=kaynnissa")


def test_a_warmed_process_asks_for_no_analyses_of_words(client):
    Section.objects.create(project=a_project("Kummat"), body="<p>Pilkkusuolaa kaivolla.</p>")
    catch_up()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/hankkeet/?q=pilkkusuola")
        return [query for query in queries if "search_word" in query["sql"]]

    analyser.cache_clear()
    assert asked()
    analyser.cache_clear()
    passages.warm()
    assert not asked()
