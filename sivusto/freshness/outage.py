"""What the site does while its database is away: it says so kindly, and asks again soon."""

import threading
import time
from typing import Any
from weakref import WeakSet

import psycopg
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from psycopg import pq
from psycopg.errors import QueryCanceled

PAUSE_S = 1.0  # after a failed try nobody waits for the next one
RETRY_AFTER_S = 5
NUMBER = b"SELECT number FROM sivusto_data_version"
STATEMENT = b"sivusto_data_version"  # its name in each connection, which plans it once
_prepared: WeakSet[Any] = WeakSet()


class Outage(Exception):  # noqa: N818
    """The database does not answer."""


def is_outage(error: BaseException | None) -> bool:
    """Say whether the error tells that the database is away; a query cut off for its length is not.

    >>> is_outage(ValueError())
    False
    """
    return isinstance(error, OperationalError | InterfaceError) and not isinstance(
        error.__cause__, QueryCanceled
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer that the site cannot read its data just now; needs no database itself."""
    language = translation.get_language_from_path(request.path_info) or "fi"
    with translation.override(language):
        response = render(request, "no_database.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    response.headers["Cache-Control"] = "no-store"
    return response


class VersionReader:
    """Reads the data version, once in a request, in one trip to the database.

    The question is also the request's check of its connection: a dead one is made anew. When the
    database does not answer, the process leaves it alone for a second, so that requests are
    answered at once instead of each waiting for the time limit of a connection.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._quiet_until = 0.0
        self.confirmed_at = float("-inf")

    def read(self) -> int:
        """Return the present number; raise Outage where the database does not answer."""
        if time.monotonic() < self._quiet_until:
            raise Outage
        try:
            number = self._ask()
        except (OperationalError, InterfaceError) as error:
            with self._lock:
                self._quiet_until = time.monotonic() + PAUSE_S
            raise Outage from error
        self.confirmed_at = time.monotonic()
        return number

    def _ask(self) -> int:
        database: Any = connections[DEFAULT_DB_ALIAS]
        had_connection = database.connection is not None
        database.health_check_done = True  # this very question is the check
        try:
            return _number(database)
        except (OperationalError, InterfaceError):
            if not had_connection or database.in_atomic_block:
                raise
            database.close()
            return _number(database)


def _number(database: Any) -> int:
    """Ask in the driver's shortest way: an eighth of a cursor's time, on every cached page."""
    database.ensure_connection()
    driver = database.connection
    with database.wrap_database_errors:
        if driver not in _prepared:
            _checked(driver.pgconn.prepare(STATEMENT, NUMBER), pq.ExecStatus.COMMAND_OK)
            _prepared.add(driver)
        result = driver.pgconn.exec_prepared(STATEMENT, None)
        _checked(result, pq.ExecStatus.TUPLES_OK)
    return int(result.get_value(0, 0) or 0) if result.ntuples else 0


def _checked(result: Any, wanted: pq.ExecStatus) -> None:
    if result.status != wanted:
        raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
