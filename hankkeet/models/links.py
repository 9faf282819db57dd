"""Addresses that cards lead to, and whether somebody still answers there."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _


class LinkQuerySet(models.QuerySet["Link"]):
    """Questions about links."""

    def dead(self) -> Self:
        """Keep those that have failed on two days or more with no answer between."""
        return self.filter(failing_since__lt=F("checked_on"))


class Link(models.Model):
    """What an address answered when it was last asked; kept by address, whoever links there."""

    address = models.TextField(_("osoite"), primary_key=True)
    checked_on = models.DateField(_("kysytty"))
    failing_since = models.DateField(_("vastaamatta alkaen"), null=True)
    problem = models.CharField(_("mikä vikana"), max_length=200, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("linkki")
        verbose_name_plural = _("linkit")

    def __str__(self) -> str:
        return self.address

    def noted(self, today: date, problem: str) -> Self:
        """Take what the address answered today, "" for well; the first failing day is kept."""
        self.failing_since = (self.failing_since or today) if problem else None
        self.checked_on, self.problem = today, problem[:200]
        return self


def unanswered_on(field: str) -> Subquery:
    """Return an annotation: the day when a row's address last gave no answer, None if it lives."""
    dead = Link.objects.dead().filter(address=OuterRef(field))
    return Subquery(dead.values("checked_on")[:1])
