"""Stopping the clock for our code and for Django's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def clock_at(moment: str) -> Iterator[datetime]:
    """Make it a moment of ISO form, in UTC unless it says otherwise."""
    now = datetime.fromisoformat(moment)
    if timezone.is_naive(now):
        now = timezone.make_aware(now, timezone.get_fixed_timezone(0))
    with (
        patch("django.utils.timezone.now", return_value=now),
        patch("time.time", return_value=now.timestamp()),
    ):
        yield now
