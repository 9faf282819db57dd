"""Sending the weekly mails: never twice in a week to one person, whatever happens meanwhile.

A person's turn is taken and committed before her mail leaves, and marked as sent after it. A run
that is killed in between leaves the turn taken: she gets her next mail a week later, which is
better than the same one twice. A mail that the server has surely refused gives its turn back.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.mail import get_connection
from django.utils import timezone

from sivusto.locks import alone
from sivusto.models import Reminder
from sivusto.reminders.digest import Digest, digest_of, letter_of, recipients

RUN_LOCK = 4713
# The server's own no, or an address that is none: the mail has surely not left. Anything else
# leaves the matter open.
REFUSED = (SMTPRecipientsRefused, SMTPResponseException, ValueError)
logger = logging.getLogger(__name__)


class AnotherRunError(Exception):
    """Another process is sending just now."""


class NoServerError(Exception):
    """The mail server does not answer; nobody's turn has been taken for nothing."""


@dataclass
class Sent:
    """What a run did, by user names."""

    sent: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def due(today: date) -> Iterator[Digest]:
    """Yield the mails of those for whom something waits and who have had none within a week."""
    had = set(Reminder.objects.fresh(timezone.now()).values_list("user", flat=True))
    for user in recipients():
        digest = digest_of(user, today) if user.pk not in had else None
        if digest is not None:
            yield digest


def send(today: date) -> Sent:
    """Send the mails that are due; raise AnotherRunError or NoServerError."""
    done = Sent()
    with alone(RUN_LOCK) as is_alone:
        if not is_alone:
            raise AnotherRunError
        for digest in due(today):
            _send(digest, done)
    return done


def _send(digest: Digest, done: Sent) -> None:
    user, name = digest.user, digest.user.get_username()
    letter = letter_of(digest)
    server = letter.connection = get_connection()
    try:
        server.open()
    except OSError as error:
        raise NoServerError(str(error)) from error
    if not Reminder.objects.claim(user, timezone.now()):
        server.close()
        return
    try:
        letter.send()
    except REFUSED as error:
        Reminder.objects.give_back(user)
        done.refused.append(name)
        logger.warning("the mail server refused the reminder of user %s: %s", user.pk, error)
    except OSError as error:  # all of smtplib's own are such
        done.unknown.append(name)
        logger.warning("the reminder of user %s may not have left: %s", user.pk, error)
    else:
        Reminder.objects.mark_sent(user, timezone.now())
        done.sent.append(name)
    finally:
        _close(server)


def _close(server: Any) -> None:
    """End the conversation; the mail has been taken or not, whatever the server says to that."""
    try:
        server.close()
    except OSError:
        logger.info("the mail server was gone before the end", exc_info=True)
