"""Since when nobody has looked a card over, and when that is too long: said here alone.

A card that nobody has looked at since it came to the register has been silent since then. Each
portfolio says after how many months it wants to hear; of several the shortest time decides. A
project that is over owes no news.
"""

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce, TruncDate

from hankkeet.models.expiry import MonthsLater
from hankkeet.models.look import Look
from hankkeet.models.project import Phase, Project, ProjectQuerySet, Publication
from salkut.models import SILENCE_MONTHS

OWES_NEWS = (Phase.PLANNED, Phase.RUNNING)


def last_look() -> models.Subquery:
    """Return, for a queryset of projects, the moment of the last look; None for none."""
    mine = Look.objects.filter(project=models.OuterRef("pk")).order_by("-at")
    return models.Subquery(mine.values("at")[:1])


def with_silence(projects: ProjectQuerySet) -> ProjectQuerySet:
    """Note on each row ``looked_at``, and ``heard_on``: the day since which it is silent."""
    heard_on = TruncDate(Coalesce("looked_at", "created_at"))
    noted: ProjectQuerySet = projects.annotate(looked_at=last_look(), heard_on=heard_on)
    return noted


def silent(projects: ProjectQuerySet, today: date) -> ProjectQuerySet:
    """Keep cards that owe news and of which nobody has been heard for too long."""
    owing = projects.filter(phase__in=OWES_NEWS).exclude(publication=Publication.WITHDRAWN)
    mine = Project.objects.filter(pk=models.OuterRef("pk")).order_by()
    shortest = models.Min(Coalesce("portfolios__silence_months", SILENCE_MONTHS))
    months = models.Subquery(mine.values("pk").annotate(months=shortest).values("months"))
    late: ProjectQuerySet = with_silence(owing).alias(due_on=MonthsLater("heard_on", months))
    return late.filter(due_on__lt=today)
