"""A card of the past: the project as it was, and for how long it was so."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from hankkeet.models import Project, Version
from sivusto.history.present import present_of
from sivusto.history.queries import contents_of, version_on
from sivusto.history.restore import restore


@dataclass(frozen=True)
class Past:
    """A public card as it was on a day.

    ``start`` is the version's own day. ``end`` is the last whole day on which it was what the
    public saw, None for the version that is still valid.
    """

    project: Project
    day: date
    start: date
    end: date | None


def past_card(today: Project, day: date) -> Past | None:
    """Return the card as the public saw it at the end of the day, None if there was none to see.

    ``today`` is the present project, which must be public. Ten queries at most.
    """
    version = version_on(today, day)
    if version is None or not version.is_public:
        return None
    content = contents_of([version])[today.pk]
    project = restore(content, present_of(today, [content]), version.published_at)
    return Past(project, day, day_of(version), _last_day(version))


def _last_day(version: Version) -> date | None:
    later = Version.objects.filter(project=version.project_id, number__gt=version.number)
    following = later.order_by("number").first()
    return day_of(following) - timedelta(days=1) if following else None


def day_of(version: Version) -> date:
    """Return the day on which the version became public, as days are counted here."""
    return timezone.localtime(version.published_at).date()
