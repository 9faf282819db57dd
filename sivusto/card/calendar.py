"""What a project's dates say of it on a day, apart from what staff declare. No Django here."""

from datetime import date
from enum import Enum


class Calendar(Enum):
    """Where the day stands in the project's time."""

    UNKNOWN = "unknown"
    AHEAD = "ahead"
    RUNNING = "running"
    OVER = "over"


# The phases, as the register keeps them, that go together with each.
AGREEING = {
    Calendar.UNKNOWN: {"planned", "running", "ended", "discontinued"},
    Calendar.AHEAD: {"planned", "discontinued"},
    Calendar.RUNNING: {"running", "discontinued"},
    Calendar.OVER: {"ended", "discontinued"},
}


def calendar(start: date | None, end: date | None, today: date) -> Calendar:
    """Return what the dates say; both days belong to the project's time."""
    if end is not None and end < today:
        return Calendar.OVER
    if start is not None and start > today:
        return Calendar.AHEAD
    return Calendar.UNKNOWN if start is None and end is None else Calendar.RUNNING


def agrees(phase: str, start: date | None, end: date | None, today: date) -> bool:
    """Tell whether the declared phase and the dates can both be true."""
    return phase in AGREEING[calendar(start, end, today)]
