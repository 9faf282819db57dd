"""Many cards are changed at once only as was shown, by who may, and all or none."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError
from django.urls import reverse

from hankkeet.models import Contact, Phase, Project
from sivusto.editing import bulk
from sivusto.history.recording import record
from tests.builders import a_contact, a_draft, a_portfolio, a_project
from tests.sivusto.staff.helpers import a_coordinator, a_manager, a_superuser, a_viewer

pytestmark = pytest.mark.django_db
LIST = "admin:hankkeet_project_changelist"
BULK = "admin:hankkeet_project_bulk"


@pytest.fixture
def staff(client):
    user = a_superuser()
    client.force_login(user)
    return user


def preview(client, *projects, **fields):
    cards = " ".join(str(project.pk) for project in projects)
    return client.post(reverse(BULK), {"cards": cards} | fields)


def hidden(page):
    return re.search(r'name="shown" value="([^"]*)"', page.text).group(1)


def done(client, page, *projects, **fields):
    cards = " ".join(str(project.pk) for project in projects)
    more = {"cards": cards, "shown": hidden(page), "_apply": "1"}
    return client.post(reverse(BULK), more | fields, follow=True)


def told(page):
    return [str(message) for message in page.context["messages"]]


def phases():
    return dict(Project.objects.values_list("name", "phase"))


def test_the_lists_action_asks_what_to_change(client, staff):
    one, two = a_project("A"), a_draft("B")
    chosen = {"action": "change_selected", "_selected_action": [one.pk, two.pk]}
    page = client.post(reverse(LIST), chosen)
    assert "Muuta kerralla 2 korttia" in page.text
    assert f'name="cards" value="{one.pk} {two.pk}"' in page.text


def test_a_preview_tells_of_each_card_and_writes_nothing(client, staff):
    one, two = a_project("A"), a_project("B", phase=Phase.ENDED)
    text = preview(client, one, two, phase="ended").text
    assert "Käsittelyvaihe muuttui: käynnissä → päättynyt." in text
    assert "Muuttuvat (1)" in text
    assert "Ennallaan, sillä tiedot ovat jo näin (1)" in text
    assert phases() == {"A": "running", "B": "ended"}


def test_what_was_shown_is_written_logged_and_told_to_the_public(client, staff):
    one, two = a_project("A"), a_project("B")
    record([one, two])
    new, old = a_portfolio("Uusi salkku"), a_portfolio("Vanha salkku")
    one.portfolios.add(old)
    two.portfolios.add(old)
    fields = {"phase": "ended", "added": [new.pk], "removed": [old.pk], "reason": "Salkku vaihtui"}
    page = preview(client, one, two, **fields)
    for words in ("Salkku lisättiin: Uusi salkku.", "Salkku poistettiin: Vanha salkku."):
        assert page.text.count(words) == 2
    assert told(done(client, page, one, two, **fields)) == ["2 korttia muutettiin."]
    assert set(phases().values()) == {"ended"}
    assert [list(p.portfolios.all()) for p in (one, two)] == [[new], [new]]
    assert {p.versions.last().reason for p in (one, two)} == {"Salkku vaihtui"}
    assert LogEntry.objects.filter(change_message__contains="päättynyt").count() == 2
    assert "käynnissä → päättynyt" in client.get(f"{one.get_absolute_url()}muutokset/").text


def contact_of(project):
    return project.contacts.get()


def test_a_person_is_replaced_in_her_role_on_every_chosen_card(client, staff):
    one, two = a_project("A"), a_project("B")
    for project in (one, two):
        a_contact(project, share_percent=50)
    other = a_contact(two, role="Ohjausryhmän puheenjohtaja")
    task = bulk.Task.of(contact_of(one))
    fields = {
        "contact": "replace",
        "tasks": [task.key],
        "person_name": "Oiva Uusi",
        "phone": "050 000 0010",
        "visibility": "name",
    }
    page = preview(client, one, two, **fields)
    assert page.text.count("Meri Malliranta → Oiva Uusi.") == 2
    done(client, page, one, two, **fields)
    new = contact_of(one)
    assert (new.person_name, new.phone, new.email) == ("Oiva Uusi", "050 000 0010", "")
    assert (new.visibility, new.share_percent, new.unit) == ("name", None, "Kirjastopalvelut")
    assert Contact.objects.get(pk=other.pk).person_name == "Meri Malliranta"
    assert not LogEntry.objects.filter(change_message__regex="Oiva|Meri").exists()


def test_a_contact_is_added_once(client, staff):
    one, two = a_project("A"), a_project("B")
    a_contact(two, role="Viestijä", unit="", person_name="", position=4)
    fields = {"contact": "add", "role": "Viestijä"}
    page = preview(client, one, two, **fields)
    assert "Yhteyshenkilö lisättiin: Viestijä." in page.text
    done(client, page, one, two, **fields)
    assert [p.contacts.count() for p in (one, two)] == [1, 1]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Valitse, mitä muutetaan."),
        ({"contact": "replace"}, "Valitse, kenen tilalle henkilö tulee."),
        ({"contact": "add"}, "Anna yhteyshenkilölle tehtävä, yksikkö tai nimi."),
        ({"phase": "lost"}, "Korjaa alla olevat kohdat."),
    ],
)
def test_a_form_that_lacks_something_comes_back_with_all_that_was_typed(
    client, staff, fields, words
):
    text = preview(client, a_project(), unit_email="yksikko@example.fi", **fields).text
    assert words in text
    assert 'value="yksikko@example.fi"' in text


def test_the_same_portfolio_is_not_added_and_removed(client, staff):
    project, portfolio = a_project(), a_portfolio()
    project.portfolios.add(portfolio)
    fields = {"added": [portfolio.pk], "removed": [portfolio.pk]}
    assert "sekä lisätä että poistaa" in preview(client, project, **fields).text


def test_a_public_card_does_not_lose_its_last_portfolio(client, staff):
    public, draft, portfolio = a_project("A"), a_draft("B"), a_portfolio()
    public.portfolios.add(portfolio)
    draft.portfolios.add(portfolio)
    page = preview(client, public, draft, removed=[portfolio.pk])
    assert "Julkaistu kortti jäisi ilman salkkua." in page.text
    done(client, page, public, draft, removed=[portfolio.pk])
    assert (public.portfolios.count(), draft.portfolios.count()) == (1, 0)


@pytest.mark.parametrize("change", ["saved", "deleted"])
def test_nothing_is_changed_if_one_card_has_changed_since_it_was_shown(client, staff, change):
    one, two = a_draft("A"), a_draft("B")
    page = preview(client, one, two, phase="running")
    if change == "saved":
        two.name = "B muuttui"
        two.save()
    else:
        Project.objects.filter(pk=two.pk).delete()
    again = done(client, page, one, two, phase="running")
    assert "Mitään ei muutettu" in told(again)[0]
    assert phases()["A"] == "planned"
    if change == "saved":
        assert again.text.count("Kortti on muuttunut esikatselun jälkeen.") == 1


def test_all_or_none(client, staff, monkeypatch):
    one, two = a_draft("A"), a_draft("B")
    page = preview(client, one, two, phase="running")

    def fail(*args):
        raise IntegrityError

    monkeypatch.setattr(bulk, "record", fail)
    with pytest.raises(IntegrityError):
        done(client, page, one, two, phase="running")
    assert set(phases().values()) == {"planned"}


def test_a_manager_changes_her_drafts_and_is_told_of_the_others(client):
    mine, public, others = a_draft("Oma"), a_project("Julkinen"), a_draft("Muiden")
    client.force_login(a_manager(mine, public))
    page = preview(client, mine, public, others, phase="ended")
    assert "Julkaistua korttia muutat muutosehdotuksella" in page.text
    assert "Kortti ei ole sinun." in page.text
    done(client, page, mine, public, others, phase="ended")
    assert phases() == {"Oma": "ended", "Julkinen": "running", "Muiden": "planned"}


def test_a_coordinator_changes_the_cards_of_her_portfolios(client):
    portfolio, hers, others = a_portfolio(), a_project("Oma"), a_project("Muiden")
    hers.portfolios.add(portfolio)
    client.force_login(a_coordinator(portfolio))
    page = preview(client, hers, others, phase="ended")
    done(client, page, hers, others, phase="ended")
    assert phases() == {"Oma": "ended", "Muiden": "running"}


def test_rights_lost_after_the_preview_stop_it(client):
    portfolio, hers = a_portfolio(), a_project()
    hers.portfolios.add(portfolio)
    coordinator = a_coordinator(portfolio)
    client.force_login(coordinator)
    page = preview(client, hers, phase="ended")
    coordinator.coordinated_portfolios.clear()
    done(client, page, hers, phase="ended")
    assert phases() == {hers.name: "running"}


def test_a_viewer_changes_nothing(client):
    client.force_login(a_viewer())
    assert preview(client, a_draft(), phase="ended").status_code == 403


@pytest.mark.parametrize("cards", ["", "outo", "1" * 30, "1 " * 501])
def test_cards_that_make_no_sense_lead_back_to_the_list(client, staff, cards):
    response = client.post(reverse(BULK), {"cards": cards, "phase": "ended"})
    assert response.status_code == 302
    assert client.get(reverse(BULK)).status_code == 302


def test_it_costs_the_same_for_many_cards(client, staff, django_assert_max_num_queries):
    for number in range(12):
        project = a_project(f"Hanke {number}")
        a_contact(project)
    every = list(Project.objects.all())
    with django_assert_max_num_queries(30):
        page = preview(client, *every, phase="ended")
    with django_assert_max_num_queries(90):
        done(client, page, *every, phase="ended")
