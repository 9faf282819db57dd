"""Who writes a new card is shown what there is already."""

import re

import pytest
from django.urls import reverse

from hankkeet.models import Project
from sivusto.search.index import catch_up
from tests import hostile
from tests.builders import a_draft, a_project, successor_of
from tests.sivusto.staff.helpers import (
    a_coordinator,
    a_manager,
    a_member,
    a_superuser,
    a_viewer,
)

pytestmark = pytest.mark.django_db
TYPED = reverse("admin:hankkeet_project_similar")
ADD = reverse("admin:hankkeet_project_add")


def form_of(project):
    return reverse("admin:hankkeet_project_change", args=[project.pk])


@pytest.fixture
def register():
    for index in range(12):
        a_project(f"Venevalkama {index}")
    a_project("Tekoäly lastensuojelussa")
    a_draft("Lastensuojelun tekoälykokeilu")
    catch_up()


def test_a_name_being_typed_finds_public_cards_and_drafts(client, register):
    client.force_login(a_manager())
    text = client.post(TYPED, {"name": "Lastensuojelun uusi tekoäly"}).text
    assert "2 samankaltaista hanketta on jo" in text
    assert "Tekoäly lastensuojelussa" in text
    assert re.search(r"Lastensuojelun tekoälykokeilu.*· luonnos ·", text, re.DOTALL)
    assert "Molemmissa: lastensuojelu, tekoäly" in text
    assert "Venevalkama" not in text


def test_a_summary_being_typed_is_looked_at_too(client, register):
    client.force_login(a_manager())
    text = client.post(TYPED, {"name": "Apu", "text": "<p>Lastensuojelua</p>"}).text
    assert "Tekoäly lastensuojelussa" in text


def test_a_word_that_only_a_draft_has_finds_it(client, register):
    a_draft("Kaupunkimetsä")
    client.force_login(a_manager())
    assert "Kaupunkimetsä</a>" in client.post(TYPED, {"name": "Kaupunkimetsän hoito"}).text.replace(
        '<span class="visually-hidden"> (avautuu uuteen välilehteen)</span>', ""
    )


@pytest.mark.parametrize("name", ["", "  ", "Te", "Aivan muuta asiaa", "hankkeen kehittäminen"])
def test_where_nothing_is_alike_nothing_is_said(client, register, name):
    client.force_login(a_manager())
    assert client.post(TYPED, {"name": name}).text.strip() == ""


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (a_superuser, 200),
        (a_coordinator, 200),
        (a_manager, 200),
        (a_viewer, 200),
        (a_member, 403),
        (None, 302),
    ],
)
def test_only_who_sees_cards_may_ask(client, register, person, status):
    if person:
        client.force_login(person())
    response = client.post(TYPED, {"name": "Lastensuojelun tekoäly"})
    assert response.status_code == status
    assert ("tekoälykokeilu" in response.text) is (status == 200)


def test_it_is_asked_by_post_only(client, register):
    client.force_login(a_manager())
    assert client.get(TYPED, {"name": "Lastensuojelun tekoäly"}).status_code == 405


def test_hostile_words_do_no_harm(client, register):
    client.force_login(a_manager())
    for text in [*hostile.queries(40, seed=5), "\0", "<script>alert(1)</script> tekoäly"]:
        answer = client.post(TYPED, {"name": text, "text": text})
        assert answer.status_code == 200
        assert "<script" not in answer.text


def test_a_new_form_has_the_place_for_them_and_an_old_one_has_not(client):
    client.force_login(a_superuser())
    assert f'data-address="{TYPED}" hidden' in client.get(ADD).text
    text = client.get(form_of(a_project())).text
    assert "similar-live" not in text
    assert "similar.js" not in text


def test_without_a_script_they_are_shown_after_the_first_save(client, register):
    client.force_login(a_superuser())
    text = client.get(form_of(Project.objects.get(name="Lastensuojelun tekoälykokeilu"))).text
    panel = text[text.index("similar-heading") :]
    assert "Tekoäly lastensuojelussa" in panel
    assert "Venevalkama" not in panel[: panel.index("</section>")]


def test_a_card_tells_staff_its_chain_with_drafts(client):
    client.force_login(a_superuser())
    first = a_project("Alku")
    successor_of(first, "Jatkon luonnos", publication="draft", planned_cost=None)
    text = client.get(form_of(first)).text
    panel = text[text.index("chain-heading") :]
    assert "2 hanketta 2024–2026, yhteensä <b>120\xa0000\xa0€</b>; yhdeltä" in panel
    assert re.search(r"Jatkon luonnos</a>.*jatko · käynnissä · luonnos.*summa puuttuu", panel, re.S)
