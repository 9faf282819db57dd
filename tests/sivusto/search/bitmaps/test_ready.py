"""Terms kept ready: what they are true to, when they are made anew, and when they step aside."""

import pytest
from django.db import connection

from hankkeet.models import Project
from sivusto.search import index
from sivusto.search.bitmaps import ready
from sivusto.search.bitmaps.keeper import Keeper
from sivusto.search.bitmaps.models import ProjectChange, ReadyBlock
from sivusto.search.bitmaps.postings import MOST_NOTED, Postings
from sivusto.search.engine import search
from tests.builders import a_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def silta():
    project = a_project("Silta")
    index.catch_up()
    ready.tend()
    return project


def test_there_is_nothing_to_trust_before_blocks_are_made():
    a_project("Silta")
    index.catch_up()
    assert ready.state() is None
    assert ready.tend() == 1
    assert ready.state().changed == 0


def test_a_change_is_news_until_the_block_is_made_anew(silta, monkeypatch):
    silta.name = "Tie"
    silta.save()
    assert ready.state().changed == 1 << silta.pk
    assert ready.tend() == 0
    monkeypatch.setattr(ready, "MOST_CHANGED", 0)
    assert ready.tend() == 1
    assert ready.state().changed == 0


def test_a_new_project_is_news(silta):
    project = a_project("Tie")
    index.catch_up()
    assert ready.state().changed == 1 << project.pk


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: ReadyBlock.objects.update(version=0),
        lambda: ReadyBlock.objects.update(at="2020-01-01T00:00:00Z"),
        lambda: ReadyBlock.objects.all().delete(),
        lambda: ProjectChange.objects.create(project_id=None),
    ],
)
def test_what_cannot_be_trusted_is_made_anew(silta, spoil):
    spoil()
    assert ready.state() is None
    assert ready.tend() == 1
    assert ready.state() is not None


def test_an_old_block_that_is_true_is_only_signed(silta, monkeypatch):
    monkeypatch.setattr(ready, "STATE", ready.STATE.replace("'6 hours'", "'0 hours'"))
    before = ReadyBlock.objects.get().at
    assert ready.tend() == 0
    assert ReadyBlock.objects.get().at > before


def test_only_one_process_makes_blocks(silta, monkeypatch):
    from django.db import connections

    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ready.READY_LOCK])
        ReadyBlock.objects.all().delete()
        assert ready.tend() == 0
    finally:
        other.close()


def test_a_ready_word_asks_the_index_nothing(silta, django_assert_num_queries):
    keeper = Keeper()
    postings = keeper.build().postings
    query = search("silta").query
    with django_assert_num_queries(0):  # ready rows come by the driver's own cursor
        found = postings.matching(query)
    assert found == 1 << silta.pk


def test_many_changes_are_forgotten_and_none_is_missed(silta):
    postings = Postings()
    postings.trust(ready.state())
    query = search("silta").query
    assert postings.matching(query) == 1 << silta.pk
    Project.objects.all().withdraw()
    index.catch_up()
    for _each in range(MOST_NOTED + 1):
        postings.note(1 << silta.pk)
    assert postings.matching(query) == 0
    assert len(postings._changes) <= MOST_NOTED


def test_frequent_terms_are_fetched_ahead(silta, django_assert_num_queries):
    postings = Keeper().build().postings
    assert postings.warm(50, 60)
    with connection.execute_wrapper(lambda *_: pytest.fail("asked")):
        postings._fetched(["'silta'"])
