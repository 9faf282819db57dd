"""Days reckoned in the database."""

from django.db import models


class MonthsLater(models.Func):
    """The day so many months after a day; where that month is too short, its last day.

    So the law on reckoning time (150/1930, 3 §) has it; the day itself still belongs to the time.
    """

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    arity = 2
    output_field = models.DateField()
