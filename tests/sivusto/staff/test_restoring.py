"""An earlier public version becomes a new proposal or draft, and is never public at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from hankkeet.models import Attachment, Contact, Project, Publication, Result, Revision
from rahoitus.models import Funder
from sivusto.editing.values import read
from sivusto.history.recording import record
from tests.builders import a_contact, a_portfolio, a_project, a_result, a_whole_card, successor_of
from tests.sivusto.staff.helpers import (
    a_coordinator,
    a_manager,
    a_member,
    a_superuser,
    a_viewer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    """A card whose second version has another name, sum, text, funder and role than the first."""
    card = a_whole_card()
    record([card])
    Project.objects.filter(pk=card.pk).update(name="Kirjastovene saariin", planned_cost=5)
    card.sections.last().delete()
    card.sections.update(body="<p>Uusi teksti.</p>")
    card.funding_shares.last().delete()
    card.contacts.update(role="Kippari", phone="050 000 0002")
    record([card], reason="Vene.")
    return Project.objects.get(pk=card.pk)


@pytest.fixture
def manager(client, card):
    user = a_manager(card)
    client.force_login(user)
    return user


def address(card, number=1):
    return reverse("admin:hankkeet_project_restore", args=[card.pk, number])


def history(client, card):
    return client.get(reverse("admin:hankkeet_project_history", args=[card.pk]))


def take(client, card, number=1, **data):
    page = client.get(address(card, number))
    sent = {"seen": page.context["planned"].seen} | data
    return client.post(address(card, number), sent, follow=True)


def told(page):
    return " ".join(str(message) for message in page.context["messages"])


def test_a_page_tells_first_what_would_change_and_changes_nothing(client, manager, card):
    before = read(card.pk)
    assert f'href="{address(card)}"' in history(client, card).text
    page = client.get(address(card))
    assert "Hankkeen nimi muuttui: Kirjastovene saariin → Kirjastoauto kylille." in page.text
    assert "Palauta muutosehdotukseksi" in page.text
    assert read(card.pk) == before
    assert not Revision.objects.exists()


def test_a_version_of_a_public_card_becomes_a_proposal_that_somebody_must_approve(
    client, manager, card
):
    before = read(card.pk)
    page = take(client, card)
    assert page.redirect_chain[-1][0] == reverse("admin:hankkeet_project_revision", args=[card.pk])
    assert "Julkinen kortti on ennallaan." in told(page)
    assert read(card.pk) == before
    revision = Revision.objects.get()
    assert (revision.state, revision.author) == (Publication.DRAFT, manager)
    assert revision.reason.startswith("Palautettu ")
    client.force_login(a_coordinator(a_portfolio()))
    page = client.get(reverse("admin:hankkeet_project_revision", args=[card.pk]))
    sent = {"move": "published", "seen": page.context["comparison"].seen}
    client.post(reverse("admin:hankkeet_project_revision_move", args=[card.pk]), sent)
    card.refresh_from_db()
    assert (card.name, card.planned_cost) == ("Kirjastoauto kylille", Decimal(120_000))
    assert [s.heading for s in card.sections.all()] == ["Tavoitteet", "Tulokset"]
    assert [s.amount for s in card.funding_shares.all()] == [90_000, 30_000]
    contact = card.contacts.get()
    assert (contact.role, contact.phone) == ("Projektipäällikkö", "050 000 0002")
    first, last = card.versions.get(number=1), card.versions.latest("number")
    assert last.number == 3
    assert last.changes["name"] == first.changes["name"]


def test_a_version_of_a_withdrawn_card_becomes_its_draft(client, manager, card):
    Project.objects.filter(pk=card.pk).withdraw()
    record([card])
    assert "Palauta tämä versio luonnokseksi" in history(client, card).text
    page = take(client, card)
    assert "Kortti ei ole julkinen." in told(page)
    card.refresh_from_db()
    assert (card.name, card.publication) == ("Kirjastoauto kylille", Publication.WITHDRAWN)
    assert not Revision.objects.exists()
    assert client.get(card.get_absolute_url()).status_code == 404


def test_a_proposal_that_waits_already_is_not_written_over(client, manager, card):
    take(client, card)
    before = Revision.objects.get().content
    page = client.post(address(card), {"seen": ""}, follow=True)
    assert "Kortilla on jo muutosehdotus." in told(page)
    assert Revision.objects.get().content == before


def test_a_page_grown_old_restores_nothing(client, manager, card):
    seen = client.get(address(card)).context["planned"].seen
    Project.objects.filter(pk=card.pk).update(planned_cost=6)
    page = client.post(address(card), {"seen": seen}, follow=True)
    assert "Kortti on muuttunut" in told(page)
    assert not Revision.objects.exists()


def test_the_version_that_is_public_now_has_nothing_to_restore(client, manager, card):
    assert address(card, 2) not in history(client, card).text
    page = client.get(address(card, 2), follow=True)
    assert "Kortti on jo sellainen" in told(page)


def test_a_version_out_of_sight_has_nothing_to_restore(client, manager, card):
    Project.objects.filter(pk=card.pk).withdraw()
    record([card])
    assert "poistettiin julkaisusta" in told(client.get(address(card, 3), follow=True))


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: a_manager(name="vieras"),
        lambda: a_coordinator(a_portfolio("Toinen salkku")),
        a_viewer,
        a_member,
    ],
)
def test_who_does_not_edit_the_card_restores_nothing(client, card, stranger):
    client.force_login(stranger())
    assert address(card) not in history(client, card).text
    assert client.get(address(card)).status_code == 403
    assert client.post(address(card), {"seen": ""}).status_code == 403
    assert not Revision.objects.exists()


@pytest.mark.parametrize("number", [0, 9, 10**20])
def test_a_version_that_is_not_there_is_not_found(client, manager, card, number):
    assert client.get(address(card, number)).status_code == 404


def test_what_a_version_never_held_stays_as_it_is_today(client):
    card = a_whole_card()
    record([card])
    Project.objects.filter(pk=card.pk).update(name="Uusi nimi")
    hidden = Attachment.objects.create(
        project=card, title="Sisäinen muistio", url="https://example.fi/m", is_hidden=True
    )
    later, manager = successor_of(card), a_manager(card)
    record([card])
    client.force_login(a_superuser())
    take(client, card)
    content = Revision.objects.get().content
    assert content["name"] == "Kirjastoauto kylille"
    assert hidden.pk in [row["id"] for row in content["attachments"]]
    assert [row["successor"] for row in content["successions"]] == [later.pk]
    assert content["managers"] == [manager.pk]
    assert content["external_keys"] == read(card.pk)["external_keys"]


def test_a_role_that_is_gone_comes_back_without_its_person(client):
    card = a_whole_card()
    gone = a_contact(card, role="Suunnittelija")
    record([card])
    gone.delete()
    record([card])
    client.force_login(a_superuser())
    take(client, card)
    row = Revision.objects.get().content["contacts"][-1]
    assert (row["role"], row["person_name"], row["phone"]) == ("Suunnittelija", "", "")
    assert row["visibility"] == "role"
    assert Contact.objects.count() == 1


def test_what_is_gone_from_the_register_is_told_and_a_merged_funder_is_met(client):
    card = a_whole_card()
    Attachment.objects.create(
        project=card, title="Esite", file=ContentFile(b"%PDF-1.4", "e.pdf"), size=8
    )
    record([card])
    card.attachments.filter(title="Esite").delete()
    card.portfolios.clear()
    card.portfolios.model.objects.all().delete()
    card.funding_shares.all().delete()
    Funder.objects.filter(name="Jokilahden kaupunki").delete()
    kept = Funder.objects.create(name="STM", aliases=["Sosiaali- ja terveysministeriö"])
    Funder.objects.filter(name="Sosiaali- ja terveysministeriö").delete()
    record([card])
    client.force_login(a_superuser())
    left_out = client.get(address(card)).context["planned"].left_out
    assert left_out == [
        "salkku ”Hyvän arjen salkku 2024–2028”",
        "rahoitusohjelma ”Kaste-ohjelma”",
        "rahoittaja ”Jokilahden kaupunki”",
        "tiedosto ”Esite”",
    ]
    take(client, card)
    shares = Revision.objects.get().content["funding_shares"]
    assert [(share["funder"], share["amount"]) for share in shares] == [(kept.pk, "90000.00")]


def test_results_told_since_are_kept_by_a_version_that_knew_of_none(client):
    card = a_project(actual_end_date=date(2025, 5, 1), phase="ended")
    record([card])
    card.versions.update(schema=1)
    Project.objects.filter(pk=card.pk).update(name="Uusi nimi")
    a_result(card)
    record([card])
    client.force_login(a_superuser())
    take(client, card)
    assert len(Revision.objects.get().content["results"]) == Result.objects.count() == 1


def test_a_version_that_todays_rules_forbid_is_refused_with_the_reason(client, manager, card):
    changes = card.versions.get(number=1).changes | {"planned_end_date": "1999-01-01"}
    card.versions.filter(number=1).update(changes=changes)
    page = client.get(address(card), follow=True)
    assert "Versiota ei voi palauttaa sellaisenaan." in told(page)
    assert read(card.pk)["name"] == "Kirjastovene saariin"
