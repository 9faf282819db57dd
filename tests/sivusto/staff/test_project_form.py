"""A whole card is made on one form, and nothing typed is lost when something is wrong."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from hankkeet.models import Logo, Organisation, Project, ProjectType, Publication, Succession
from hankkeet.models.contents import BODY_LIMIT
from rahoitus.models import Funder, FundingShare, Programme
from tests.builders import (
    a_draft,
    a_portfolio,
    a_project,
    a_ready_draft,
    a_result,
    a_share,
    a_whole_card,
)
from tests.sivusto.staff.card_form import PDF, add, change, files_in, pdf, png, rows
from tests.sivusto.staff.helpers import a_manager, a_member, a_superuser, errors_of, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(client):
    client.force_login(a_superuser())


def a_whole_form():
    """Every field of the card, as somebody would type them."""
    portfolio, kind = a_portfolio(), ProjectType.objects.create(name="Kaupungin oma hanke")
    funder = Funder.objects.create(name="Ministeriö")
    programme = Programme.objects.create(funder=funder, name="Ohjelma")
    organisation = Organisation.objects.create(name="Kirjastopalvelut")
    earlier, later, parent = a_draft("Edellinen"), a_draft("Seuraava"), a_draft("Kokonaisuus")
    return {
        "name": "Kirjastoauto kylille",
        "project_type": kind.pk,
        "phase": "running",
        "portfolios": [portfolio.pk],
        "planned_start_date": "1.4.2024",
        "planned_end_date": "31. 12. 2026",
        "actual_start_date": "2.4.2024",
        "planned_cost": "1 333 334,50 €",
        "_move": "published",
        "parent": parent.pk,
        "sections-0-body": "<p>Autot <b>kulkevat</b>.</p><script>x</script>",
        "sections-2-heading": "",
        "sections-2-body": "Tulos",
        "funding_shares-0-programme": programme.pk,
        "funding_shares-0-amount": "1 000 000,25 €",
        "funding_shares-0-percent": "75 %",
        "funding_shares-0-is_declared": "on",
        "implementer_set-0-organisation": organisation.pk,
        "contacts-0-role": "Projektipäällikkö",
        "contacts-0-person_name": "Aino Esimerkki",
        "contacts-0-share_percent": "50 %",
        "attachments-0-file": pdf(),
        "logos-0-image": png(),
        "logos-0-alt": "Jokilahden kaupunki",
        "origins-0-predecessor": earlier.pk,
        "successions-0-successor": later.pk,
        "external_keys-0-kind": "eura",
        "external_keys-0-value": "A12345",
    }


def test_a_whole_card_is_made_from_nothing(client, storage):
    assert add(client, **a_whole_form()).status_code == 302
    project = Project.objects.get(name="Kirjastoauto kylille")
    assert project.start_date == date(2024, 4, 2)
    assert project.total_cost == Decimal("1333334.50")
    assert project.publication == Publication.PUBLISHED
    assert project.published_at
    assert [(s.kind, s.heading, s.body, s.position) for s in project.sections.all()] == [
        ("goals", "Tavoitteet", "<p>Autot <strong>kulkevat</strong>.</p>", 1),
        ("results", "", "<p>Tulos</p>", 2),
    ]
    share = project.funding_shares.get()
    assert (share.funder.name, share.programme.name) == ("Ministeriö", "Ohjelma")
    assert (share.amount, share.percent) == (Decimal("1000000.25"), 75)
    assert [str(part) for part in project.implementer_set.all()] == ["Kirjastopalvelut"]
    assert project.contacts.get().share_percent == 50
    attachment = project.attachments.get()
    assert (attachment.title, attachment.file_name) == (
        "Loppuraportti 2024",
        "Loppuraportti 2024.pdf",
    )
    assert attachment.size == len(PDF)
    assert project.logos.get().image.width == 30
    assert [p.name for p in project.predecessors.all()] == ["Edellinen"]
    assert [p.name for p in project.successors.all()] == ["Seuraava"]
    assert project.parent.name == "Kokonaisuus"
    assert project.external_keys.get().value == "A12345"
    assert len(files_in(storage)) == 2


def test_who_makes_a_card_may_go_on_with_it_a_whole_card(client, storage):
    client.force_login(a_manager())
    assert add(client, **a_whole_form() | {"_move": "sent"}).status_code == 302
    project = Project.objects.get(name="Kirjastoauto kylille")
    assert [user.username for user in project.managers.all()] == ["kirjaaja"]
    assert project.publication == Publication.IN_REVIEW
    assert change(client, project, **{"sections-0-DELETE": "on"}).status_code == 302
    assert (project.sections.count(), project.contacts.count()) == (1, 1)


def test_who_may_only_change_sees_the_rows_of_a_card(client):
    project = a_whole_card(publication="draft")
    user = a_member("change_project")
    project.managers.add(user)
    client.force_login(user)
    assert change(client, project, **{"sections-0-body": "<p>Uutta</p>"}).status_code == 302
    assert project.sections.first().body == "<p>Uutta</p>"


def test_who_may_only_look_sees_the_rows_and_changes_none(client):
    project = a_whole_card()
    client.force_login(a_member("view_project"))
    address = reverse("admin:hankkeet_project_change", args=[project.pk])
    assert "Kirjastopalvelut" in client.get(address).content.decode()
    assert client.post(address, {"name": "Uusi"}).status_code == 403


def test_a_name_is_enough_for_a_draft_and_empty_rows_are_not_saved(client):
    assert add(client, name="Pelkkä nimi").status_code == 302
    project = Project.objects.get()
    assert project.publication == Publication.DRAFT
    assert not project.sections.exists()
    assert not project.funding_shares.exists()


def test_saving_a_card_unchanged_changes_nothing(client):
    project = a_whole_card()
    before = {model: list(model.objects.order_by("pk").values()) for model in (FundingShare, Logo)}
    sections = list(project.sections.values())
    assert change(client, project).status_code == 302
    assert list(project.sections.values()) == sections
    assert {model: list(model.objects.order_by("pk").values()) for model in before} == before


WRONG = {
    "name": ({"name": ""}, "vaaditaan"),
    "dates": (
        {"planned_start_date": "1.4.2024", "planned_end_date": "1.4.2023"},
        "Suunniteltu päättymispäivä on ennen alkamispäivää.",
    ),
    "actual dates": (
        {"actual_start_date": "1.4.2024", "planned_end_date": "1.4.2023"},
        "Hanke ei voi päättyä ennen kuin se alkaa.",
    ),
    "date": ({"planned_start_date": "keväällä"}, "Kirjoita päivä muodossa 1.4.2013."),
    "cost": ({"planned_cost": "-5"}, "Kustannukset eivät voi olla negatiiviset."),
    "sum": ({"planned_cost": "noin tonni"}, "Kirjoita luku numeroin"),
    "share": ({"funding_shares-0-amount": "500"}, "Valitse rahoittaja."),
    "contact": ({"contacts-0-phone": "050 000 0001"}, "tehtävä, yksikkö tai nimi"),
    "attachment": ({"attachments-0-url": "https://www.example.fi/"}, "Anna liitteelle otsikko."),
    "long text": ({"sections-0-body": "a" * (BODY_LIMIT + 1)}, "Teksti on liian pitkä"),
    "key": ({"external_keys-0-kind": "eura"}, "vaaditaan"),
}


@pytest.mark.parametrize(("fields", "message"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_in_finnish_and_nothing_typed_is_lost(client, fields, message):
    typed = {"name": "Kirjastoauto", "contacts-0-unit_email": "x@example.fi"} | fields
    typed |= {"contacts-0-role": "Päällikkö"} if "contacts-0-phone" not in fields else {}
    page = add(client, **typed)
    assert page.status_code == 200
    assert any(message in error for error in errors_of(page))
    again = filled_in(page)
    assert {name: again[name] for name in typed if name in again} == typed
    assert not Project.objects.exists()


def test_a_programme_of_another_funder_is_told_on_its_row(client):
    ours, theirs = Funder.objects.create(name="Meidän"), Funder.objects.create(name="Heidän")
    programme = Programme.objects.create(funder=theirs, name="Ohjelma")
    page = add(
        client,
        name="Hanke",
        **{"funding_shares-0-funder": ours.pk, "funding_shares-0-programme": programme.pk},
    )
    shares = page.context["inline_admin_formsets"][1].formset.forms[0]
    assert shares.errors == {"programme": ["Ohjelma kuuluu toiselle rahoittajalle."]}


def test_a_key_of_another_project_is_refused(client):
    a_draft("Toinen").external_keys.create(kind="eura", value="A1")
    page = add(
        client, name="Hanke", **{"external_keys-0-kind": "eura", "external_keys-0-value": "A1"}
    )
    assert "Tunniste on jo toisella hankkeella." in errors_of(page)


def test_the_same_implementer_twice_is_refused(client):
    unit = Organisation.objects.create(name="Yksikkö")
    page = add(
        client,
        name="Hanke",
        **rows("implementer_set", 2),
        **{"implementer_set-0-organisation": unit.pk, "implementer_set-1-organisation": unit.pk},
    )
    assert page.status_code == 200
    assert not Project.objects.exists()


def test_a_row_without_a_place_goes_last(client):
    project = a_whole_card()
    count = project.sections.count()
    fields = rows("sections", count + 1, count)
    fields |= {f"sections-{count}-{name}": "" for name in ("id", "position", "heading")}
    fields |= {f"sections-{count}-kind": "costs", f"sections-{count}-body": "Uusi"}
    fields[f"sections-{count}-project"] = project.pk
    assert change(client, project, **fields).status_code == 302
    assert [s.kind for s in project.sections.all()][-1] == "costs"


def test_a_row_after_the_last_place_there_is_can_be_saved(client):
    fields = {"sections-0-position": 32767, "sections-0-body": "a", "sections-1-body": "b"}
    assert add(client, name="Kirjastoauto", **fields).status_code == 302
    sections = Project.objects.get().sections.all()
    assert [section.body for section in sections] == ["<p>a</p>", "<p>b</p>"]


@pytest.mark.parametrize("between", [0, 1])
def test_a_chain_cannot_be_closed_with_two_links_at_once(client, between):
    project, first, last = a_draft("Keskellä"), a_draft("Ennen"), a_draft("Jälkeen")
    if between:
        Succession.objects.create(predecessor=last, successor=first)
    links = {
        "origins-0-predecessor": first.pk,
        "successions-0-successor": (first, last)[between].pk,
    }
    page = change(client, project, **rows("origins", 1), **rows("successions", 1), **links)
    assert "kiertäisi kehää" in page.text
    removed = links | {"origins-0-DELETE": "on"}
    page = change(client, project, **rows("origins", 1), **rows("successions", 1), **removed)
    assert page.status_code == 302


def test_proposals_are_accepted_with_one_button(client):
    project = a_whole_card()
    a_share(project, "Toinen", amount=Decimal(5), is_proposal=True, quote="Toinen 5 euroa")
    address = reverse("admin:hankkeet_project_change", args=[project.pk])
    page = client.get(address)
    assert "Toinen 5 euroa" in page.content.decode()
    assert client.post(address, filled_in(page, _accept="1")).url == address
    assert not project.funding_shares.filter(is_proposal=True).exists()
    assert "_accept" not in client.get(address).content.decode()


def test_one_proposal_is_accepted_by_clearing_its_tick(client):
    project = a_draft()
    share = a_share(project, amount=Decimal(5), is_proposal=True)
    address = reverse("admin:hankkeet_project_change", args=[project.pk])
    fields = filled_in(client.get(address))
    del fields["funding_shares-0-is_proposal"]
    client.post(address, fields)
    share.refresh_from_db()
    assert not share.is_proposal


def test_a_bare_card_is_saved_but_not_published_and_what_it_lacks_is_told(client):
    project = a_draft()
    answer = change(client, project, _move="published", name="Uusi nimi")
    page = client.get(answer.url)
    project.refresh_from_db()
    assert (project.name, project.publication, project.published_at) == ("Uusi nimi", "draft", None)
    assert "ei julkaistu, sillä siltä puuttuu: tiivistelmä, salkku" in page.content.decode()
    assert page.context["adminform"].form.instance == project


def test_a_new_card_that_lacks_something_stays_open_to_be_filled_in(client):
    answer = add(client, name="Kirjastoauto", _move="published")
    project = Project.objects.get()
    assert answer.url == reverse("admin:hankkeet_project_change", args=[project.pk])


def test_a_public_card_stays_public_whatever_is_taken_from_it(client):
    project = a_project()
    change(client, project, name="Uusi nimi")
    project.refresh_from_db()
    assert project.publication == "published"


def test_the_moment_of_first_publication_stays(client):
    project = a_ready_draft()
    change(client, project, _move="published")
    project.refresh_from_db()
    first = project.published_at
    change(client, project, _move="withdrawn")
    change(client, project, _move="published")
    project.refresh_from_db()
    assert project.published_at == first is not None


def test_two_programmes_of_one_name_are_told_on_the_row(client):
    address = reverse("admin:rahoitus_funder_add")
    fields = filled_in(client.get(address), name="Ministeriö", **rows("programmes", 2))
    fields |= {"programmes-0-name": "Kaste", "programmes-1-name": "KASTE"}
    assert "Sama ohjelma on luettelossa jo." in errors_of(client.post(address, fields))


def test_a_result_is_told_on_the_day_it_is_written_or_confirmed(client):
    project = a_project()
    result = a_result(project, answered_on=date(2025, 1, 1))
    other = a_result(project, "Opas", answered_on=date(2025, 1, 1))
    assert change(client, project, **{"results-0-still_true": "on"}).status_code == 302
    result.refresh_from_db()
    other.refresh_from_db()
    assert result.answered_on == timezone.localdate()
    assert other.answered_on == date(2025, 1, 1)


def test_a_result_that_moved_nobody_knows_where_is_sent_back(client):
    project = a_project()
    a_result(project, place="", owner="")
    page = change(client, project, **{"results-0-state": "moved"})
    assert errors_of(page) == [
        "Kerro, minne tulos siirtyi: paikka, osoite tai kenen vastuulla se on."
    ]
