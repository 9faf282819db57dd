"""Who answers for a project: a role in a unit, with a person attached for a time."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hankkeet.models.expiry import last_public_day
from hankkeet.models.project import Project


class Visibility(models.TextChoices):
    """How much of a contact the public sees."""

    ALL = "all", _("Kaikki")
    NAME = "name", _("Vain nimi")
    ROLE = "role", _("Vain tehtävä")


class ContactQuerySet(models.QuerySet["Contact"]):
    """Questions about contacts."""

    def with_person(self) -> Self:
        """Keep those that hold a person's name, phone or e-mail."""
        return self.exclude(person_name="", phone="", email="")

    def expired(self, today: date) -> Self:
        """Keep those whose person is not to be shown any more on the day."""
        return self.filter(last_public_day__lt=today)


class ContactManager(models.Manager.from_queryset(ContactQuerySet)):  # type: ignore[misc]
    """Reads every contact with the day after which its person is not public."""

    def get_queryset(self) -> Any:
        """Return contacts, each with its ``last_public_day``; no query more."""
        return super().get_queryset().annotate(last_public_day=last_public_day())


class Contact(models.Model):
    """A role in a unit, with a person attached for a time (yhteyshenkilö)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField(_("tehtävä"), max_length=200, blank=True)
    unit = models.CharField(_("yksikkö"), max_length=200, blank=True)
    unit_email = models.EmailField(
        _("yksikön sähköposti"),
        blank=True,
        help_text=_("Yhteinen osoite, joka jää henkilön jälkeen."),
    )
    person_name = models.CharField(_("henkilön nimi"), max_length=200, blank=True)
    phone = models.CharField(_("puhelin"), max_length=50, blank=True)
    email = models.CharField(_("sähköposti"), max_length=254, blank=True)
    share_percent = models.DecimalField(
        _("työaika (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    start_date = models.DateField(_("alkaen"), null=True, blank=True)
    end_date = models.DateField(_("päättyen"), null=True, blank=True)
    visibility = models.CharField(
        _("näkyvyys"), max_length=10, choices=Visibility.choices, default=Visibility.ROLE
    )
    position = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    # Known of what the manager has read; a contact that is only being written has no such day.
    last_public_day: date | None = None

    objects = ContactManager()

    class Meta:
        verbose_name = _("yhteyshenkilö")
        verbose_name_plural = _("yhteyshenkilöt")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="contact_is_somebody",
                condition=~models.Q(role="", unit="", person_name=""),
                violation_error_message=_("Anna yhteyshenkilölle tehtävä, yksikkö tai nimi."),
            ),
            models.CheckConstraint(
                name="contact_ends_after_it_starts",
                condition=models.Q(end_date__isnull=True)
                | models.Q(start_date__isnull=True)
                | models.Q(end_date__gte=models.F("start_date")),
                violation_error_message=_("Tehtävän hoito ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                name="contact_share_is_a_percentage",
                condition=models.Q(share_percent__isnull=True)
                | models.Q(share_percent__range=(0, 100)),
                violation_error_message=_("Työajan pitää olla 0–100 prosenttia."),
            ),
        ]

    def __str__(self) -> str:
        return self.role or self.unit or self.person_name

    @property
    def is_expired(self) -> bool:
        """Whether the time of showing the person is over today."""
        last_day = self.last_public_day
        return last_day is not None and last_day < timezone.localdate()

    @property
    def shown(self) -> Visibility:
        """How much the public may read today."""
        return Visibility.ROLE if self.is_expired else Visibility(self.visibility)

    @property
    def shows_name(self) -> bool:
        """Whether the public may read the person's name."""
        return bool(self.person_name) and self.shown != Visibility.ROLE

    @property
    def shows_all(self) -> bool:
        """Whether the public may read the person's phone and e-mail."""
        return self.shown == Visibility.ALL
