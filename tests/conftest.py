"""What every test runs with: folders of its own, plain static files, no waiting for passwords."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import TransactionTestCase
from django.utils.translation import override
from playwright.sync_api import Browser, sync_playwright
from psycopg.errors import DeadlockDetected

from sivusto.audit.triggers import EMPTYING
from tests import chromium


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give back what the migrations made after every test that commits.

    Where only some did, those would find rows in their way that the others' cleaning made anew.
    """
    for item in items:
        mark = item.get_closest_marker("django_db")
        commits = {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if commits or (mark and mark.kwargs.get("transaction")):
            known = mark.kwargs if mark else {}
            again = known | {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**again), append=False)


def _onto_nothing(load: Callable[[type[TransactionTestCase]], None]) -> Any:
    """Empty the database before what the migrations made is loaded into it.

    A thread of a live site that outlives its test may have written rows under other keys since.
    """

    def loaded(cls: type[TransactionTestCase]) -> None:
        if cls.serialized_rollback:
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        load(cls)

    return classmethod(loaded)


TransactionTestCase._fixture_setup = _onto_nothing(  # type: ignore[method-assign]
    TransactionTestCase._fixture_setup.__func__  # type: ignore[attr-defined]
)


def _past_the_others(flush: Callable[..., None]) -> Callable[..., None]:
    """Empty the tables again where a request of a live site that nobody awaits was in the way."""

    def flushed(self: DatabaseOperations, sql_list: list[str]) -> None:
        for attempts_left in (2, 1, 0):
            try:
                flush(self, sql_list)
            except OperationalError as error:
                if not attempts_left or not isinstance(error.__cause__, DeadlockDetected):
                    raise
            else:
                break

    return flushed


DatabaseOperations.execute_sql_flush = _past_the_others(  # type: ignore[method-assign]
    DatabaseOperations.execute_sql_flush
)


@pytest.fixture(autouse=True, scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder: Path = tmp_path_factory.mktemp("var")
    settings.MEDIA_ROOT = folder / "media"
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.PAGE_CACHE_BYTES = 0  # a test's changes are never committed, so its pages grow stale
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Begin in Finnish, whatever language the test before asked its last page in."""
    with override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Let the test database empty the audit log between tests; no other database may."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} SET {EMPTYING} = 'on'")
        connection.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, driven."""
    # Playwright keeps an event loop in this thread, where Django would then refuse to ask.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
        )
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
