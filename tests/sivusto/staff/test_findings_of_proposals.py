"""Findings of what is proposed to a public card have buttons that mend the proposal alone."""

import pytest
from django.urls import reverse

from hankkeet.models import KnownFinding, Look, Project, Publication, Revision
from rahoitus.models import Funder
from sivusto.checks.store import refresh
from sivusto.editing.values import read
from tests.builders import a_portfolio, a_whole_card
from tests.sivusto.staff.helpers import a_coordinator, a_manager, a_viewer, opened

pytestmark = pytest.mark.django_db
REVISION = "admin:hankkeet_project_revision"
TEXT = (
    "<p>Hankkeen rahoitus on 120 000 euroa, josta Rantakosken sairaanhoitopiiri 30 000 euroa ja "
    "Sosiaali- ja terveysministeriö 90 000 euroa.</p>"
)
BUTTON = "Lisää rahoittaja Rantakosken sairaanhoitopiiri, 30\xa0000\xa0€"


@pytest.fixture
def card():
    return a_whole_card()


@pytest.fixture
def manager(client, card):
    user = a_manager(card)
    client.force_login(user)
    return user


def page_of(client, card):
    return client.get(reverse(REVISION, args=[card.pk]))


def propose(client, card, **fields):
    fields = {"name": "Kirjastoauto,", "sections-0-body": TEXT} | fields
    form = opened(page_of(client, card), **fields)
    return client.post(reverse(REVISION, args=[card.pk]), form, follow=True)


def finding(page, kind):
    return next(each for each in page.context["findings"] if each.kind == kind)


def press(client, card, step, key, **data):
    address = reverse(f"admin:hankkeet_project_revision_finding_{step}", args=[card.pk])
    return client.post(address, {"key": key} | data, follow=True)


def mend(client, card, page, kind):
    seen = page.context["mend_seen"]
    return press(client, card, "korjaa", finding(page, kind).key, version=seen)


def kinds(page):
    return {each.kind for each in page.context["findings"]}


def test_a_funder_that_the_proposal_lacks_is_added_to_the_proposal_alone(client, manager, card):
    page = propose(client, card)
    assert f"{BUTTON}</button>" in page.text
    before = read(card.pk)
    page = mend(client, card, page, "funder_missing")
    assert f"Korjattu muutosehdotukseen: {BUTTON}." in page.text
    assert "funder_missing" not in kinds(page)
    assert read(card.pk) == before
    hospital = Funder.objects.get(name="Rantakosken sairaanhoitopiiri")
    share = Revision.objects.get().content["funding_shares"][-1]
    assert (share["funder"], share["amount"], share["is_declared"]) == (
        hospital.pk,
        "30000.00",
        True,
    )
    assert Look.objects.filter(project=card, by=manager).exists()


def test_a_mended_proposal_is_approved_as_it_was_mended(client, manager, card):
    page = mend(client, card, propose(client, card, _move="sent"), "funder_missing")
    assert Revision.objects.get().state == Publication.IN_REVIEW
    client.force_login(a_coordinator(a_portfolio()))
    page = page_of(client, card)
    sent = {"move": "published", "seen": page.context["comparison"].seen}
    client.post(reverse("admin:hankkeet_project_revision_move", args=[card.pk]), sent)
    names = card.funding_shares.values_list("funder__name", flat=True)
    assert "Rantakosken sairaanhoitopiiri" in names
    assert not Revision.objects.exists()


def test_a_mend_of_a_card_to_which_nothing_is_proposed_begins_a_proposal(client, manager, card):
    Project.objects.filter(pk=card.pk).update(name="Kirjastoauto,")
    refresh([card.pk])
    mend(client, card, page_of(client, card), "untidy_name")
    card.refresh_from_db()
    assert card.name == "Kirjastoauto,"
    revision = Revision.objects.get()
    assert (revision.content["name"], revision.author) == ("Kirjastoauto", manager)


def test_a_mend_seen_on_an_old_page_of_the_proposal_changes_nothing(client, manager, card):
    page = propose(client, card)
    propose(client, card, planned_cost="1")
    before = Revision.objects.get().content
    assert "mitään ei korjattu" in mend(client, card, page, "funder_missing").text
    assert Revision.objects.get().content == before
    assert not Funder.objects.filter(name="Rantakosken sairaanhoitopiiri").exists()


def test_a_finding_of_the_proposal_is_marked_as_known_and_brought_back(client, manager, card):
    page = propose(client, card)
    key = finding(page, "untidy_name").key
    page = press(client, card, "tunnettu", key, reason="Nimi on päätöksessä näin.")
    assert "untidy_name" not in kinds(page)
    assert "Nimi on päätöksessä näin." in page.text
    assert "untidy_name" in kinds(press(client, card, "palauta", key))
    assert not KnownFinding.objects.exists()


def test_what_the_proposal_does_not_say_is_not_marked_as_known(client, manager, card):
    propose(client, card)
    page = press(client, card, "tunnettu", "untidy_name:0", reason="Näin on.")
    assert "Havaintoa ei enää ole." in page.text
    assert not KnownFinding.objects.exists()


def test_a_form_sent_back_shows_the_findings_of_the_proposal(client, manager, card):
    propose(client, card)
    page = propose(client, card, planned_end_date="ei päivä")
    assert page.context["adminform"].form.errors
    assert "funder_missing" in kinds(page)


@pytest.mark.parametrize("step", ["korjaa", "tunnettu", "palauta"])
@pytest.mark.parametrize("stranger", [a_manager, a_viewer, a_coordinator])
def test_a_proposal_to_a_card_of_others_is_nobody_elses_to_mend(
    client, manager, card, step, stranger
):
    page = propose(client, card)
    key, before = finding(page, "funder_missing").key, Revision.objects.get().content
    client.force_login(stranger(name="vieras"))
    shown = page_of(client, card)
    assert "/havainto/" not in shown.text
    sent = {"version": page.context["mend_seen"], "reason": "Ei"}
    assert press(client, card, step, key, **sent).status_code == 403
    assert Revision.objects.get().content == before
    assert not KnownFinding.objects.exists()


def test_a_manager_mends_no_public_card_at_once(client, manager, card):
    page = propose(client, card)
    key = finding(page, "funder_missing").key
    address = reverse("admin:hankkeet_project_finding_korjaa", args=[card.pk])
    assert client.post(address, {"key": key, "version": card.version}).status_code == 403


def test_a_card_that_is_no_longer_public_has_no_proposal_to_mend(client, manager, card):
    page = propose(client, card)
    key, seen = finding(page, "untidy_name").key, page.context["mend_seen"]
    Project.objects.filter(pk=card.pk).update(publication=Publication.WITHDRAWN)
    for step in ("korjaa", "tunnettu"):
        page = press(client, card, step, key, version=seen, reason="Näin on.")
        assert "Kortti ei ole enää julkaistu" in page.text
