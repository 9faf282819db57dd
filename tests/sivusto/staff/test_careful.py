"""Two people who edit the same card never lose each other's work silently."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from hankkeet.models import Contact, Project, Publication, Section
from tests.builders import a_draft, a_whole_card
from tests.sivusto.staff.helpers import a_superuser, errors_of, opened, unseen

# Each pair takes three whole forms; a hundred, as HANKKEET_PAIRS asks for, take minutes.
PAIRS = int(os.environ.get("HANKKEET_PAIRS", "8"))


def address(project):
    return reverse("admin:hankkeet_project_change", args=[project.pk])


def form_of(client, project):
    return opened(client.get(address(project)))


def both(page):
    """Press the button that keeps both, as the page stands."""
    return opened(page, _both="1")


@pytest.fixture
def staff(client):
    client.force_login(a_superuser())
    return client


@pytest.mark.django_db
def test_the_second_of_two_editors_is_shown_what_changed_and_nothing_is_overwritten(staff):
    project = a_whole_card()
    first, second = form_of(staff, project), form_of(staff, project)
    assert staff.post(address(project), first | {"name": "Eka"}).status_code == 302
    page = staff.post(address(project), second | {"sections-0-body": "<p>Toka</p>"})
    assert any("Joku muu on muuttanut korttia" in error for error in errors_of(page))
    assert "Hankkeen nimi muuttui: Kirjastoauto kylille → Eka." in page.text
    assert "Viimeksi tallensi ylläpitäjä." in page.text
    assert opened(page)["sections-0-body"] == "<p>Toka</p>"
    project.refresh_from_db()
    assert project.name == "Eka"
    assert not project.sections.filter(body="<p>Toka</p>").exists()


@pytest.mark.django_db
def test_both_changes_are_kept_when_asked(staff):
    project = a_whole_card()
    first, second = form_of(staff, project), form_of(staff, project)
    staff.post(address(project), first | {"name": "Eka", "planned_cost": "5", "phase": "ended"})
    page = staff.post(
        address(project), second | {"sections-0-body": "<p>Toka</p>", "phase": "planned"}
    )
    assert staff.post(address(project), both(page)).status_code == 302
    project.refresh_from_db()
    assert (project.name, project.planned_cost, project.phase) == ("Eka", 5, "planned")
    assert project.sections.first().body == "<p>Toka</p>"
    assert project.versions.count() == 2


@pytest.mark.django_db
def test_a_row_that_the_other_removed_comes_back_if_i_changed_it_and_not_otherwise(staff):
    project = a_whole_card()
    goals, results = project.sections.all()
    first, second = form_of(staff, project), form_of(staff, project)
    removed = {"sections-0-DELETE": "on", "sections-1-DELETE": "on"}
    staff.post(address(project), first | removed)
    assert not project.sections.exists()
    page = staff.post(address(project), second | {"sections-0-body": "<p>Minun</p>"})
    staff.post(address(project), both(page))
    assert [(s.pk, s.body) for s in project.sections.all()] == [(goals.pk, "<p>Minun</p>")]
    assert results.pk != goals.pk


@pytest.mark.django_db
def test_rows_that_both_add_are_both_kept(staff):
    project = a_draft()
    first, second = form_of(staff, project), form_of(staff, project)
    row = {
        "contacts-TOTAL_FORMS": 1,
        "contacts-0-visibility": "role",
        "contacts-0-project": project.pk,
    }
    staff.post(address(project), first | row | {"contacts-0-role": "Eka"})
    page = staff.post(address(project), second | row | {"contacts-0-role": "Toka"})
    assert staff.post(address(project), both(page)).status_code == 302
    assert set(project.contacts.values_list("role", flat=True)) == {"Eka", "Toka"}


@pytest.mark.django_db
def test_a_third_change_after_the_second_was_shown_is_shown_too(staff):
    project = a_draft()
    form = form_of(staff, project)
    Project.objects.filter(pk=project.pk).update(name="Eka")
    page = staff.post(address(project), form | {"phase": "ended"})
    Project.objects.filter(pk=project.pk).update(name="Kolmas")
    page = staff.post(address(project), both(page))
    assert page.status_code == 200
    assert "→ Kolmas." in page.text
    assert staff.post(address(project), both(page)).status_code == 302
    project.refresh_from_db()
    assert (project.name, project.phase) == ("Kolmas", "ended")


@pytest.mark.django_db
def test_what_no_card_shows_is_told_by_its_place(staff):
    project = a_draft()
    contact = Contact.objects.create(project=project, role="Päällikkö", visibility="role")
    form = form_of(staff, project)
    Contact.objects.filter(pk=contact.pk).update(phone="050 000 0001")
    page = staff.post(address(project), form | {"name": "Toinen"})
    assert "Muuttui tieto, joka ei näy julkisella kortilla: yhteyshenkilöt." in page.text
    staff.post(address(project), both(page))
    contact.refresh_from_db()
    assert contact.phone == "050 000 0001"


@pytest.mark.django_db
def test_an_old_form_does_not_publish_a_card_withdrawn_meanwhile(staff):
    project = a_whole_card(publication=Publication.DRAFT)
    form = form_of(staff, project)
    Project.objects.filter(pk=project.pk).update(publication=Publication.WITHDRAWN)
    page = staff.post(address(project), form | {"_move": "published"}, follow=True)
    assert "Kortin tila on nyt ”Poistettu julkaisusta”" in page.text
    project.refresh_from_db()
    assert project.publication == Publication.WITHDRAWN


@pytest.mark.django_db
def test_a_forged_opening_is_taken_for_none(staff):
    project = a_draft()
    form = form_of(staff, project) | {"opened": "x:y:z", "name": "Uusi"}
    assert staff.post(address(project), form).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_pairs_of_editors_at_once_lose_nothing():
    user = a_superuser()
    projects = [a_draft(f"Hanke {number}") for number in range(PAIRS)]
    for project in projects:
        Section.objects.create(project=project, heading="Tavoitteet", body="<p>Alku</p>")

    def edit(project, fields):
        client = Client()
        client.force_login(user)
        form = forms[project.pk] | fields
        page = client.post(address(project), form)
        if page.status_code == 200:
            page = client.post(address(project), form | unseen(page) | {"_both": "1"})
        connections.close_all()
        return page.status_code

    client = Client()
    client.force_login(user)
    forms = {project.pk: form_of(client, project) for project in projects}
    jobs = [(p, f) for p in projects for f in ({"name": "Eka"}, {"sections-0-body": "<p>Toka</p>"})]
    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(edit, *zip(*jobs, strict=True))) == {302}
    kept = Project.objects.filter(name="Eka", sections__body="<p>Toka</p>").count()
    assert kept == len(projects)
