"""The way of a card, and of what is proposed to it, from draft to public: who, when, and a note."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project


class MoveKind(models.TextChoices):
    """What was done; the words are those of the log."""

    SENT = "sent", _("Lähetetty tarkastettavaksi")
    RETURNED = "returned", _("Palautettu tekijälle")
    PUBLISHED = "published", _("Hyväksytty ja julkaistu")
    WITHDRAWN = "withdrawn", _("Poistettu julkaisusta")
    DISCARDED = "discarded", _("Muutosehdotus hylätty")


class Move(models.Model):
    """One step of a card, or of its revision, between the states of publication."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(_("siirto"), max_length=20, choices=MoveKind.choices)
    of_revision = models.BooleanField(_("koskee muutosehdotusta"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kuka"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(_("milloin"), auto_now_add=True)
    note = models.TextField(_("viesti"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("kortin siirto")
        verbose_name_plural = _("korttien siirrot")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="move_kind_is_known",
                condition=models.Q(kind__in=MoveKind.values),
                violation_error_message=_("Tuntematon siirto."),
            ),
            models.CheckConstraint(
                name="move_back_has_a_note",
                condition=~models.Q(kind=MoveKind.RETURNED, note=""),
                violation_error_message=_("Kirjoita tekijälle, mitä pitää korjata."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_kind_display()}"
