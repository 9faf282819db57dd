"""What a card holds beside its facts: sections and logos."""

import uuid
from pathlib import PurePath

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project
from hankkeet.richtext import RichTextField
from hankkeet.uploads import validate_image

BODY_LIMIT = 100_000


def logo_path(instance: models.Model, filename: str) -> str:
    """Return a storage name of our own choice; a changed picture gets a new one."""
    return f"logot/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:6]}"


class SectionKind(models.TextChoices):
    """What a section speaks of, whatever its heading says."""

    GOALS = "goals", _("Tavoitteet")
    MEASURES = "measures", _("Toimenpiteet")
    RESULTS = "results", _("Tulokset")
    BENEFITS = "benefits", _("Hyödyt")
    COSTS = "costs", _("Kustannukset ja rahoitus")
    OTHER = "other", _("Muu")


class Section(models.Model):
    """One part of the summary (tiivistelmä) under its own heading."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(
        _("aihe"), max_length=20, choices=SectionKind.choices, default=SectionKind.OTHER
    )
    heading = models.CharField(_("otsikko"), max_length=200, blank=True)
    body = RichTextField(_("teksti"), blank=True)
    position = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("tiivistelmän osa")
        verbose_name_plural = _("tiivistelmä")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="section_is_not_empty",
                condition=~models.Q(heading="", body=""),
                violation_error_message=_("Kirjoita osalle otsikko tai teksti."),
            ),
            models.CheckConstraint(
                name="section_is_not_too_long",
                condition=LessThanOrEqual(Length("body"), BODY_LIMIT),
                violation_error_message=_(
                    "Teksti on liian pitkä (yli 100 000 merkkiä). Siirrä osa siitä liitteeksi."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.get_kind_display()

    @property
    def shown_heading(self) -> str:
        """The heading without a last colon, or the kind's name where the kind says something."""
        if self.heading or self.kind == SectionKind.OTHER:
            return self.heading.rstrip(": ")
        return self.get_kind_display()


class Logo(models.Model):
    """A picture that stands for somebody, on the card and on paper."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="logos")
    image = models.ImageField(
        _("kuva"), upload_to=logo_path, max_length=200, validators=[validate_image]
    )
    alt = models.CharField(
        _("tekstivastine"),
        max_length=200,
        help_text=_("Kenen logo on, esimerkiksi ”Euroopan unionin osarahoittama”."),
    )
    position = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logot")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="logo_has_alternative_text",
                condition=~models.Q(alt=""),
                violation_error_message=_("Kirjoita logolle tekstivastine."),
            )
        ]

    def __str__(self) -> str:
        return self.alt
