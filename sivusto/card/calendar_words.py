"""What the calendar says of a project today, in the reader's language."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sivusto.card.calendar import Calendar, calendar
from sivusto.wording import day


def in_words(start: date | None, end: date | None) -> str:
    """Return the words; "" where there are no dates."""
    state = calendar(start, end, timezone.localdate())
    if state is Calendar.AHEAD:
        return _("alkaa %(day)s") % {"day": day(start)}
    if state is Calendar.OVER:
        return _("päättynyt %(day)s") % {"day": day(end)}
    if state is Calendar.RUNNING and end:
        return _("käynnissä %(day)s asti") % {"day": day(end)}
    return _("käynnissä") if state is Calendar.RUNNING else ""
