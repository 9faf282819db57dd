"""Publishing, withdrawing and deleting from the list."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from hankkeet.models import Project, Publication
from tests.builders import a_draft, a_project, a_ready_draft
from tests.sivusto.staff.helpers import a_superuser

pytestmark = pytest.mark.django_db
LIST = "admin:hankkeet_project_changelist"


@pytest.fixture(autouse=True)
def superuser(client):
    user = a_superuser()
    client.force_login(user)
    return user


def act(client, action, *projects, **more):
    chosen = [project.pk for project in projects]
    fields = {"action": action, "_selected_action": chosen} | more
    return client.post(reverse(LIST), fields, follow=True)


def told(page):
    return [str(message) for message in page.context["messages"]]


def states():
    return dict(Project.objects.order_by("name").values_list("name", "publication"))


def test_drafts_are_published_together_and_the_number_is_told(client):
    one, two, public = a_ready_draft("A"), a_ready_draft("B"), a_project("C")
    page = act(client, "publish_selected", one, two, public)
    assert set(states().values()) == {Publication.PUBLISHED}
    assert told(page) == ["2 korttia julkaistiin. 1 oli julkaistu jo ennestään."]
    assert not Project.objects.filter(name__in="AB", published_at=None).exists()


def test_a_bare_draft_is_not_published_with_the_others_and_what_it_lacks_is_told(client):
    bare = a_draft("A")
    page = act(client, "publish_selected", bare, a_ready_draft("B"))
    assert states() == {"A": Publication.DRAFT, "B": Publication.PUBLISHED}
    assert told(page) == [
        "Ei julkaistu, sillä tietoja puuttuu: A (tiivistelmä, salkku, alkamispäivä, "
        "toteuttaja tai yhteyshenkilö).",
        "1 kortti julkaistiin.",
    ]


def test_cards_are_withdrawn_and_nothing_is_lost(client):
    public, draft = a_project("A"), a_draft("B")
    page = act(client, "withdraw_selected", public, draft)
    assert states() == {"A": Publication.WITHDRAWN, "B": Publication.DRAFT}
    assert "1 kortti poistettiin julkaisusta" in told(page)[0]
    assert "tallessa" in told(page)[0]


def test_what_was_done_to_many_is_in_the_history_of_each(client):
    one, two = a_ready_draft("A"), a_ready_draft("B")
    act(client, "publish_selected", one, two)
    assert LogEntry.objects.filter(change_message__contains="julkaistu").count() == 2
    history = client.get(reverse("admin:hankkeet_project_history", args=[one.pk]))
    assert "Hyväksytty ja julkaistu" in history.content.decode()


def test_only_what_was_never_public_is_deleted(client):
    draft, withdrawn = a_draft("A"), a_draft("B", published_at=timezone.now())
    for row, status in ((draft, 200), (withdrawn, 403)):
        address = reverse("admin:hankkeet_project_delete", args=[row.pk])
        assert client.get(address).status_code == status
    client.post(reverse("admin:hankkeet_project_delete", args=[withdrawn.pk]), {"post": "yes"})
    assert set(states()) == {"A", "B"}


def test_one_once_public_card_stops_deleting_in_bulk(client):
    draft, withdrawn = a_draft("A"), a_draft("B", published_at=timezone.now())
    page = act(client, "delete_selected", draft, withdrawn, post="yes")
    assert set(states()) == {"A", "B"}
    assert "Mitään ei poistettu" in told(page)[0]
    assert "B" in told(page)[0]


def test_drafts_are_deleted_in_bulk_after_a_question(client):
    one, two = a_draft("A"), a_draft("B")
    asked = act(client, "delete_selected", one, two)
    assert asked.context["title"] == "Poista useita kohteita"
    assert len(states()) == 2
    act(client, "delete_selected", one, two, post="yes")
    assert not states()


@pytest.mark.parametrize(
    "query",
    ["q=H1", "publication__exact=draft", "phase__exact=running", "ehdotuksia=on", "q=%00", "o=5"],
)
def test_the_list_can_be_searched_and_filtered(client, query):
    a_project("A")
    assert client.get(f"{reverse(LIST)}?{query}").status_code in (200, 400)


def test_a_card_is_found_by_the_old_registers_number(client):
    found, _ = a_draft("A"), a_draft("B")
    found.external_keys.create(kind="old_register", value="798")
    page = client.get(reverse(LIST), {"q": "798"})
    assert [project.name for project in page.context["cl"].result_list] == ["A"]


def test_own_cards_are_those_one_answers_for_of_a_superuser_too(client, superuser):
    own, _other = a_draft("Oma"), a_draft("Muiden")
    address = reverse(LIST)
    assert "Kaikki kortit" in client.get(reverse("admin:index")).text
    assert not client.get(address, {"omat": "on"}).context["cl"].queryset
    own.managers.add(superuser)
    assert f'href="{address}?omat=on">Omat kortit' in client.get(reverse("admin:index")).text
    assert list(client.get(address, {"omat": "on"}).context["cl"].queryset) == [own]
