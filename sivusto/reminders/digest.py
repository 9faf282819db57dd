"""One person's weekly mail: what waits among the cards that are her own work."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from hankkeet.models import Project
from salkut.models import Portfolio
from sivusto.desk.lists import Shown, lists_for, own_desk_of
from sivusto.desk.rows import Line
from sivusto.reminders.links import address

MOST_LINES = 10  # of one list; the rest are on the desk


@dataclass(frozen=True)
class Item:
    """A line of the mail, with whole addresses; ``confirm`` "" where there is no such link."""

    line: Line
    address: str
    confirm: str

    @property
    def name(self) -> str:
        """The card's name on one line."""
        return " ".join(self.line.text.split())


@dataclass(frozen=True)
class Part:
    """A list of the desk as the mail shows it."""

    title: str
    hint: str
    count: int
    items: list[Item]

    @property
    def more(self) -> int:
        """How many are left to the desk."""
        return self.count - len(self.items)


@dataclass(frozen=True)
class Digest:
    """What waits for a person."""

    user: Any
    parts: list[Part]

    @property
    def count(self) -> int:
        """How many things there are to do."""
        return sum(part.count for part in self.parts)


def recipients() -> QuerySet[Any]:
    """Return staff with an address who manage a card or coordinate a portfolio, in turn."""
    manages = Exists(Project.managers.through.objects.filter(user=OuterRef("pk")))
    coordinates = Exists(Portfolio.coordinators.through.objects.filter(user=OuterRef("pk")))
    working = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    return working.filter(Q(manages) | Q(coordinates)).order_by("pk")


def digest_of(user: Any, today: date) -> Digest | None:
    """Return the person's mail, or None if nothing waits for her; a query for each list.

    Small findings alone are no reason to write to anybody, so findings are told on the desk only.
    """
    desk = own_desk_of(user, today)
    shown = [Shown(each, desk, MOST_LINES) for each in lists_for(user) if each.is_mailed]
    with override("fi"):
        parts = [_part(each, user, today) for each in shown if each.count]
    return Digest(user, parts) if parts else None


def letter_of(digest: Digest) -> EmailMultiAlternatives:
    """Write the mail, in Finnish, as text and as HTML that says the same."""
    with override("fi"):
        text = ngettext(
            "Hankekortit: yksi asia odottaa sinua",
            "Hankekortit: %(n)d asiaa odottaa sinua",
            digest.count,
        )
        facts = {
            "digest": digest,
            "name": digest.user.first_name,
            "desk": f"{settings.PUBLIC_ADDRESS}{reverse('admin:index')}",
            "municipality": settings.MUNICIPALITY,
        }
        letter = EmailMultiAlternatives(
            subject=text % {"n": digest.count},
            body=render_to_string("reminders/digest.txt", facts),
            to=[digest.user.email],
            headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: nobody's absence answers
        )
        letter.attach_alternative(render_to_string("reminders/digest.html", facts), "text/html")
    return letter


def _part(shown: Shown, user: Any, today: date) -> Part:
    of = shown.of
    items = [
        Item(
            line,
            f"{settings.PUBLIC_ADDRESS}{line.address}",
            address(line.project, user.pk, today.isoformat()) if of.is_confirmed_here else "",
        )
        for line in shown.lines
    ]
    return Part(str(of.title), str(of.hint), shown.count, items)
