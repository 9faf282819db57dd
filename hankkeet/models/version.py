"""What a card has told the public, and from when on."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project


class VersionQuerySet(models.QuerySet["Version"]):
    """Questions about versions."""

    def before_end_of(self, day: date) -> Self:
        """Keep what was public by the end of the day, as days are counted here."""
        midnight = datetime.combine(day + timedelta(days=1), time())
        return self.filter(published_at__lt=timezone.make_aware(midnight))

    def first_told(self, fact: str) -> models.Subquery:
        """Return the first value, as text, that each project of the outer query gave a fact."""
        mine = self.filter(project=models.OuterRef("pk"))
        told = mine.annotate(told=KeyTextTransform(fact, "changes")).filter(told__isnull=False)
        return models.Subquery(told.order_by("number").values("told")[:1])


class Version(models.Model):
    """The card from a moment until its next version.

    ``changes`` holds the parts that differ from the version before it, and all of them where the
    version is its own base. None tells that the card was taken out of sight. ``sivusto.history``
    knows the parts.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("numero"))
    published_at = models.DateTimeField(_("julkaistu"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kuka"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("perustelu"), max_length=300, blank=True)
    schema = models.PositiveSmallIntegerField(_("tietojen muoto"))
    base = models.PositiveIntegerField(
        _("pohja"), help_text=_("Sen version numero, jossa on koko kortti.")
    )
    changes = models.JSONField(_("muutokset"), null=True)
    digest = models.CharField(_("tiiviste"), max_length=32, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kortin versio")
        verbose_name_plural = _("kortin versiot")
        ordering = ["project_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="version_number_is_given_once",
                violation_error_message=_("Kortilla on jo samannumeroinen versio."),
            ),
            models.CheckConstraint(
                name="version_builds_on_an_earlier_one",
                condition=models.Q(base__range=(1, models.F("number"))),
                violation_error_message=_("Version pohjan pitää olla se itse tai aiempi versio."),
            ),
            models.CheckConstraint(
                name="version_with_the_whole_card_has_a_card",
                condition=models.Q(base__lt=models.F("number")) | models.Q(changes__isnull=False),
                violation_error_message=_("Kokonaisesta versiosta puuttuu kortti."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.number}"

    @property
    def is_public(self) -> bool:
        """Whether the public saw a card from this moment on."""
        return self.changes is not None
