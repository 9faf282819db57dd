"""What the process holds follows the database, and steps aside where it cannot."""

import threading

import pytest
from django.db import connection

from hankkeet.models import Organisation, Project
from salkut.models import Portfolio
from sivusto.search import index
from sivusto.search.bitmaps import keeper as module
from sivusto.search.bitmaps import triggers
from sivusto.search.bitmaps.keeper import Keeper
from sivusto.search.bitmaps.models import ProjectChange
from sivusto.search.bitmaps.postings import Postings
from sivusto.search.engine import search
from tests.builders import a_portfolio, a_project, a_ready_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    a_project("Silta")
    index.catch_up()
    kept = Keeper()
    kept.build()
    return kept


def number(keeper):
    return keeper.current().register.public.bit_count()


def test_a_published_card_is_there_and_a_withdrawn_one_gone(keeper):
    draft = a_ready_draft("Tie")
    assert number(keeper) == 1
    Project.objects.filter(pk=draft.pk).publish()
    assert number(keeper) == 2
    Project.objects.all().withdraw()
    assert number(keeper) == 0


def test_raw_sql_is_seen_as_well(keeper):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE hankkeet_project SET phase = 'ended'")
    assert keeper.current().register.values["vaihe"].keys() == {"paattynyt"}


def test_a_change_of_too_many_is_left_to_sql(keeper, monkeypatch):
    monkeypatch.setattr(module, "MOST_TOLD", 3)
    for place in range(4):
        a_project(f"Tie {place}")
    assert keeper.current() is None


def test_a_statement_on_many_rows_logs_one_row():
    drafts = [Project(name=f"Tie {n}") for n in range(triggers.MOST_TOLD + 1)]
    Project.objects.bulk_create(drafts)
    Project.objects.update(phase="ended")
    assert list(ProjectChange.objects.values_list("project_id", flat=True)) == [None]


def test_a_slug_that_changes_is_left_to_sql(keeper):
    unit = Organisation.objects.create(name="Koulu")
    assert keeper.current() is not None
    unit.name = "Opisto"
    unit.save()
    assert keeper.current() is None


def test_an_emptied_table_is_left_to_sql(keeper):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE hankkeet_project_portfolios")
    assert keeper.current() is None


def test_names_are_out_of_order_only_when_one_is_new(keeper):
    project = Project.objects.get()
    project.portfolios.add(a_portfolio("Arki"))
    assert "name" in keeper.current().register.numbers
    Project.objects.update(name="Tie")
    assert "name" not in keeper.current().register.numbers


def test_sparse_keys_are_left_to_sql(keeper, monkeypatch):
    monkeypatch.setattr(module, "SMALL", 0)
    monkeypatch.setattr(module, "SPARSE", 0)
    keeper.forget()
    assert keeper.build() is None


def test_a_register_not_asked_for_long_is_left_to_sql(keeper, monkeypatch):
    monkeypatch.setattr(module, "TRUSTED_S", -1)
    assert keeper.current() is None


@pytest.mark.django_db(transaction=True)
def test_following_costs_one_query(keeper, django_assert_num_queries):
    keeper.current()
    with django_assert_num_queries(1):
        Keeper.current(keeper)


def test_kept_postings_stay_within_their_bytes():
    a_project("Silta ja tie kylän keskellä")
    index.catch_up()
    postings = Postings(most_bytes=700)
    for words in ("silta", "tie", "kylä", "keskellä"):
        assert postings.matching(search(words).query)
        assert postings.size <= 700


def test_an_index_written_later_is_seen(keeper):
    keeper.current().postings.matching(search("tie").query)
    a_project("Tie")
    query = search("tie").query
    assert keeper.current().postings.matching(query).bit_count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_commit_of_another_connection_is_seen_and_nothing_before_it():
    Portfolio.objects.create(name="Arki")
    keeper = Keeper()
    keeper.build()
    written, seen = threading.Event(), threading.Event()

    def write():
        from django.db import transaction

        with transaction.atomic():
            a_project("Tie")
            written.set()
            seen.wait(20)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait(20)
    a_project("Silta")  # begun later than the other, ended before it
    before = number(keeper)
    seen.set()
    writer.join()
    assert (before, number(keeper)) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_the_register_is_built_aside_and_then_serves():
    a_project("Tie")
    keeper = Keeper()
    assert keeper.current() is None
    keeper.builds_itself = True
    assert keeper.current() is None
    keeper._builder.join(60)
    assert number(keeper) == 1
