"""Links by which one card is confirmed without logging in: signed, for a month, for one person.

A made-up link is refused before the database is asked anything, so guessing needs no other brake.
Whether the person still may edit the card is asked when the link is used.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

SALT = "sivusto.reminders.confirm"
LIVES_S = 30 * 24 * 3600
LONGEST = 300  # letters; what is longer was not made here


class LinkError(Exception):
    """The link is of no use."""


class ExpiredLinkError(LinkError):
    """The link was good once."""


@dataclass(frozen=True)
class Link:
    """Which card whose link confirms, and the mark that tells it from her other links."""

    project: int
    user: int
    mark: str


def token(project: int, user: int, sending: str) -> str:
    """Return what stands in the address; ``sending`` tells one week's mail from another's."""
    return signing.dumps([project, user, sending], salt=SALT)


def address(project: int, user: int, sending: str) -> str:
    """Return the whole address, as a mail needs it."""
    with override("fi"):
        path = reverse("confirm", args=[token(project, user, sending)])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def read(text: str) -> Link:
    """Return what a link says; raise LinkError for one that was altered or has expired."""
    try:
        if len(text) > LONGEST:
            raise signing.BadSignature("too long")
        project, user, sending = signing.loads(text, salt=SALT, max_age=LIVES_S)
    except signing.SignatureExpired as error:
        raise ExpiredLinkError from error
    except signing.BadSignature as error:
        raise LinkError from error
    return Link(int(project), int(user), f"{project}/{user}/{sending}")
