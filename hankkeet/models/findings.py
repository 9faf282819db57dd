"""What is wrong with cards at present, and what staff know of it already."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project


class Weight(models.TextChoices):
    """How much a finding matters, the worst first."""

    SERIOUS = "serious", _("Vakava")
    NOTABLE = "notable", _("Huomattava")
    MINOR = "minor", _("Pieni")


class FindingQuerySet(models.QuerySet["Finding"]):
    """Questions about findings."""

    def unknown(self) -> Self:
        """Keep those that nobody has marked as known."""
        return self.exclude(self._known())

    def known(self) -> Self:
        """Keep those that somebody has marked as known, with the reason as `reason`."""
        marks = KnownFinding.objects.filter(
            project=models.OuterRef("project"), key=models.OuterRef("key")
        )
        return self.filter(self._known()).annotate(reason=models.Subquery(marks.values("reason")))

    def worst_first(self, *, by_project: bool = False) -> Self:
        """Order by weight, of one weight as the check gave them; or so within each project."""
        ranks = [models.When(weight=weight, then=rank) for rank, weight in enumerate(Weight.values)]
        rank = models.Case(*ranks, default=len(ranks), output_field=models.IntegerField())
        order = ("project_id", rank) if by_project else (rank, "project_id")
        return self.order_by(*order, "pk")

    @staticmethod
    def _known() -> models.Exists:
        return models.Exists(
            KnownFinding.objects.filter(
                project=models.OuterRef("project"), key=models.OuterRef("key")
            )
        )


class Finding(models.Model):
    """One thing that is wrong with a card now (havainto); made anew whenever a card is checked."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(
        _("avain"), max_length=80, help_text=_("Sama niin kauan kuin havainnon luvut ovat samat.")
    )
    kind = models.CharField(_("laji"), max_length=60)
    weight = models.CharField(_("paino"), max_length=10, choices=Weight.choices)
    message = models.TextField(_("havainto"))
    quote = models.TextField(_("kohta"), blank=True)
    fix = models.JSONField(_("korjaus"), null=True, blank=True)
    found_at = models.DateTimeField(_("havaittu"), auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("havainto")
        verbose_name_plural = _("havainnot")
        ordering = ["project", "id"]
        indexes = [models.Index(fields=["weight", "project"], name="finding_weight")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "key"],
                name="finding_is_told_once",
                violation_error_message=_("Sama havainto on kortilla jo."),
            ),
            models.CheckConstraint(
                name="finding_weight_is_known",
                condition=models.Q(weight__in=Weight.values),
                violation_error_message=_("Tuntematon paino."),
            ),
        ]

    def __str__(self) -> str:
        return self.message


class KnownFinding(models.Model):
    """A finding that is as it should be, and why; it stays so until its figures change."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="known_findings")
    key = models.CharField(_("avain"), max_length=80)
    reason = models.CharField(_("perustelu"), max_length=500)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("merkitsijä"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    marked_at = models.DateTimeField(_("merkitty"), auto_now_add=True)

    class Meta:
        verbose_name = _("tunnettu havainto")
        verbose_name_plural = _("tunnetut havainnot")
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "key"],
                name="known_finding_is_marked_once",
                violation_error_message=_("Havainto on merkitty tunnetuksi jo."),
            ),
            models.CheckConstraint(
                name="known_finding_has_a_reason",
                condition=~models.Q(reason=""),
                violation_error_message=_("Kirjoita perustelu."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
