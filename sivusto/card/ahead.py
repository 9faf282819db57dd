"""Cards printed before anybody asks for them: the newest public changes, in the background.

What has changed is read from the cards themselves, so that whoever changes them (a form, a bulk
publication, an import) does nothing for it and waits for nothing.
"""

import logging
import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.translation import override

from hankkeet.models import Project
from sivusto.card.kept import printed_card
from sivusto.card.printing import PrinterBusy, PrintError
from sivusto.freshness.models import DataVersion

logger = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=7)
# A long transaction shows its changes long after the moment that it gave them.
OVERLAP = timedelta(hours=1)
# After a large import the rest is printed for whoever asks first.
MOST_AT_ONCE = 1000
ASKED_EVERY_S = 2.0
POLITENESS = 10


class Ahead:
    """Print what has changed since the last look; knows what it has done already."""

    def __init__(self) -> None:
        self._since = timezone.now() - LOOK_BACK
        self._done: dict[str, datetime] = {}

    def catch_up(self, may_go_on: Callable[[], bool] = lambda: True) -> int:
        """Print the public cards changed lately, the newest first; return how many were tried.

        Asks before each whether it may go on. A card that cannot be printed is left to its first
        reader, who is told why.
        """
        begun = timezone.now()
        changed = self._changed()
        waiting = [code for code, updated_at in changed if self._done.get(code) != updated_at]
        for code in waiting:
            if may_go_on():
                _print(code)
        self._done = dict(changed)
        self._since = begun - OVERLAP
        return len(waiting)

    def _changed(self) -> list[tuple[str, datetime]]:
        public = Project.objects.public().filter(updated_at__gte=self._since)
        return list(public.order_by("-updated_at").values_list("code", "updated_at")[:MOST_AT_ONCE])


def follow(also: Callable[[], object] = lambda: None) -> None:
    """Catch up at every public change, for as long as the process that started this one lives.

    ``also`` is other work in the background, done between; it costs little when there is none.
    """
    os.nice(POLITENESS)
    parent = os.getppid()
    ahead, seen = Ahead(), None
    while os.getppid() == parent:
        try:
            version = DataVersion.current()
            if version != seen:
                ahead.catch_up(lambda: os.getppid() == parent)
                seen = version
            also()
        except DatabaseError as error:
            logger.warning("no printing ahead for a while: %s", error)
        close_old_connections()  # lets go of one that has broken
        time.sleep(ASKED_EVERY_S)


def _print(code: str) -> None:
    try:
        with override(settings.LANGUAGE_CODE):
            printed_card(code)
    except PrinterBusy:
        logger.info("%s is being printed for somebody else", code)
    except PrintError as error:
        logger.warning("%s could not be printed ahead: %s", code, error)
