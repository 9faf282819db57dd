"""Ten thousand queries that nobody types: none is refused, none is a fault, none grows."""

import pytest
from django.db import connection

from hankkeet.models import Section
from sivusto.search.analysis import tsquery
from sivusto.search.analysis.query import MOST_CLAUSES, parse
from sivusto.search.bitmaps import ready
from sivusto.search.bitmaps.keeper import keeper
from sivusto.search.finnish import analyser
from sivusto.search.index import catch_up
from tests.builders import a_project
from tests.hostile import queries

LONGEST_WRITTEN = 20_000  # letters; a query has 400
MOST_QUERIES = 30


@pytest.mark.django_db
def test_ten_thousand_queries_are_written_as_postgresql_reads_them():
    written = []
    for text in queries(10_000):
        query = parse(text, analyser())
        assert len(query.clauses) <= MOST_CLAUSES
        if query.clauses:
            written.append(tsquery.written(query))
        if query.wanted:
            written += [tsquery.all_within(query, "n="), tsquery.some_within(query, "g=")]
    assert max(map(len, written)) < LONGEST_WRITTEN
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(q::tsquery) FROM unnest(%s::text[]) AS q", [written])
        assert cursor.fetchone() == (len(written),)


@pytest.fixture
def _bitmaps():
    yield
    keeper.forget()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_bitmaps")
def test_hundreds_of_queries_are_answered_by_the_list_with_as_few_questions(
    client, django_assert_max_num_queries
):
    for number in range(5):
        project = a_project(f"Kirjasto ja palvelut {number}")
        Section.objects.create(project=project, body="<p>Ikäihmiset, nuoret ja energia.</p>")
    catch_up()
    ready.tend()
    keeper.build()
    client.get("/hankkeet/?q=alku")
    for text in queries(250, seed=2):
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get("/hankkeet/", {"q": text})
        assert response.status_code == 200, text
        assert response.text.count("<script>") == 1  # the list's own loader
