"""What came of a project: each result, where it lives, whose it is and how it fares."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hankkeet.models.days import MonthsLater
from hankkeet.models.project import Phase, Project, ProjectQuerySet, Publication
from salkut.fields import WebAddressField


class ResultState(models.TextChoices):
    """How a result fares now."""

    IN_USE = "in_use", _("Käytössä")
    MOVED = "moved", _("Siirtyi")
    ENDED = "ended", _("Päättyi")
    UNKNOWN = "unknown", _("Ei tietoa")


# So many years after a project's end it is asked again what is left of its results.
ASKED_AFTER_YEARS = (1, 3, 5)
# What has moved is in use elsewhere.
STILL_IN_USE = (ResultState.IN_USE, ResultState.MOVED)


class ResultQuerySet(models.QuerySet["Result"]):
    """Questions about results."""

    def public(self) -> Self:
        """Keep what anybody may see: the results of public cards."""
        return self.filter(project__publication=Publication.PUBLISHED)

    def in_use(self) -> Self:
        """Keep what is still in use, here or where it moved."""
        return self.filter(state__in=STILL_IN_USE)


class Result(models.Model):
    """One thing that a project left behind (tulos)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="results")
    name = models.CharField(_("tulos"), max_length=300)
    state = models.CharField(
        _("tila"), max_length=20, choices=ResultState.choices, default=ResultState.IN_USE
    )
    place = models.CharField(_("missä se on"), max_length=300, blank=True)
    url = WebAddressField(_("osoite verkossa"), max_length=1000, blank=True)
    owner = models.CharField(_("kenen vastuulla"), max_length=200, blank=True)
    answered_on = models.DateField(
        _("tila tarkistettu"), default=timezone.localdate, editable=False
    )
    position = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("tulos")
        verbose_name_plural = _("tulokset")
        ordering = ["position", "id"]
        indexes = [
            models.Index(
                F("answered_on").desc(),
                F("id").desc(),
                condition=Q(state__in=["in_use", "moved"]),
                name="result_in_use_by_answer",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="result_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Kirjoita, mikä tulos on."),
            ),
            models.CheckConstraint(
                name="result_state_is_known",
                condition=Q(state__in=ResultState.values),
                violation_error_message=_("Tuntematon tuloksen tila."),
            ),
            models.CheckConstraint(
                name="result_that_moved_is_somewhere",
                condition=~Q(state=ResultState.MOVED) | ~Q(place="", url="", owner=""),
                violation_error_message=_(
                    "Kerro, minne tulos siirtyi: paikka, osoite tai kenen vastuulla se on."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def results_due(projects: ProjectQuerySet, today: date) -> ProjectQuerySet:
    """Keep ended projects that are to tell what came of them, or what is left of it by now.

    Those that have told nothing are asked until they do. A result is asked after again when one
    of the years has passed since the end; one that has ended is not.
    """
    mine = Result.objects.filter(project=models.OuterRef("pk"))
    grown_old = Q()
    for years in ASKED_AFTER_YEARS:
        asked_on = MonthsLater("project__end_date", models.Value(12 * years))
        grown_old |= Q(LessThanOrEqual(asked_on, models.Value(today))) & Q(
            GreaterThan(asked_on, F("answered_on"))
        )
    asked_again = mine.filter(grown_old).exclude(state=ResultState.ENDED)
    due: ProjectQuerySet = projects.filter(
        ~models.Exists(mine) | models.Exists(asked_again), phase=Phase.ENDED
    )
    return due
