"""Staff's changes of a public card become versions, and staff see who made them and why."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from hankkeet.models import Project, Version
from sivusto.checks.store import refresh
from sivusto.history.recording import record
from tests.builders import a_project, a_ready_draft, a_share, a_whole_card
from tests.sivusto.staff.helpers import a_member, a_superuser, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(client):
    client.force_login(a_superuser())


def save(client, project, **changes):
    address = reverse("admin:hankkeet_project_change", args=[project.pk])
    response = client.post(address, filled_in(client.get(address), **changes))
    assert response.status_code == 302
    return list(project.versions.all())


def act(client, action, *projects):
    fields = {"action": action, "_selected_action": [project.pk for project in projects]}
    client.post(reverse("admin:hankkeet_project_changelist"), fields)


def history(client, project):
    return client.get(reverse("admin:hankkeet_project_history", args=[project.pk]))


def test_saving_a_public_card_keeps_a_version_with_who_and_why(client):
    project = a_whole_card()
    record([project])
    (_first, version) = save(client, project, name="Uusi nimi", change_reason="Päätös 12 §.")
    assert version.changes == {"name": "Uusi nimi"}
    assert (version.by.username, version.reason) == ("ylläpitäjä", "Päätös 12 §.")


def test_a_save_that_the_public_does_not_see_keeps_none(client):
    project = a_whole_card()
    record([project])
    changed = {"contacts-0-visibility": "role", "contacts-0-person_name": "Toinen Nimi"}
    assert len(save(client, project, **changed)) == 2
    assert len(save(client, project, **{"contacts-0-phone": "1", "change_reason": "Turha."})) == 2


def test_edits_of_a_draft_keep_none_and_publishing_keeps_the_first(client):
    draft = a_ready_draft()
    assert save(client, draft, name="Kesken") == []
    assert len(save(client, draft, _move="published")) == 1


def test_accepting_proposals_is_in_the_version_of_that_save(client):
    project = a_project()
    share = a_share(project, amount=10, is_proposal=True)
    record([project])
    (_first, version) = save(client, project, _accept="1")
    assert version.changes[f"funding/{share.pk}"]["is_proposal"] is False


def test_a_mend_with_one_button_is_a_version_too(client):
    project = a_whole_card("Kirjaston yöt,")
    record([project])
    refresh([project.pk])
    finding = project.findings.get(kind="untidy_name")
    address = reverse("admin:hankkeet_project_finding_korjaa", args=[project.pk])
    client.post(address, {"key": finding.key, "version": project.version})
    assert project.versions.last().changes == {"name": "Kirjaston yöt"}


def test_cards_published_and_withdrawn_together_get_their_versions(client):
    one, two = a_ready_draft("A"), a_ready_draft("B")
    act(client, "publish_selected", one, two)
    act(client, "withdraw_selected", two)
    told = Version.objects.order_by("project__name", "number")
    assert [(v.project.name, v.is_public) for v in told] == [("A", True), ("B", True), ("B", False)]
    assert {version.by.username for version in told} == {"ylläpitäjä"}


def test_the_history_tells_who_when_why_and_what(client):
    project = a_whole_card()
    record([project])
    save(client, project, name="Uusi nimi", change_reason="Päätös 12 §.")
    text = history(client, project).text
    for words in (
        "Hankkeen nimi muuttui: Kirjastoauto kylille → Uusi nimi.",
        "Päätös 12 §.",
        "ylläpitäjä",
        "Hankkeen nimi",
        f"{project.get_absolute_url()}?pvm=",
    ):
        assert words in text


def test_the_history_of_a_withdrawn_card_is_seen_by_staff_only(client):
    project = a_whole_card()
    record([project])
    Project.objects.filter(pk=project.pk).withdraw()
    record([project])
    text = history(client, project).text
    assert "Kortti poistettiin julkaisusta." in text
    assert "?pvm=" not in text


def test_who_may_not_see_cards_sees_no_history(client):
    project = a_project()
    client.force_login(a_member("view_portfolio"))
    assert history(client, project).status_code == 403


def test_a_version_outlives_its_maker(client):
    project = a_whole_card()
    save(client, project, name="Uusi nimi")
    get_user_model().objects.all().delete()
    assert project.versions.get().by is None


def test_the_history_asks_as_much_however_long(client, django_assert_max_num_queries):
    project = a_project()
    for number in range(30):
        Project.objects.filter(pk=project.pk).update(name=f"Toinen {number}")
        record([project])
    with django_assert_max_num_queries(16):
        history(client, project)
