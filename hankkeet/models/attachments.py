"""Attachments of a card: links and files, and what is told of them (liitteet)."""

import uuid
from datetime import date
from pathlib import PurePath
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project, Publication
from hankkeet.uploads import validate_document
from salkut.fields import WebAddressField

# Files first published before this day may be exempt from the law 306/2019 (3 §).
EXEMPT_BEFORE = date(2018, 9, 23)


def attachment_path(instance: "Attachment", filename: str) -> str:
    """Return a storage name of our own choice; only the ending follows the upload."""
    return f"liitteet/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:6]}"


class AttachmentKind(models.TextChoices):
    """What an attachment is."""

    APPLICATION = "application", _("hakemus")
    INTERIM_REPORT = "interim_report", _("väliraportti")
    FINAL_REPORT = "final_report", _("loppuraportti")
    DECISION = "decision", _("päätös")
    BROCHURE = "brochure", _("esite")
    OTHER = "other", _("muu")


class Accessibility(models.TextChoices):
    """Whether everybody can read a file, as staff tell; "" where nobody has looked."""

    ACCESSIBLE = "accessible", _("saavutettava")
    EXEMPT = "exempt", _("ei saavutettava: julkaistu ennen 23.9.2018")
    BEING_MENDED = "being_mended", _("saavutettavuutta korjataan")


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
    kind = models.CharField(
        _("laji"),
        max_length=20,
        blank=True,
        choices=AttachmentKind.choices,
        default="",
        db_default="",
    )
    document_date = models.DateField(_("asiakirjan päiväys"), null=True, blank=True)
    accessibility = models.CharField(
        _("saavutettavuus"),
        max_length=20,
        blank=True,
        choices=Accessibility.choices,
        default="",
        db_default="",
    )
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
            models.CheckConstraint(
                name="exempt_attachment_is_old",
                condition=~models.Q(
                    accessibility=Accessibility.EXEMPT, document_date__gte=EXEMPT_BEFORE
                ),
                violation_error_message=_(
                    "Saavutettavuudesta on vapautettu vain tiedosto, joka julkaistiin ennen "
                    "23.9.2018, ja tämän liitteen päiväys on myöhäisempi. Valitse toinen "
                    "vaihtoehto tai korjaa päiväys."
                ),
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
