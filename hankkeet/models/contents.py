"""What a card holds: sections, attachments and logos."""

import uuid
from pathlib import PurePath
from typing import Self

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project, Publication
from hankkeet.richtext import RichTextField
from hankkeet.uploads import validate_document, validate_image
from salkut.fields import WebAddressField

BODY_LIMIT = 100_000


def attachment_path(instance: "Attachment", filename: str) -> str:
    """Return a storage name of our own choice; only the ending follows the upload."""
    return f"liitteet/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:6]}"


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


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Questions about attachments."""

    def public(self) -> Self:
        """Keep what anybody may see: not hidden, and on a public card."""
        return self.filter(is_hidden=False, project__publication=Publication.PUBLISHED)

    def with_text_state(self) -> Self:
        """Add what is known of the text of each present file; "" of those that were not read."""
        is_of_file = models.When(text_version__source=models.F("file"), then="text_version__state")
        return self.annotate(text_state=models.Case(is_of_file, default=models.Value("")))


class Attachment(models.Model):
    """A link, a file, or the mention of one that has not been brought over yet (liite)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(_("otsikko"), max_length=300)
    url = WebAddressField(_("linkki"), max_length=1000, blank=True)
    file = models.FileField(
        _("tiedosto"),
        upload_to=attachment_path,
        max_length=200,
        blank=True,
        validators=[validate_document],
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, teksti tai kuva."),
    )
    file_name = models.CharField(
        _("tiedoston nimi"),
        max_length=300,
        blank=True,
        help_text=_("Nimi, jolla tiedosto ladataan."),
    )
    size = models.PositiveBigIntegerField(_("koko (tavua)"), null=True, blank=True)
    language = models.CharField(
        _("kieli"),
        max_length=2,
        blank=True,
        choices=[("fi", _("suomi")), ("sv", _("ruotsi")), ("en", _("englanti"))],
    )
    document_date = models.DateField(_("asiakirjan päiväys"), null=True, blank=True)
    is_hidden = models.BooleanField(_("piilotettu"), default=False)
    position = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("liite")
        verbose_name_plural = _("liitteet")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="attachment_has_a_title",
                condition=~models.Q(title=""),
                violation_error_message=_("Anna liitteelle otsikko."),
            ),
            models.CheckConstraint(
                name="attachment_is_a_link_or_a_file",
                condition=models.Q(url="") | models.Q(file=""),
                violation_error_message=_("Liite on joko linkki tai tiedosto, ei molempia."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return where the file is downloaded, or the link itself."""
        if self.file:
            return reverse("attachment", args=[self.pk, self.download_name])
        return self.url

    @property
    def file_type(self) -> str:
        """The kind of file in capitals ("PDF"), or "" for a link."""
        return PurePath(self.file.name or self.file_name).suffix.lstrip(".").upper()

    @property
    def download_name(self) -> str:
        """A file name that is safe in an address and in any file system."""
        suffix = PurePath(self.file.name or self.file_name).suffix.lower()
        stem = slugify(PurePath(self.file_name or self.title).stem)[:100]
        return f"{stem or 'liite'}{suffix}"


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
