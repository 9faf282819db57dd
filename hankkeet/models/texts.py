"""What an attachment's file says, as text that anybody can read (tekstiversio)."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hankkeet.models.attachments import Attachment


class TextState(models.TextChoices):
    """What is known of the text."""

    READ = "read", _("Luettu tiedostosta")
    WITHOUT_TEXT = "without_text", _("Tiedostossa ei ole tekstiä")
    FAILED = "failed", _("Lukeminen ei onnistunut")
    CORRECTED = "corrected", _("Korjattu käsin")
    SCANNED = "scanned", _("Merkitty skannatuksi")


WITH_TEXT = (TextState.READ, TextState.CORRECTED)
UNREADABLE = (TextState.FAILED, TextState.WITHOUT_TEXT)
BY_STAFF = (TextState.CORRECTED, TextState.SCANNED)


class AttachmentTextQuerySet(models.QuerySet["AttachmentText"]):
    """Questions about texts."""

    def present(self) -> Self:
        """Keep those of the files that the attachments have now, not of replaced ones."""
        return self.filter(source=models.F("attachment__file"))

    def public(self) -> Self:
        """Keep what anybody may see."""
        return self.present().filter(attachment__in=Attachment.objects.public())

    def with_text(self) -> Self:
        """Keep those that have something to read."""
        return self.filter(state__in=WITH_TEXT)


class AttachmentText(models.Model):
    """The text of a file, in parts of blocks, or why there is none.

    ``source`` is the stored name of the file that was read: a replaced file has another one, and
    the text of the old one is then no longer shown.
    """

    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, related_name="text_version", primary_key=True
    )
    state = models.CharField(_("tila"), max_length=20, choices=TextState.choices)
    message = models.CharField(_("miksi lukeminen ei onnistunut"), max_length=500, blank=True)
    content = models.JSONField(_("sisältö"), default=dict, blank=True)
    language = models.CharField(_("kieli"), max_length=2, blank=True)
    source = models.CharField(max_length=200, editable=False)
    digest = models.CharField(_("tiedoston tiiviste"), max_length=64, blank=True, editable=False)
    read_at = models.DateTimeField(_("luettu"), default=timezone.now, editable=False)

    objects = AttachmentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("liitteen tekstiversio")
        verbose_name_plural = _("liitteiden tekstiversiot")
        ordering = ["-read_at", "attachment"]
        indexes = [
            models.Index(
                fields=["attachment"],
                condition=models.Q(state__in=UNREADABLE),
                name="attachment_text_unreadable",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="attachment_text_state_is_known",
                condition=models.Q(state__in=TextState.values),
                violation_error_message=_("Tuntematon tekstiversion tila."),
            ),
            models.CheckConstraint(
                name="attachment_text_says_why_it_failed",
                condition=~models.Q(state=TextState.FAILED, message=""),
                violation_error_message=_("Kerro, miksi lukeminen ei onnistunut."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.attachment)

    def get_absolute_url(self) -> str:
        """Return the page of the text."""
        code = self.attachment.project.code
        return reverse("attachment_text", args=[code, self.attachment_id])

    @property
    def has_text(self) -> bool:
        """Whether there is something to read."""
        return self.state in WITH_TEXT
