"""Nobody's question keeps the database busy for long, and who asked too much is told so kindly."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, connections
from django.http import HttpResponse

from sivusto.security.limits import StatementLimitMiddleware, limit_statements
from tests.builders import a_project


def limit(on=connection) -> str:
    with on.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@contextmanager
def another_connection() -> Iterator:
    other = connections.create_connection("default")
    try:
        yield other
    finally:
        other.close()


@pytest.fixture
def limited(settings) -> Iterator[None]:
    """Open the connections of a test as a web process does."""
    options = connections.settings["default"]["OPTIONS"]
    before = dict(options)
    settings.STATEMENT_LIMIT_S = 7
    limit_statements()
    connection.close()
    yield
    options.clear()
    options.update(before)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_web_process_opens_its_connections_with_the_limit_and_commands_do_not(limited):
    limit_statements()
    with another_connection() as web:
        assert limit(web) == "7s"
    del connections.settings["default"]["OPTIONS"]["options"]
    with another_connection() as command:
        assert limit(command) == "0"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/hankkeet/?q=talo", "/hankkeet/luettelo.atom", "/", "/sv/"])
def test_an_answer_that_takes_too_long_says_so_and_is_no_fault(client, path):
    a_project("Talo")
    with another_connection() as other, other.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE hankkeet_project IN ACCESS EXCLUSIVE MODE")
        with connection.cursor() as mine:
            mine.execute("SET statement_timeout = '50ms'")
        response = client.get(path)
        other.rollback()
    with connection.cursor() as mine:
        mine.execute("RESET statement_timeout")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "503.html" in [template.name for template in response.templates]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("user", "expected"),
    [(User(is_staff=True), "0"), (User(is_staff=False), "7s"), (AnonymousUser(), "7s")],
)
def test_only_staff_may_ask_for_long(limited, rf, settings, user, expected):
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.user = user
    response = StatementLimitMiddleware(lambda _request: HttpResponse(limit()))(request)
    assert response.text == expected
    assert limit() == "7s"


@pytest.mark.django_db(transaction=True)
def test_another_fault_of_the_database_stays_a_fault(client):
    a_project("Talo")
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hankkeet_project RENAME TO away")
    try:
        assert client.get("/hankkeet/").status_code == 500
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO hankkeet_project")


def test_the_door_of_the_web_sets_the_limit(limited):
    options = connections.settings["default"]["OPTIONS"]
    options.pop("options")
    import importlib

    import sivusto.wsgi

    importlib.reload(sivusto.wsgi)
    assert options["options"] == "-c statement_timeout=7000"
