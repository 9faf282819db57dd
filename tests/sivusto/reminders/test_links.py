"""A reminder's link: it confirms one card, once, for a month, for one person, by a button."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hankkeet.models import Look, Project, Publication
from sivusto.reminders import links
from tests.builders import a_project, a_whole_card
from tests.clock import clock_at
from tests.sivusto.staff.helpers import a_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return a_whole_card("Kirjastoauto")


@pytest.fixture
def manager(card):
    return a_manager(card)


def link(card, manager, sending="2026-11-26"):
    return reverse("confirm", args=[links.token(card.pk, manager.pk, sending)])


def test_opening_it_shows_three_facts_and_changes_nothing(client, card, manager):
    Look.objects.create(project=card, kind="saved", at="2026-05-03T12:00+03:00")
    for _ in range(2):  # a mail program, then the person
        page = client.get(link(card, manager))
        assert page.status_code == 200
    assert ("Käynnissä" in page.text, "31.12.2026 asti" in page.text) == (True, True)
    assert "3.5.2026" in page.text
    assert "<button>Ei muutosta</button>" in page.text
    assert Look.objects.count() == 1


def test_the_button_keeps_who_looked_and_how_without_signing_in(card, manager):
    anybody = Client(enforce_csrf_checks=True)
    page = anybody.post(link(card, manager))
    assert "Kiitos, vahvistettu" in page.text
    look = Look.objects.get()
    assert (look.project, look.by, look.kind) == (card, manager, "mailed")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message[:10]) == (manager, "Vahvistett")
    assert not anybody.cookies


def test_used_twice_it_is_one_look_and_says_so(client, card, manager):
    for _ in range(2):
        page = client.post(link(card, manager))
    assert "on jo vahvistettu" in page.text
    assert "<button>" not in page.text
    assert "on jo vahvistettu" in client.get(link(card, manager)).text
    assert (Look.objects.count(), LogEntry.objects.count()) == (1, 1)
    client.post(link(card, manager, "2026-12-03"))  # the next week's mail
    assert Look.objects.count() == 2


def test_it_tells_kindly_that_its_time_is_over(client, card, manager):
    with clock_at("2026-11-26T06:00"):
        address = link(card, manager)
    with clock_at("2026-12-26T05:00"):
        assert client.get(address).status_code == 200
    with clock_at("2026-12-26T07:00"):
        page = client.post(address)
    assert (page.status_code, "vanhentunut" in page.text) == (410, True)
    assert not Look.objects.exists()


def test_an_altered_link_is_refused_before_the_database_is_asked(client, card, manager):
    good = link(card, manager)
    token = good.strip("/").split("/")[-1]
    other = signing.dumps([card.pk, manager.pk, "x"], salt="another")
    payload = links.token(card.pk + 1, manager.pk, "2026-11-26").split(":")[0]
    swapped = ":".join([payload, *token.split(":")[1:]])
    for bad in (token[:-1], token[:-1] + "!", other, swapped, "x" * 5000, "ä:ö:å"):
        with CaptureQueriesContext(connection) as captured:
            page = client.post(reverse("confirm", args=[bad]))
        assert (page.status_code, len(captured)) == (404, 0), bad
        assert "muuttunut matkalla" in page.text
    assert not Look.objects.exists()


def test_it_is_good_for_its_own_card_only(client, card, manager):
    other = a_project("Toinen")
    manager.managed_projects.add(other)
    client.post(link(card, manager))
    assert list(Look.objects.values_list("project", flat=True)) == [card.pk]


@pytest.mark.parametrize(
    "happens",
    [
        lambda card, user: user.managed_projects.clear(),
        lambda card, user: user.groups.clear(),
        lambda card, user: type(user).objects.update(is_active=False),
        lambda card, user: user.delete(),
        lambda card, user: card.delete(),
    ],
    ids=["not hers", "no rights", "left", "account gone", "card gone"],
)
def test_it_is_of_no_use_to_who_may_no_longer_edit_the_card(client, card, manager, happens):
    address = link(card, manager)
    happens(card, manager)
    page = client.post(address)
    assert (page.status_code, "ei ole enää voimassa" in page.text) == (410, True)
    assert "Kirjastoauto" not in page.text
    assert not Look.objects.exists()


@pytest.mark.parametrize("publication", Publication)
def test_it_works_in_every_state_and_leads_to_the_public_card_only_if_there_is_one(
    client, card, manager, publication
):
    Project.objects.update(publication=publication)
    page = client.post(link(card, manager))
    assert Look.objects.count() == 1
    is_public = publication == Publication.PUBLISHED
    assert (f'href="{card.get_absolute_url()}"' in page.text) == is_public


def test_a_phase_at_odds_with_the_calendar_is_said_before_it_is_confirmed(client, card, manager):
    Project.objects.update(planned_end_date=timezone.localdate() - timedelta(days=9))
    assert "eri mieltä" in client.get(link(card, manager)).text


def test_the_page_is_kept_nowhere_and_tells_its_address_to_nobody(client, card, manager):
    page = client.get(link(card, manager))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
    assert "unsafe" not in page["Content-Security-Policy"]
    assert not re.findall("<script", page.text)


def test_a_confirmed_card_shows_the_day_on_its_public_page(client, card, manager):
    Project.objects.update(published_at=timezone.now() - timedelta(days=9))
    client.post(link(card, manager))
    page = client.get(card.get_absolute_url())
    today = f"{timezone.localdate():%-d.%-m.%Y}"
    assert f"Katsottu viimeksi</dt><dd>{today}" in page.text
