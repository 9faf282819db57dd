"""What projects left behind: on the card, in its past and history, and as a list of its own."""

import csv
import io
import json
from datetime import date

import pytest
from django.utils import timezone

from hankkeet.models import Phase, Project, Result
from hankkeet.models.version import Version
from sivusto.editing.values import read, write
from sivusto.history.recording import record
from sivusto.search.index import catch_up
from tests.builders import a_draft, a_portfolio, a_project, a_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return a_project(phase=Phase.ENDED, actual_end_date=date(2025, 12, 31))


def test_the_card_tells_what_is_left_and_where(client, card):
    assert "Mitä jäi" not in client.get(card.get_absolute_url()).text
    a_result(card, url="https://www.example.fi/malli")
    text = client.get(card.get_absolute_url()).text
    for words in (
        "<h2>Mitä jäi</h2>",
        '<a href="https://www.example.fi/malli">Kirjastoauton reittimalli</a>',
        "Käytössä",
        "tarkistettu 15.1.2026",
        "Pääkirjasto",
        "Vastuutaho: <span>Kirjastopalvelut</span>",
    ):
        assert words in text


def test_an_e_mail_address_in_a_result_is_not_for_gathering(client, card):
    a_result(card, owner="kysy: aino@example.fi")
    for path in (card.get_absolute_url(), "/tulokset/"):
        text = client.get(path).text
        assert "aino(at)example.fi" in text
        assert "aino@example.fi" not in text


def test_results_are_in_versions_and_their_changes_are_told(client, card):
    result = a_result(card)
    record([card])
    Result.objects.filter(pk=result.pk).update(state="moved", owner="Museo")
    a_result(card, "Opas", state="unknown")
    assert record([card]) == 1
    text = client.get(f"{card.get_absolute_url()}muutokset/").text
    assert "tila muuttui: Kirjastoauton reittimalli, käytössä → siirtyi." in text
    assert "vastuutaho muuttui: Kirjastoauton reittimalli, Kirjastopalvelut → Museo." in text
    assert "tulos lisättiin: Opas, ei tietoa." in text


def test_the_card_of_a_past_day_shows_the_results_of_that_day(client, card):
    result = a_result(card)
    record([card])
    Version.objects.update(published_at=timezone.now() - timezone.timedelta(days=9))
    result.delete()
    record([card])
    day = (timezone.localdate() - timezone.timedelta(days=3)).isoformat()
    assert "Kirjastoauton reittimalli" in client.get(f"{card.get_absolute_url()}?pvm={day}").text
    assert "Kirjastoauton reittimalli" not in client.get(card.get_absolute_url()).text


def test_a_version_from_before_results_makes_no_new_one(card):
    record([card])
    old = Version.objects.get()
    content = {key: part for key, part in old.changes.items() if not key.startswith("results")}
    Version.objects.filter(pk=old.pk).update(schema=1, changes=content, digest="")
    assert record([card]) == 0
    a_result(card)
    assert record([card]) == 1


def test_a_proposal_carries_results(card):
    result = a_result(card)
    values, key = read(card.pk), result.pk
    result.delete()
    write(card.pk, values)
    again = Result.objects.get(pk=key)
    assert (again.name, again.answered_on) == (result.name, result.answered_on)


def test_the_card_as_data_tells_its_results(client, card):
    a_result(card, owner="kysy: aino@example.fi")
    (result,) = client.get(f"{card.get_absolute_url()}kortti.json").json()["results"]
    assert result == {
        "name": "Kirjastoauton reittimalli",
        "state": "in_use",
        "checked_on": "2026-01-15",
        "place": "Pääkirjasto",
        "url": "",
        "owner": "kysy: aino(at)example.fi",
    }


def test_a_card_is_found_by_what_it_left(client, card):
    catch_up()
    a_result(card, "Palvelumuotoilun opas")
    assert card.name in client.get("/hankkeet/?q=palvelumuotoilu").text


def names(client, query=""):
    data = b"".join(client.get(f"/tulokset/luettelo.json{query}"))
    return [row["name"] for row in json.loads(data)["results"]]


def test_the_list_holds_what_is_in_use_the_last_checked_first(client, card):
    a_result(card, "Vanha", answered_on=date(2025, 1, 1))
    a_result(card, "Uusi", state="moved")
    a_result(card, "Loppunut", state="ended")
    a_result(a_draft(), "Salainen")
    assert names(client) == ["Uusi", "Vanha"]
    text = client.get("/tulokset/").text
    assert text.index("Uusi") < text.index("Vanha")
    assert "Loppunut" not in text
    assert "<b>2</b> tulosta" in text


def test_the_list_is_narrowed_to_a_portfolio(client, card):
    card.portfolios.add(a_portfolio("Digisalkku"))
    a_result(card, "Digin opas")
    a_result(a_project("Toinen"), "Muu opas")
    assert names(client, "?salkku=digisalkku") == ["Digin opas"]
    text = client.get("/tulokset/?salkku=digisalkku").text
    assert "Digin opas" in text
    assert "Muu opas" not in text
    assert '<option value="digisalkku" selected>' in text


@pytest.mark.parametrize("slug", ["ei-ole", "ä" * 900, "%27"])
def test_an_unknown_portfolio_gets_a_kind_message(client, card, slug):
    a_result(card)
    text = client.get(f"/tulokset/?salkku={slug}").text
    assert "Salkkua ei löydy." in text
    assert "Kirjastoauton reittimalli" in text


def test_the_list_as_csv_opens_in_excel_and_holds_no_formula(client, card):
    a_result(card, "=1+1", url="https://www.example.fi/")
    data = b"".join(client.get("/tulokset/luettelo.csv")).decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(data, newline=""), delimiter=";")
    found = dict(zip(heading, row, strict=True))
    assert found["Tulos"] == "'=1+1"
    assert found["Tarkistettu"] == "15.1.2026"
    assert found["Hankkeen tunnus"] == card.code


def test_the_list_is_paged_and_asks_the_same_however_long(client, card, django_assert_num_queries):
    for number in range(60):
        a_result(card, f"Tulos {number:02}")
    with django_assert_num_queries(3):
        text = client.get("/tulokset/?sivu=2").text
    assert text.count("Tulos ") == 10
    Result.objects.filter(name__gt="Tulos 54").delete()
    with django_assert_num_queries(3):
        client.get("/tulokset/?sivu=2")


def test_the_ways_to_the_list(client, card):
    portfolio = a_portfolio()
    card.portfolios.add(portfolio)
    address = f"/tulokset/?salkku={portfolio.slug}"
    assert address not in client.get(portfolio.get_absolute_url()).text
    a_result(card)
    assert address in client.get(portfolio.get_absolute_url()).text
    assert 'href="/tulokset/"' in client.get("/").text
    assert "/tulokset/</loc>" in client.get("/sitemap-sivut.xml").text


def test_lists_of_projects_name_what_is_in_use_as_data(client, card):
    a_result(card)
    a_result(card, "Loppunut", state="ended")
    data = json.loads(b"".join(client.get("/hankkeet/luettelo.json")))
    assert data["projects"][0]["results_in_use"] == ["Kirjastoauton reittimalli"]
    assert Project.objects.count() == 1
