"""What was removed of personal data, told without the data."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureRecord(models.Model):
    """One removal: when, by whom, from which cards and how much; never what."""

    class Kind(models.TextChoices):
        """Why it was done."""

        EXPIRY = "expiry", _("Määräaika kului umpeen")
        PERSON = "person", _("Henkilön pyyntö")

    kind = models.CharField(_("syy"), max_length=20, choices=Kind.choices)
    done_at = models.DateTimeField(_("milloin"), auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kuka"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    account = models.CharField(
        _("palvelimen tunnus"),
        max_length=100,
        blank=True,
        help_text=_("Kenen tunnuksella komento ajettiin; tyhjä, jos se tehtiin ylläpidossa."),
    )
    codes = ArrayField(models.CharField(max_length=20), verbose_name=_("hankkeet"), default=list)
    counts = models.JSONField(_("poistettu"), default=dict)

    class Meta:
        verbose_name = _("henkilötietojen poisto")
        verbose_name_plural = _("henkilötietojen poistot")
        ordering = ["-done_at", "-pk"]
        permissions = [("handle_personal_data", _("Saa hakea ja poistaa henkilön tiedot"))]

    def __str__(self) -> str:
        return self.get_kind_display()
