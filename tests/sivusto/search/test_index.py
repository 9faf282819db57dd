"""Whoever changes what is public, the search knows; what is not public it never shows."""

import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from hankkeet.models import Attachment, ExternalKey, Implementer, Organisation, Project, Section
from rahoitus.models import Funder
from sivusto.models import Document, Pending, Word
from sivusto.search import index
from sivusto.search.engine import search
from tests.builders import (
    a_draft,
    a_measure,
    a_part,
    a_portfolio,
    a_project,
    a_published_period,
    a_ready_draft,
    a_share,
    a_text,
    a_whole_card,
)

pytestmark = pytest.mark.django_db


def found(words):
    return sorted(search(words).matching(Project.objects.all()).values_list("name", flat=True))


def add_section(project, body="<p>Lumitöitä</p>"):
    return Section.objects.create(project=project, heading="", body=body)


CHANGES = {
    "its name": lambda p: Project.objects.filter(pk=p.pk).update(name="Kortti lumityö"),
    "a new section": add_section,
    "sections in bulk": lambda p: Section.objects.bulk_create(
        [Section(project=p, body="Lumityö"), Section(project=p, body="Muuta")]
    ),
    "a heading": lambda p: p.sections.update(heading="Lumityöt"),
    "a portfolio": lambda p: p.portfolios.add(a_portfolio("Lumityösalkku")),
    "the portfolio's name": lambda p: p.portfolios.model.objects.update(name="Lumityöt"),
    "a funder": lambda p: a_share(p, "Lumityösäätiö"),
    "the funder's name for short": lambda p: Funder.objects.filter(
        funding_shares__project=p, name="Jokilahden kaupunki"
    ).update(short_name="Lumityö"),
    "a programme": lambda p: a_share(p, programme="Lumityöohjelma"),
    "an implementer": lambda p: Implementer.objects.create(
        project=p, organisation=Organisation.objects.create(name="Lumityöt Oy")
    ),
    "the type's name": lambda p: type(p.project_type).objects.update(name="Lumityö"),
    "a key": lambda p: ExternalKey.objects.create(project=p, kind="eura", value="lumityö"),
    "an attachment": lambda p: Attachment.objects.create(project=p, title="Lumityöt"),
    "an attachment's text": lambda p: a_text(p, parts=[a_part(1, "Lumityöt")]),
    "a report": lambda p: (a_measure(p, "Lumityöt"), a_published_period(p)),
    "raw SQL": lambda p: connection.cursor().execute(
        "UPDATE hankkeet_section SET body = '<p>lumityö</p>' WHERE project_id = %s", [p.pk]
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_way_of_writing_is_noticed(change):
    project = a_whole_card("Kortti")
    assert found("lumityö") == []
    CHANGES[change](project)
    assert len(found("lumityö")) == 1


def test_what_is_taken_away_is_no_longer_found():
    project = a_project("Kortti")
    section = add_section(project)
    assert found("lumityö") == ["Kortti"]
    section.delete()
    assert found("lumityö") == []


def test_a_deleted_project_is_gone():
    a_project("Lumityö").delete()
    assert found("lumityö") == []
    assert not Document.objects.exists()


@pytest.mark.parametrize("publication", ["draft", "in_review", "withdrawn"])
def test_what_is_not_public_is_not_even_in_the_index(publication):
    project = a_project("Lumityö")
    assert found("lumityö") == ["Lumityö"]
    Project.objects.filter(pk=project.pk).update(publication=publication)
    assert found("lumityö") == []
    assert not Document.objects.exists()


def test_a_withdrawn_card_is_not_found_even_before_it_is_indexed_again():
    a_project("Lumityö")
    asked = search("lumityö")
    Project.objects.withdraw()
    assert not asked.matching(Project.objects.all()).exists()


def test_publishing_brings_a_card_in():
    a_ready_draft("Lumityö")
    assert found("lumityö") == []
    Project.objects.publish()
    assert found("lumityö") == ["Lumityö"]


def test_a_hidden_attachment_finds_nothing():
    Attachment.objects.create(project=a_project("Kortti"), title="Lumityöt", is_hidden=True)
    assert found("lumityö") == []


def test_people_and_their_numbers_find_nothing():
    a_whole_card("Kortti")
    for words in ("Esimerkki", "0500000001", '"aino.esimerkki"'):
        assert found(words) == [], words


def test_an_undone_change_leaves_nothing_to_index():
    index.catch_up(budget_s=None)
    with transaction.atomic():
        a_project("Lumityö")
        assert Pending.objects.exists()
        transaction.set_rollback(True)
    assert not Pending.objects.exists()


def test_nothing_waits_costs_one_query(django_assert_num_queries):
    a_project()
    index.catch_up(budget_s=None)
    with django_assert_num_queries(1):
        assert index.catch_up() == 0


def test_a_shared_row_touches_its_projects_only_when_what_is_searched_changes():
    a_share(a_project("Kortti"), "Säätiö")
    index.catch_up(budget_s=None)
    Funder.objects.update(url="https://www.example.fi/")
    assert not Pending.objects.exists()
    Funder.objects.update(name="Uusi säätiö")
    assert Pending.objects.count() == 1


def test_versions_are_never_mixed(monkeypatch):
    a_project("Lumityö")
    assert found("lumityö") == ["Lumityö"]
    Document.objects.update(version=0)
    monkeypatch.setattr("sivusto.search.engine.catch_up", lambda: 0)
    assert found("lumityö") == []
    monkeypatch.undo()
    assert found("lumityö") == ["Lumityö"]
    assert not Document.objects.filter(version=0).exists()


def test_the_whole_index_is_made_anew_by_one_command(capsys):
    a_project("Lumityö")
    a_draft("Jäätyö")
    Pending.objects.all().delete()
    call_command("reindex")
    assert "1 hanketta" in capsys.readouterr().out
    assert found("lumityö") == ["Lumityö"]
    assert not Word.objects.filter(word="jäätyö").exists()
    call_command("reindex", "--vain-odottavat")
    assert "0 hanketta" in capsys.readouterr().out


def test_reindexing_lets_the_planner_know_how_much_there_is():
    add_section(a_project("Kortti"))
    index.reindex()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'hankkeet_section'")
        assert cursor.fetchone() == (Section.objects.count(),)


def test_an_endless_text_is_indexed_as_far_as_it_goes():
    project = a_project("Kortti")
    for part in range(4):
        words = " ".join(f"sana{part}x{number}q" for number in range(7000))
        add_section(project, f"<p>{words}</p>")
    assert found("sana0x17q") == ["Kortti"]
    assert found('"sana3x6999q"') == []


@pytest.mark.django_db(transaction=True)
def test_a_change_made_while_an_older_one_is_indexed_is_not_lost(monkeypatch):
    project = a_project("Kortti")
    started, changed = threading.Event(), threading.Event()
    real = index.write

    def slow_write(projects):
        started.set()
        changed.wait(10)
        real(projects)

    monkeypatch.setattr(index, "write", slow_write)

    def index_slowly():
        index.catch_up()
        connection.close()

    thread = threading.Thread(target=index_slowly)
    thread.start()
    started.wait(10)
    Project.objects.filter(pk=project.pk).update(name="Lumityö")
    changed.set()
    thread.join(10)
    monkeypatch.undo()
    assert found("lumityö") == ["Lumityö"]


@pytest.mark.django_db(transaction=True)
def test_a_search_does_not_wait_for_a_long_indexing():
    a_project("Kortti")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [index.INDEX_LOCK])
    waited = []

    def other():
        start = time.monotonic()
        waited.append((index.catch_up(), time.monotonic() - start))
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    thread.join(20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [index.INDEX_LOCK])
    assert waited[0][0] == 0
    assert Pending.objects.exists()
