"""Django's entry to the backend: it starts the server on the first connection, not on import."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

from sivusto.embedded.server import connection_params


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend on a server that starts itself."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's parameters with the running server's address in them."""
        params: dict[str, Any] = super().get_connection_params()
        return params | connection_params(self.settings_dict["EMBEDDED_DATA"])

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, making the site's own database first if the server is new."""
        try:
            return super().get_new_connection(conn_params)
        except OperationalError as error:
            if conn_params["dbname"] != self.settings_dict["NAME"] or not _is_missing(error):
                raise
        with self._nodb_cursor() as cursor:
            _create_database(cursor, conn_params["dbname"])
        return super().get_new_connection(conn_params)


def _is_missing(error: OperationalError) -> bool:
    return "does not exist" in str(error)


def _create_database(cursor: Any, name: str) -> None:
    """Create the database unless another process did so meanwhile."""
    cursor.execute("SELECT pg_advisory_lock(4711)")
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if not cursor.fetchone():
        cursor.execute(f'CREATE DATABASE "{name}"')
    cursor.execute("SELECT pg_advisory_unlock(4711)")
