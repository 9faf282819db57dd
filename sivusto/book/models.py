"""The books of portfolios: asked for, in the making, or ready to be taken."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from salkut.models import Portfolio
from sivusto.freshness.models import DataVersion

MOST_TRIES = 3


class PortfolioBookQuerySet(models.QuerySet["PortfolioBook"]):
    """Books by what is to be done with them."""

    def unfinished(self) -> "PortfolioBookQuerySet":
        """Keep those that wait, and those that somebody began and never ended."""
        states = PortfolioBook.State
        return self.filter(Q(state=states.WAITING) | Q(state=states.MAKING)).order_by("asked_at")


class PortfolioBook(models.Model):
    """A portfolio's book in a language, as it was last asked for.

    ``done`` of ``number`` cards are printed. ``key`` finds the file among the printed ones; it is
    true to the register's ``version`` on its ``day`` only. ``size`` is in bytes.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    portfolio = models.ForeignKey(Portfolio, models.CASCADE, related_name="books")
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64, blank=True)
    version = models.BigIntegerField(default=0)
    day = models.DateField(null=True)
    reason = models.TextField(blank=True)

    objects = PortfolioBookQuerySet.as_manager()

    class Meta:
        db_table = "sivusto_portfolio_book"
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "language"], name="one_book_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.portfolio_id} {self.language} {self.state}"

    @property
    def is_unfinished(self) -> bool:
        """Whether it is still to come."""
        return self.state in (self.State.WAITING, self.State.MAKING)

    @property
    def is_current(self) -> bool:
        """Whether it is ready and nothing public has changed since it was begun; one query."""
        return (
            self.state == self.State.READY
            and self.day == timezone.localdate()
            and self.version == DataVersion.current()
        )

    def ask(self) -> None:
        """Put it in the queue, unless it is there or needs not be made anew."""
        if self._state.adding or not (self.is_unfinished or self.is_current):
            self.state = self.State.WAITING
            self.asked_at = timezone.now()
            self.done = self.number = self.tries = 0
            self.save()
