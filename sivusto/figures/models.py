"""The kept figures, what each project adds to them, and the projects that wait to be counted."""

from typing import Self

from django.db import models


class Kind(models.TextChoices):
    """What a figure is of; ``thing`` and ``part`` hold the keys named here."""

    REGISTER = "register"  # everything: 0, 0
    PORTFOLIO = "portfolio"  # the portfolio, 0
    PROGRAMME = "programme"  # the funder and its programme, 0 for none
    YEAR = "year"  # the funder and the year in which the project starts, 0 for none


class FigureQuerySet(models.QuerySet["Figure"]):
    """Questions about figures."""

    def of(self, kind: Kind) -> Self:
        """Keep those of one kind."""
        return self.filter(kind=kind)


class Figure(models.Model):
    """How many public projects there are of a thing, and their money together.

    The money of the register and of portfolios is projects' costs, that of funders their shares.
    ``stated`` and ``unstated`` tell how many of these have a sum and how many have none.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices)
    thing = models.BigIntegerField()
    part = models.BigIntegerField()
    number = models.IntegerField()
    running = models.IntegerField()
    ended = models.IntegerField()
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    stated = models.IntegerField()
    unstated = models.IntegerField()
    proposals = models.IntegerField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        db_table = "sivusto_figure"
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing", "part"], name="figure_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} {self.part}"


class Counted(models.Model):
    """What a project adds to the figures now, as rows of them."""

    project_id = models.BigIntegerField(primary_key=True)
    parts = models.JSONField()

    class Meta:
        db_table = "sivusto_counted"

    def __str__(self) -> str:
        return str(self.project_id)


class Uncounted(models.Model):
    """A project that has changed since it was counted."""

    project_id = models.BigIntegerField()

    class Meta:
        db_table = "sivusto_uncounted"

    def __str__(self) -> str:
        return str(self.project_id)
