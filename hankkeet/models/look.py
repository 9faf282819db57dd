"""When somebody who answers for a card last looked it over (katsottu viimeksi)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project


class LookKind(models.TextChoices):
    """How a look is known of; the words are those of the log."""

    SAVED = "saved", _("Tallennettu")
    CONFIRMED = "confirmed", _("Vahvistettu: ei muutosta")
    MAILED = "mailed", _("Vahvistettu muistutuksen linkistä: ei muutosta")


class Look(models.Model):
    """One time that somebody looked a card over, whether or not anything was changed.

    ``mark`` is of the link that it came by: a link used twice is one look.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="looks")
    at = models.DateTimeField(_("milloin"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kuka"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField(_("miten"), max_length=20, choices=LookKind.choices)
    mark = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("katsominen")
        verbose_name_plural = _("katsomiset")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["project", "-at"], name="look_latest_of_project"),
            models.Index(fields=["at"], name="look_at"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mark"],
                condition=~models.Q(mark=""),
                name="look_of_a_link_is_one",
                violation_error_message=_("Linkki on jo käytetty."),
            ),
            models.CheckConstraint(
                name="look_kind_is_known",
                condition=models.Q(kind__in=LookKind.values),
                violation_error_message=_("Tuntematon katsomisen tapa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_kind_display()}"
