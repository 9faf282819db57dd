"""How long the database may work for anybody who asks.

The limit is an option of every connection that a web process opens, so that it costs no query and
no transaction can undo it. Commands and imports open their own connections without it, and staff
who have logged in are let past it for the time of their request.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.errors import QueryCanceled

Handler = Callable[[HttpRequest], HttpResponse]
OPTION = "-c statement_timeout="
RETRY_S = 30
logger = logging.getLogger(__name__)


def limit_statements() -> None:
    """Let the connections that this process opens from now on cancel a statement that lasts."""
    options = connections.settings["default"]["OPTIONS"]
    others = options.get("options", "")
    if OPTION not in others:
        options["options"] = f"{others} {OPTION}{settings.STATEMENT_LIMIT_S * 1000}".strip()


def is_limited() -> bool:
    """Tell whether this process opens its connections with the limit."""
    return OPTION in connection.settings_dict["OPTIONS"].get("options", "")


class StatementLimitMiddleware:
    """Answers kindly when a statement was cancelled; frees staff of the limit."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a reader without a session is known to be no staff without a look at it."""
        if not is_limited() or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if not request.user.is_staff:
            return self.get_response(request)
        _run("SET statement_timeout = 0")
        try:
            return self.get_response(request)
        finally:
            if not connection.needs_rollback:
                _run("RESET statement_timeout")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say that it took too long, and how to go on."""
        if not was_cancelled(error):
            return None
        logger.warning("A statement was cancelled: %s", request.get_full_path()[:500])
        response = render(request, "503.html", status=503)
        response["Retry-After"] = str(RETRY_S)
        response["Cache-Control"] = "no-store"
        return response


def was_cancelled(error: BaseException | None) -> bool:
    """Tell whether an error is, or comes of, a statement that took too long."""
    return isinstance(error, OperationalError) and isinstance(error.__cause__, QueryCanceled)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
