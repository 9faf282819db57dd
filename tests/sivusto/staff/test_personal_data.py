"""The officer's page: a person sought, shown, and taken out of the places that were chosen."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from hankkeet.models import Contact, Section
from sivusto.models import ErasureRecord
from tests.builders import a_contact, a_project
from tests.sivusto.staff.helpers import a_member, a_superuser

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:sivusto_person")
LOG = reverse("admin:sivusto_erasurerecord_changelist")


@pytest.fixture
def project():
    project = a_project()
    a_contact(project)
    Section.objects.create(project=project, body="<p>Kysy: Meri Malliranta.</p>")
    return project


def officer(client):
    user = a_member("handle_personal_data")
    client.force_login(user)
    return user


def search(client, **fields):
    return client.post(PAGE, {"term": "Meri Malliranta"} | fields)


@pytest.mark.parametrize(
    ("permission", "status"),
    [("handle_personal_data", 200), ("view_erasurerecord", 403), ("change_project", 403)],
)
def test_only_those_with_the_right_get_in(client, project, permission, status):
    client.force_login(a_member(permission))
    assert client.get(PAGE).status_code == status
    assert client.get(LOG).status_code == status
    assert search(client).status_code == status


def test_a_superuser_gets_in_and_a_stranger_does_not(client, project):
    assert client.get(PAGE).status_code == 302
    client.force_login(a_superuser())
    assert PAGE in client.get(LOG).text
    assert LOG in client.get(reverse("admin:index")).text


def test_places_are_shown_with_links_and_nothing_is_kept_on_the_way(client, project):
    officer(client)
    response = search(client)
    assert "Kysy: Meri Malliranta." in response.text
    assert reverse("admin:hankkeet_project_change", args=[project.pk]) in response.text
    assert "no-store" in response["Cache-Control"]
    assert f'action="{PAGE}"' in response.text
    assert Contact.objects.get().person_name == "Meri Malliranta"


def test_only_the_chosen_places_are_erased(client, project):
    user = officer(client)
    contact = Contact.objects.get()
    keys = [f"hankkeet.contact:{contact.pk}:{name}" for name in ("person_name", "phone", "email")]
    response = search(client, place=keys, erase="1")
    assert "Poistettiin 3 paikasta." in response.text
    contact = Contact.objects.get()
    assert (contact.person_name, contact.phone, contact.role) == ("", "", "Projektipäällikkö")
    assert "Malliranta" in project.sections.get().body
    record = ErasureRecord.objects.get()
    assert (record.done_by, record.codes) == (user, [project.code])
    assert "henkilön kenttiä 3" in client.get(LOG).text


def test_nothing_chosen_erases_nothing(client, project):
    officer(client)
    search(client, erase="1")
    assert Contact.objects.get().person_name == "Meri Malliranta"
    assert not ErasureRecord.objects.exists()


def test_ones_own_account_is_left_and_said_so(client, project):
    user = officer(client)
    User.objects.filter(pk=user.pk).update(first_name="Meri", last_name="Malliranta")
    keys = [f"auth.user:{user.pk}:{name}" for name in ("first_name", "last_name")]
    response = search(client, place=keys, erase="1")
    assert "2 paikkaa ei voitu muuttaa" in response.text
    assert User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize(("term", "said"), [("ab", "Anna nimi"), ("", "vaaditaan")])
def test_what_cannot_be_sought_is_told(client, project, term, said):
    officer(client)
    assert said in client.post(PAGE, {"term": term}).text


def test_nobody_found_is_told(client, project):
    officer(client)
    assert "ei ole tällaisen henkilön tietoja" in search(client, term="Kaarlo Kallioinen").text


def test_the_log_is_not_edited_by_anybody(client, project):
    client.force_login(a_superuser())
    record = ErasureRecord.objects.create(kind="expiry", codes=[project.code], counts={})
    change = reverse("admin:sivusto_erasurerecord_change", args=[record.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"kind": "person"}).status_code == 403
    assert client.post(change.replace("change", "delete"), {"post": "yes"}).status_code == 403
