"""Sending: dry unless told otherwise, and never twice in a week to one person."""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from sivusto.models import Reminder
from tests.clock import clock_at
from tests.sivusto.reminders.builders import a_person, a_silent_card

ROOT = Path(__file__).resolve().parents[3]
HERE = f"{__name__}."


def run(*options):
    out = StringIO()
    call_command("send_reminders", *options, stdout=out)
    return out.getvalue()


def addressees():
    return [address for letter in mail.outbox for address in letter.to]


@pytest.mark.django_db
def test_without_apply_it_only_tells_what_it_would_send():
    a_person("oma", a_silent_card())
    told = run()
    assert "oma <oma@example.fi>: Hiljaiset kortit 1" in told
    assert "Mitään ei vielä lähetetty" in told
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)
    assert "- Hiljainen\n" in run("--show")


@pytest.mark.django_db
def test_each_person_gets_one_mail_with_all_that_waits():
    cards = a_silent_card("Yksi"), a_silent_card("Kaksi")
    a_person("oma", *cards)
    a_person("toinen", cards[0])
    a_person("kortiton")
    assert "Lähetetty: 2." in run("--apply")
    assert addressees() == ["oma@example.fi", "toinen@example.fi"]
    assert "- Yksi\n" in mail.outbox[0].body
    assert "- Kaksi\n" in mail.outbox[0].body


@pytest.mark.django_db
def test_run_every_day_it_still_writes_once_a_week():
    a_person("oma", a_silent_card())
    sent = []
    for day in range(1, 16):
        with clock_at(f"2026-11-{day:02d}T05:00:{day % 3:02d}"):
            run("--apply")
        sent.append(len(mail.outbox))
    assert sent == [1] * 7 + [2] * 7 + [3]


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"oma@example.fi": (550, b"no such user")})


class Full(EmailBackend):
    def send_messages(self, messages):
        raise SMTPDataError(552, b"mailbox full")


class Breaking(EmailBackend):
    def send_messages(self, messages):
        super().send_messages(messages)
        raise SMTPServerDisconnected("Connection unexpectedly closed")


class Absent(EmailBackend):
    def open(self):
        raise ConnectionRefusedError(111, "Connection refused")


@pytest.mark.django_db
@pytest.mark.parametrize("backend", [Refusing, Full])
def test_a_mail_that_the_server_refused_is_tried_again(settings, backend):
    a_person("oma", a_silent_card())
    ours = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = HERE + backend.__name__
    assert "oma: palvelin ei ottanut viestiä vastaan" in run("--apply")
    settings.EMAIL_BACKEND = ours
    assert "Lähetetty: 1." in run("--apply")


@pytest.mark.django_db
def test_a_mail_that_may_have_left_is_not_sent_again_and_that_is_told(settings):
    a_person("oma", a_silent_card())
    ours = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = HERE + Breaking.__name__
    assert "oma: yhteys katkesi" in run("--apply")
    settings.EMAIL_BACKEND = ours
    told = run("--apply")
    assert "oma: edellinen lähetys keskeytyi" in told
    assert ("Lähetetty: 0." in told, len(mail.outbox)) == (True, 1)
    with clock_at((timezone.now() + timedelta(days=7)).isoformat()):
        assert "Lähetetty: 1." in run("--apply")


@pytest.mark.django_db
def test_while_the_server_is_away_nobody_loses_her_turn(settings):
    a_person("oma", a_silent_card())
    ours = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = HERE + Absent.__name__
    with pytest.raises(CommandError, match="Sähköpostipalvelin ei vastaa"):
        run("--apply")
    settings.EMAIL_BACKEND = ours
    assert "Lähetetty: 1." in run("--apply")


# Runs the command on the test's own database and stops for good around the first sending.
CHILD = """
import json, sys
import django
from django.conf import settings
name, folder, stops = json.loads(sys.argv[1])
settings.DATABASES["default"]["NAME"] = name
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
settings.EMAIL_FILE_PATH = folder
django.setup()
from django.core.mail import EmailMultiAlternatives as Letter
from django.core.management import call_command

def stop():
    print("stopped", flush=True)
    sys.stdin.read()

def send(letter, *args, sent=Letter.send):
    if stops == "before":
        stop()
    sent(letter, *args)
    if stops == "after":
        stop()

Letter.send = send
call_command("send_reminders", "--apply")
"""


@pytest.fixture
def stopped(tmp_path):
    """Start runs that stop in the middle; kill what is left of them."""
    children = []

    def start(stops):
        facts = json.dumps([connection.settings_dict["NAME"], str(tmp_path), stops])
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sivusto.settings"}
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, facts],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        assert child.stdout.readline() == "stopped\n"
        return child

    yield start
    for child in children:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stops", ["before", "after"])
def test_a_run_killed_while_it_sends_never_leads_to_the_same_mail_twice(stopped, tmp_path, stops):
    a_person("eka", a_silent_card())
    a_person("toka", a_silent_card("Toinen"))
    child = stopped(stops)
    child.send_signal(signal.SIGKILL)
    child.wait()
    for _ in range(50):  # until the server has noticed that the process is gone
        try:
            told = run("--apply")
            break
        except CommandError:
            threading.Event().wait(0.1)
    assert "eka: edellinen lähetys keskeytyi" in told
    assert addressees() == ["toka@example.fi"]
    left = sum(file.read_text().count("To: eka@") for file in tmp_path.iterdir())
    assert left == (1 if stops == "after" else 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_the_second_does_nothing(stopped):
    a_person("eka", a_silent_card())
    a_person("toka", a_silent_card("Toinen"))
    child = stopped("before")
    with pytest.raises(CommandError, match="Toinen lähetys on kesken"):
        run("--apply")
    assert mail.outbox == []
    child.stdin.close()
    assert child.stdout.read().splitlines()[-1] == "Lähetetty: 2."


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_one_turn_at_the_same_instant_one_gets_it():
    user, now = a_person("oma"), timezone.now()
    got, ready = [], threading.Barrier(6)

    def claim():
        ready.wait()
        got.append(Reminder.objects.claim(user, now))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 5 + [True]
