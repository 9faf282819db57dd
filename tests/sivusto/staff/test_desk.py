"""The staff's start page: what waits for the one who has logged in, and the ways to mend it."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hankkeet.models import Look, Project, Publication
from sivusto.desk.lists import BY_NAME
from tests.builders import a_message, a_portfolio, a_project, a_ready_draft, a_whole_card
from tests.sivusto.reminders.builders import LONG_AGO, a_silent_card
from tests.sivusto.staff.helpers import (
    a_coordinator,
    a_manager,
    a_superuser,
    a_viewer,
    opened,
)

pytestmark = pytest.mark.django_db
START = reverse("admin:index")


def table(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def coordinator(client):
    user = a_coordinator(a_portfolio())
    client.force_login(user)
    return user


def confirm(client, project, **fields):
    address = reverse("admin:hankkeet_project_confirm", args=[project.pk])
    return client.post(address, fields, follow=True)


def test_each_waiting_list_shows_its_number_first_rows_and_the_way_to_all(client, coordinator):
    for number in range(7):
        a_ready_draft(f"Odottava {number}", publication=Publication.IN_REVIEW)
    page = client.get(START)
    assert 'href="#tarkastettavana"><b>7</b>' in page.text
    assert page.text.count("Odottava ") == 5
    assert reverse("admin:desk_list", args=["tarkastettavana"]) in page.text
    assert reverse("admin:desk_csv", args=["tarkastettavana"]) in page.text
    whole = client.get(reverse("admin:desk_list", args=["tarkastettavana"])).text
    assert whole.count("Odottava ") == 7


def test_when_nothing_waits_the_page_says_so(client, coordinator):
    page = client.get(START).text
    assert "Kaikki kunnossa" in page
    assert "desk-glance" not in page
    empty = client.get(reverse("admin:desk_list", args=["hiljaiset"]))
    assert "Kaikki kunnossa" in empty.text


def test_a_viewer_has_no_desk_but_sees_the_map_and_her_tables(client):
    client.force_login(a_viewer())
    a_silent_card()
    page = client.get(START).text
    assert ("Kaikki kunnossa" in page, "Hiljainen" in page) == (False, False)
    assert reverse("admin:silence") in page
    assert reverse("admin:hankkeet_project_changelist") in page
    for name in BY_NAME:
        for address in ("desk_list", "desk_csv"):
            assert client.get(reverse(f"admin:{address}", args=[name])).status_code == 403


def test_the_start_page_takes_as_many_queries_for_many_cards_as_for_few(client):
    client.force_login(a_superuser())
    counts = []
    for number in range(1, 4):
        for each in range(number**2):
            card = a_silent_card(f"Hiljainen {number} {each}")
            a_message(card)
            a_ready_draft(f"Odottava {number} {each}", publication=Publication.IN_REVIEW)
            a_project(f"Vajaa {number} {each}")
        with CaptureQueriesContext(connection) as captured:
            client.get(START)
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_a_list_is_cut_into_pages(client, coordinator):
    projects = Project.objects.bulk_create([Project(name=f"Vajaa {n}") for n in range(120)])
    a_portfolio().projects.set(projects)
    address = reverse("admin:desk_list", args=["vajaat"])
    with CaptureQueriesContext(connection) as first:
        assert client.get(address).text.count("Vajaa ") == 50
    assert client.get(f"{address}?sivu=3").text.count("Vajaa ") == 20
    assert client.get(f"{address}?sivu=roska").status_code == 200
    with CaptureQueriesContext(connection) as last:
        client.get(f"{address}?sivu=3")
    assert len(first) == len(last)


def test_a_list_goes_to_excel_whole_and_no_cell_is_a_formula(client, coordinator):
    for number in range(7):
        card = a_silent_card(f"=HYPERLINK({number})")
    rows = table(client.get(reverse("admin:desk_csv", args=["hiljaiset"])))
    assert rows[0][:2] == ["Tunnus", "Hankkeen nimi"]
    assert rows[0][-2:] == ["Katsottu viimeksi", "Hiljaa alkaen"]
    assert len(rows) == 8
    assert rows[7][:2] == [card.code, "'=HYPERLINK(6)"]
    assert rows[7][-2:] == ["", "1.1.2025"]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_list_has_its_page_and_its_table(client, coordinator, name):
    a_message(a_silent_card())
    a_ready_draft(publication=Publication.IN_REVIEW)
    assert client.get(reverse("admin:desk_list", args=[name])).status_code == 200
    assert len(table(client.get(reverse("admin:desk_csv", args=[name])))) >= 1


def test_a_list_that_is_not_there_is_not_found(client, coordinator):
    for address in ("desk_list", "desk_csv"):
        assert client.get(reverse(f"admin:{address}", args=["muu"])).status_code == 404


def test_one_click_on_the_desk_confirms_a_card_and_comes_back(client, coordinator):
    card = a_silent_card()
    page = confirm(client, card, next=START)
    assert page.redirect_chain[0][0] == START
    assert "Vahvistettu: kortilla ”Hiljainen” ei ole muutettavaa." in page.text
    look = Look.objects.get()
    assert (look.project, look.by, look.kind) == (card, coordinator, "confirmed")
    assert 'id="hiljaiset"' not in page.text


def test_the_button_comes_with_its_mark_and_does_nothing_without_it(coordinator):
    card = a_silent_card()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(coordinator)
    address = reverse("admin:hankkeet_project_confirm", args=[card.pk])
    assert careful.post(address).status_code == 403
    for page in (START, reverse("admin:hankkeet_project_change", args=[card.pk])):
        text = careful.get(page).text
        form = text[text.index(f'action="{address}"') :]
        mark = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        assert careful.post(address, {"csrfmiddlewaretoken": mark}).status_code == 302
    assert Look.objects.count() == 2


def test_confirming_leads_nowhere_else(client, coordinator):
    card = a_silent_card()
    page = confirm(client, card, next="https://pahis.example/")
    assert page.redirect_chain[0][0] == reverse("admin:hankkeet_project_change", args=[card.pk])


def test_a_look_at_the_address_of_the_button_changes_nothing(client, coordinator):
    card = a_silent_card()
    address = reverse("admin:hankkeet_project_confirm", args=[card.pk])
    assert client.get(address).status_code == 302
    assert not Look.objects.exists()


def test_a_manager_confirms_her_public_card_and_no_other(client):
    mine, others = a_silent_card("Oma"), a_silent_card("Toisen")
    client.force_login(a_manager(mine))
    confirm(client, mine)
    assert confirm(client, others).status_code == 403
    assert list(Look.objects.values_list("project", flat=True)) == [mine.pk]


def test_saving_a_card_by_hand_is_a_look_at_it(client, coordinator):
    card = a_silent_card()
    address = reverse("admin:hankkeet_project_change", args=[card.pk])
    client.post(address, opened(client.get(address)))
    look = Look.objects.get()
    assert (look.project, look.by, look.kind) == (card, coordinator, "saved")


def test_saving_a_proposal_is_a_look_at_the_card_and_a_refused_form_is_none(client):
    card = a_silent_card()
    client.force_login(a_manager(card))
    address = reverse("admin:hankkeet_project_revision", args=[card.pk])
    fields = opened(client.get(address))
    client.post(address, fields | {"name": ""})
    assert not Look.objects.exists()
    client.post(address, fields | {"name": "Uusi nimi"})
    assert Look.objects.get().project == card


def test_approving_a_card_is_a_look_at_it_and_returning_it_is_none(client, coordinator):
    for move, looks in (("returned", 0), ("published", 1)):
        card = a_ready_draft(publication=Publication.IN_REVIEW)
        address = reverse("admin:hankkeet_project_move", args=[card.pk])
        client.post(address, {"move": move, "note": "Syy"})
        assert card.looks.count() == looks, move


def test_the_form_tells_three_facts_and_when_they_do_not_agree(client, coordinator):
    card = a_whole_card(planned_end_date="2025-06-30")
    Look.objects.create(project=card, by=coordinator, kind="saved", at=LONG_AGO)
    page = client.get(reverse("admin:hankkeet_project_change", args=[card.pk])).text
    for fact in ("Käynnissä", "päättynyt 30.6.2025", "1.1.2025 · koordinaattori"):
        assert f"<dd>{fact}</dd>" in page
    assert "Vaihe ja kalenteri ovat eri mieltä" in page
    Project.objects.update(phase="ended")
    page = client.get(reverse("admin:hankkeet_project_change", args=[card.pk])).text
    assert "eri mieltä" not in page


def test_the_form_of_who_only_looks_has_no_button(client):
    card = a_silent_card()
    client.force_login(a_viewer())
    page = client.get(reverse("admin:hankkeet_project_change", args=[card.pk])).text
    assert "Katsottu viimeksi" in page
    assert "Ei muutosta" not in page
