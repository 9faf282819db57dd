"""What a project means to do, and in which months."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Project
from seuranta.report import Month, months_between


class WorkPackage(models.Model):
    """A part of a project's work (työpaketti, tavoite), called by the project's own word."""

    project = models.ForeignKey(
        Project, verbose_name=_("hanke"), on_delete=models.CASCADE, related_name="work_packages"
    )
    word = models.CharField(
        _("nimitys"),
        max_length=40,
        blank=True,
        default="Työpaketti",
        help_text=_("Miksi hanke näitä kutsuu, esimerkiksi Työpaketti tai Tavoite."),
    )
    title = models.CharField(_("otsikko"), max_length=500, blank=True)
    position = models.PositiveIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("työpaketti tai tavoite")
        verbose_name_plural = _("työpaketit ja tavoitteet")
        ordering = ["project", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "title"],
                name="work_package_title_is_unique_in_project",
                violation_error_message=_("Hankkeella on jo samanniminen työpaketti tai tavoite."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Ilman otsikkoa"))


class Measure(models.Model):
    """A thing to be done in a work package (toimenpide)."""

    work_package = models.ForeignKey(
        WorkPackage,
        verbose_name=_("työpaketti tai tavoite"),
        on_delete=models.CASCADE,
        related_name="measures",
    )
    title = models.CharField(_("toimenpide"), max_length=2000)
    details = models.TextField(
        _("tarkennus"),
        blank=True,
        help_text=_("Kappale riville; luettelon kohdan edessä on luetelmapiste •."),
    )
    unit = models.CharField(
        _("vastuuyksikkö"),
        max_length=200,
        blank=True,
        help_text=_("Yksikkö tai tehtävä, ei henkilön nimeä."),
    )
    position = models.PositiveIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("toimenpide")
        verbose_name_plural = _("toimenpiteet")
        ordering = ["work_package", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="measure_has_a_title",
                condition=~models.Q(title=""),
                violation_error_message=_("Anna toimenpiteelle nimi."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def months(self) -> tuple[Month, ...]:
        """Return the planned months in order of time."""
        ranges = [planned.months() for planned in self.planned_ranges.all()]
        return tuple(sorted({month for months in ranges for month in months}))


def _is_first_of_month(name: str) -> models.Q:
    return models.Q(**{f"{name}__day": 1})


class PlannedRange(models.Model):
    """Months in a row for which a measure is planned."""

    measure = models.ForeignKey(
        Measure,
        verbose_name=_("toimenpide"),
        on_delete=models.CASCADE,
        related_name="planned_ranges",
    )
    first_month = models.DateField(_("ensimmäinen kuukausi"), help_text=_("Kuukauden 1. päivä."))
    last_month = models.DateField(_("viimeinen kuukausi"), help_text=_("Kuukauden 1. päivä."))

    class Meta:
        verbose_name = _("suunnitellut kuukaudet")
        verbose_name_plural = _("suunnitellut kuukaudet")
        ordering = ["measure", "first_month"]
        constraints = [
            models.CheckConstraint(
                name="planned_range_is_of_whole_months",
                condition=_is_first_of_month("first_month") & _is_first_of_month("last_month"),
                violation_error_message=_("Anna kuukauden ensimmäinen päivä."),
            ),
            models.CheckConstraint(
                name="planned_range_ends_after_it_starts",
                condition=models.Q(last_month__gte=models.F("first_month")),
                violation_error_message=_("Viimeinen kuukausi on ennen ensimmäistä."),
            ),
            models.UniqueConstraint(
                fields=["measure", "first_month"],
                name="planned_range_is_told_once",
                violation_error_message=_("Sama alkukuukausi on merkitty jo."),
            ),
        ]

    def __str__(self) -> str:
        first, last = self.bounds
        return str(first) if first == last else f"{first}–{last}"

    @classmethod
    def of(cls, first: Month, last: Month, **values: Any) -> "PlannedRange":
        """Make the row of a range of months, not yet saved."""
        return cls(
            first_month=date(first.year, first.month, 1),
            last_month=date(last.year, last.month, 1),
            **values,
        )

    @property
    def bounds(self) -> tuple[Month, Month]:
        """The first and the last month."""
        return (
            Month(self.first_month.year, self.first_month.month),
            Month(self.last_month.year, self.last_month.month),
        )

    def months(self) -> list[Month]:
        """Return the months of the range."""
        return months_between(*self.bounds)
