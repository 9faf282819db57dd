"""An import that is killed or meets another one, in processes of their own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from hankkeet.models import Contact, Project, Section
from rahoitus.models import Funder, FundingShare
from salkut.models import Portfolio
from sivusto.models import ImportedCard
from sivusto.transfer.plan import plan
from sivusto.transfer.sources import collect
from tests.sivusto.transfer.builders import bring_in, card_text

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
TABLES = (Project, Section, Contact, Portfolio, Funder, FundingShare, ImportedCard)
STATEMENTS = [
    "pg_advisory_xact_lock",
    'COPY "hankkeet_project"',
    'INSERT INTO "salkut_portfolio"',
    'INSERT INTO "rahoitus_funder"',
    'COPY "hankkeet_section"',
    'COPY "sivusto_importedcard"',
]
# Runs the command on the test's own database and stops for good after a certain statement.
CHILD = """
import json, sys
import django
from django.conf import settings
name, stop_at, *paths = json.loads(sys.argv[1])
settings.DATABASES["default"]["NAME"] = name
django.setup()
from django.core.management import call_command
from django.db import connection
from sivusto.transfer import copying, keeping, writing

def stop_after(sql):
    if stop_at and stop_at in sql:
        print("stopped", flush=True)
        sys.stdin.read()

def stop(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    stop_after(sql)
    return result

def copy_in(model, rows, copy=copying.copy_in):
    copy(model, rows)
    if rows:
        stop_after(f'COPY "{model._meta.db_table}"')

keeping.copy_in = writing.copy_in = copy_in
with connection.execute_wrapper(stop):
    call_command("import_cards", *paths, "--apply")
"""


@pytest.fixture
def start():
    """Return what starts an import in a process of its own; none of them outlives the test."""
    children = []

    def begin(*paths, stop_at=""):
        """Start an import; after a statement with the words it hangs."""
        name = connection.settings_dict["NAME"]
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, json.dumps([name, stop_at, *map(str, paths)])],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "sivusto.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        return child

    yield begin
    for child in children:
        child.kill()
        child.communicate()


def counts():
    return [model.objects.count() for model in TABLES]


@pytest.fixture
def folder(tmp_path):
    for number in range(3):
        text = card_text(
            name=f"Kortti {number}",
            funders=f"Rahoittaja {number}",
            portfolios=f"Salkku {number}",
        )
        (tmp_path / f"{number}.txt").write_text(text)
    return tmp_path


@pytest.mark.parametrize("stop_at", STATEMENTS)
def test_a_killed_import_leaves_everything_as_it_was(folder, start, stop_at):
    bring_in()
    before = counts()
    child = start(folder, stop_at=stop_at)
    assert child.stdout.readline() == "stopped\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert counts() == before
    bring_in(*collect([str(folder)]))
    assert Project.objects.count() == 4
    assert {card.action for card in plan(collect([str(folder)])).cards} == {"unchanged"}


def test_two_imports_at_once_make_each_card_once(folder, start):
    children = [start(folder) for _number in range(3)]
    codes = [child.wait(timeout=60) for child in children]
    assert Project.objects.count() == 3
    assert Funder.objects.count() == 3
    assert 0 in codes


def test_an_import_waits_for_the_one_that_is_writing(folder, start):
    first = start(folder, stop_at=STATEMENTS[-1])
    assert first.stdout.readline() == "stopped\n"
    second = start(folder)
    time.sleep(3)
    assert second.poll() is None
    first.kill()
    assert second.wait(timeout=60) == 0
    assert Project.objects.count() == 3
