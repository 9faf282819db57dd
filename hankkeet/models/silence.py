"""Since when nobody has looked a card over, and when that is too long: said here alone.

A card that nobody has looked at since it came to the register has been silent since then. Each
portfolio says after how many months it wants to hear; of several the shortest time decides. A
project that is over owes no news.
"""

from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Least, TruncDate

from hankkeet.models.days import MonthsLater
from hankkeet.models.look import Look
from hankkeet.models.project import Phase, Project, ProjectQuerySet, Publication
from salkut.models import SILENCE_MONTHS, Portfolio

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
    held: Any = Project.portfolios.through._base_manager.filter(project=models.OuterRef("pk"))
    shortest = held.values("project").annotate(months=models.Min("portfolio__silence_months"))
    months = Coalesce(models.Subquery(shortest.values("months")), SILENCE_MONTHS)
    # First by what is cheap to ask: whether the least patient portfolio of all would wait longer.
    least: Any = Portfolio.objects.order_by().values(all=models.Value(1))
    least = least.annotate(months=models.Min("silence_months")).values("months")
    soonest = Least(models.Subquery(least), models.Value(SILENCE_MONTHS))
    late: ProjectQuerySet = with_silence(owing).alias(
        soonest=MonthsLater("heard_on", soonest), due_on=MonthsLater("heard_on", months)
    )
    return late.filter(soonest__lt=today, due_on__lt=today)
