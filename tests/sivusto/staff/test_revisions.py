"""A public card is changed through a review without going dark, and all at once or not at all."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError, connection, transaction
from django.urls import reverse

from hankkeet.models import Attachment, Move, MoveKind, Project, Publication, Revision
from sivusto.editing import revisions
from sivusto.editing.values import read
from tests.builders import a_portfolio, a_whole_card
from tests.sivusto.staff.helpers import a_coordinator, a_manager, a_superuser, opened

REVISION = "admin:hankkeet_project_revision"
MOVE = "admin:hankkeet_project_revision_move"


def at(name, project):
    return reverse(name, args=[project.pk])


@pytest.fixture
def card():
    return a_whole_card()


@pytest.fixture
def people(client, card):
    return a_manager(card), a_coordinator(a_portfolio())


def propose(client, project, **fields):
    form = opened(client.get(at(REVISION, project)), **fields)
    return client.post(at(REVISION, project), form, follow=True)


def judge(client, project, move, **fields):
    page = client.get(at(REVISION, project))
    seen = page.context["comparison"].seen
    fields = {"move": move, "seen": seen} | fields
    return client.post(at(MOVE, project), fields, follow=True)


@pytest.mark.django_db
def test_a_card_changes_only_when_its_revision_is_approved(client, people, card):
    manager, coordinator = people
    client.force_login(manager)
    opening = client.get(at("admin:hankkeet_project_change", card))
    assert opening.url == at(REVISION, card)
    before = read(card.pk)
    page = propose(
        client, card, name="Uusi nimi", **{"sections-0-body": "<p>Uutta</p>"}, _move="sent"
    )
    assert "Muutosehdotus lähetettiin tarkastettavaksi." in page.text
    assert "Hankkeen nimi muuttui: Kirjastoauto kylille → Uusi nimi." in page.text
    assert read(card.pk) == before
    assert "Uusi nimi" not in client.get(card.get_absolute_url()).text
    preview = client.get(at("admin:hankkeet_project_preview_revision", card))
    assert "Uusi nimi" in preview.text
    assert client.post(at(MOVE, card), {"move": "published"}).status_code == 403
    client.force_login(coordinator)
    assert "julkaistu" in judge(client, card, "published").text
    card.refresh_from_db()
    assert (card.name, card.publication) == ("Uusi nimi", Publication.PUBLISHED)
    assert [s["id"] for s in read(card.pk)["sections"]] == [s["id"] for s in before["sections"]]
    assert read(card.pk)["contacts"] == before["contacts"]
    assert not Revision.objects.exists()
    assert card.versions.latest("number").by == coordinator
    assert [move.kind for move in card.moves.all()] == ["published", "sent"]


@pytest.mark.django_db
def test_a_returned_revision_tells_its_author_why(client, people, card):
    manager, coordinator = people
    client.force_login(manager)
    propose(client, card, name="Uusi nimi", _move="sent")
    client.force_login(coordinator)
    assert "Kirjoita tekijälle" in judge(client, card, "returned", note=" ").text
    judge(client, card, "returned", note="Tarkista budjetti.")
    client.force_login(manager)
    page = client.get(at(REVISION, card))
    assert "Palautettu korjattavaksi" in page.text
    assert "Tarkista budjetti." in page.text
    assert opened(page)["name"] == "Uusi nimi"


@pytest.mark.django_db
def test_a_change_of_the_card_meanwhile_is_told_and_kept(client, people, card):
    manager, coordinator = people
    client.force_login(manager)
    propose(client, card, name="Uusi nimi")
    Project.objects.filter(pk=card.pk).update(phase="ended")
    client.force_login(coordinator)
    page = client.get(at(REVISION, card))
    meanwhile = page.context["comparison"].meanwhile
    assert meanwhile == ["Käsittelyvaihe muuttui: käynnissä → päättynyt."]
    old = {"move": "published", "seen": page.context["comparison"].seen}
    Project.objects.filter(pk=card.pk).update(actual_cost=5)
    assert "Lue erot" in client.post(at(MOVE, card), old, follow=True).text
    judge(client, card, "published")
    card.refresh_from_db()
    assert (card.name, card.phase, card.actual_cost) == ("Uusi nimi", "ended", 5)


@pytest.mark.django_db
def test_a_manager_whose_draft_became_public_meanwhile_proposes(client, people, card):
    Project.objects.filter(pk=card.pk).update(publication=Publication.DRAFT)
    client.force_login(people[0])
    address = at("admin:hankkeet_project_change", card)
    form = opened(client.get(address), name="Uusi nimi")
    Project.objects.filter(pk=card.pk).update(publication=Publication.PUBLISHED)
    client.post(address, form)
    card.refresh_from_db()
    assert card.name == "Kirjastoauto kylille"
    assert Revision.objects.get().content["name"] == "Uusi nimi"


@pytest.mark.django_db
def test_a_revision_is_never_public(card):
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(project=card, base={}, content={}, state=Publication.PUBLISHED)


@pytest.mark.django_db(transaction=True)
def test_files_live_as_long_as_the_card_or_its_revision_holds_them(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    card, user = a_whole_card(), a_superuser()
    for name in ("vanha", "uusi"):
        default_storage.save(f"liitteet/{name}.pdf", ContentFile(b"%PDF-"))
    Attachment.objects.filter(project=card).update(url="", file="liitteet/vanha.pdf")
    live = read(card.pk)
    content = read(card.pk)
    content["attachments"][0] |= {"file": "liitteet/uusi.pdf"}
    revision = revisions.keep(card, content, live, by=user, reason="")
    revisions.move(revision, MoveKind.DISCARDED, user)
    assert default_storage.exists("liitteet/vanha.pdf")
    assert not default_storage.exists("liitteet/uusi.pdf")
    default_storage.save("liitteet/uusi.pdf", ContentFile(b"%PDF-"))
    revision = revisions.keep(card, content, live, by=user, reason="")
    revisions.move(revision, MoveKind.PUBLISHED, user)
    assert not default_storage.exists("liitteet/vanha.pdf")
    assert default_storage.exists("liitteet/uusi.pdf")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["write", "refresh", "record", "log"])
def test_an_approval_that_is_killed_in_the_middle_leaves_nothing(monkeypatch, step):
    card, user = a_whole_card(), a_superuser()
    live = read(card.pk)
    content = live | {"name": "Uusi nimi", "contacts": []}
    revision = revisions.keep(card, content, live, by=user, reason="")
    done = getattr(revisions, step)

    def killed(*args, **kwargs):
        done(*args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(revisions, step, killed)
    with pytest.raises(OperationalError):
        revisions.move(revision, MoveKind.PUBLISHED, user)
    connection.close()
    monkeypatch.undo()
    assert read(card.pk) == live
    assert (Revision.objects.count(), Move.objects.count()) == (1, 0)
    revisions.move(Revision.objects.get(), MoveKind.PUBLISHED, user)
    assert read(card.pk) == content
