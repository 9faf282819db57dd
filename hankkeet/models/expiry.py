"""Until when a person is shown as a contact: said here alone, for everything that is read.

Officials may be named while they hold the task. So many months after the project has ended, or
after the person has left the task, whichever comes first, only the role, the unit and its mailbox
are public. Nothing needs to run for that: whoever reads compares the day with today's.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Least

from hankkeet.models.days import MonthsLater
from hankkeet.models.project import Phase, Project

# The last day of a person on a project that has ended nobody knows when.
LONG_AGO = date(1, 1, 1)
OVER = (Phase.ENDED, Phase.DISCONTINUED)


def last_public_day() -> models.Expression:
    """Return, for a queryset of contacts, the last day on which the person may be shown.

    None where no end is known. Of several portfolios the one with the shortest time decides.
    """
    mine = Project.objects.filter(pk=models.OuterRef("project_id")).order_by()
    shortest = models.Min(Coalesce("portfolios__contact_months", settings.CONTACT_MONTHS))
    months = mine.values("pk").annotate(months=shortest).values("months")
    end = Least(models.Subquery(mine.values("end_date")), models.F("end_date"))
    is_undated = models.Exists(mine.filter(phase__in=OVER, end_date__isnull=True))
    return Coalesce(
        MonthsLater(end, models.Subquery(months)),
        models.Case(models.When(is_undated, then=models.Value(LONG_AGO))),
        output_field=models.DateField(),
    )
