"""While the database is away the site says so kindly, or shows what it last knew to be right."""

import time

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection, connections
from django.test import Client

from sivusto.freshness import outage, pages
from sivusto.freshness.outage import is_outage
from sivusto.models import DataVersion
from tests.builders import a_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _cache(settings):
    settings.PAGE_CACHE_BYTES = 8_000_000


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def database(monkeypatch):
    """The database's switch: ``stop`` ends the connection and refuses new ones, by the driver."""
    params, kind = connection.get_connection_params(), type(connections["default"])

    class Switch:
        tries = 0

        def stop(self):
            with psycopg.connect(**params, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [self.backend()])
            monkeypatch.setattr(kind, "get_connection_params", lambda _: self.refused())

        def refused(self):
            self.tries += 1
            return params | {"host": "/no/such/folder"}

        def start(self):
            monkeypatch.setattr(kind, "get_connection_params", lambda _: params)

        def backend(self):
            connection.ensure_connection()
            return connection.connection.info.backend_pid

    switch = Switch()
    yield switch
    monkeypatch.undo()
    connection.close()


@pytest.mark.parametrize(("path", "word"), [("/salkut/", "ei juuri nyt vastaa"), ("/sv/", "lang")])
def test_a_page_never_seen_says_kindly_that_the_data_is_away(client, database, path, word):
    database.stop()
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    assert word in answer.text
    assert f'<html lang="{"sv" if path == "/sv/" else "fi"}">' in answer.text
    assert "Traceback" not in answer.text


def test_a_page_seen_is_shown_and_marked_as_the_last_good_copy(client, database):
    page = client.get(a_project().get_absolute_url())
    database.stop()
    copy = client.get(page.request["PATH_INFO"])
    assert (copy.status_code, copy.content) == (200, page.content)
    assert copy.headers["Warning"].startswith("110")
    assert copy.headers["Cache-Control"] == "no-store"


def test_the_last_copy_is_not_shown_for_ever(client, database, monkeypatch):
    client.get("/")
    database.stop()
    monkeypatch.setattr(pages, "LAST_COPY_S", -1)
    assert client.get("/").status_code == 503


def test_what_had_changed_when_last_asked_is_not_shown(client, database):
    project = a_project()
    client.get(project.get_absolute_url())
    type(project).objects.withdraw()
    client.get("/salkut/")
    assert client.get(project.get_absolute_url()).status_code == 404
    database.stop()
    assert client.get(project.get_absolute_url()).status_code == 503


def test_it_is_back_as_soon_as_the_database_is(client, database, monkeypatch):
    database.stop()
    assert client.get("/").status_code == 503
    database.start()
    time.sleep(outage.PAUSE_S)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Warning" not in answer.headers


def test_nobody_waits_for_a_server_that_has_just_refused(client, database):
    database.stop()
    for _ in range(20):
        assert client.get("/").status_code == 503
    assert database.tries <= 2


def test_a_dead_connection_is_made_anew_without_a_word(client):
    client.get("/")
    connection.ensure_connection()
    params = connection.get_connection_params()
    with psycopg.connect(**params, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    assert client.get("/salkut/").status_code == 200


def test_staff_too_are_told(client, database):
    client.force_login(get_user_model().objects.create_superuser("yllapito"))
    database.stop()
    answer = client.get("/yllapito/")
    assert answer.status_code == 503
    assert "ei juuri nyt vastaa" in answer.text


def test_a_query_cut_off_for_its_length_is_no_outage():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 10")
        with pytest.raises(OperationalError) as caught:
            cursor.execute("SELECT pg_sleep(1)")
    connection.close()
    assert not is_outage(caught.value)
    assert not is_outage(ValueError())
    assert not is_outage(None)


def test_the_version_is_read_past_the_model_as_by_it():
    a_project()
    assert outage.VersionReader().read() == DataVersion.current()
    DataVersion.objects.all().delete()
    assert outage.VersionReader().read() == DataVersion.current() == 0
