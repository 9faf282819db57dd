"""How projects hang together, and what other registers call them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project


def later_than(project: int, *, apart_from: int = 0) -> set[int]:
    """Return the keys of the project and of all that carry it on; one link may be left out."""
    links = Succession.objects.exclude(pk=apart_from)
    found, newest = set[int](), {project}
    while newest:
        found |= newest
        ahead = links.filter(predecessor__in=newest).values_list("successor_id", flat=True)
        newest = set(ahead) - found
    return found


LOOP = _("Jatkumo kiertäisi kehää: edeltäjä on jo tämän hankkeen jatkoa.")


class Succession(models.Model):
    """One project carries on the work of another (edeltäjä, jatko)."""

    predecessor = models.ForeignKey(
        Project,
        verbose_name=_("edeltäjä"),
        on_delete=models.CASCADE,
        related_name="successions",
    )
    successor = models.ForeignKey(
        Project,
        verbose_name=_("jatko"),
        on_delete=models.CASCADE,
        related_name="origins",
    )

    class Meta:
        verbose_name = _("hankkeen jatkumo")
        verbose_name_plural = _("hankkeiden jatkumot")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_is_told_once",
                violation_error_message=_("Sama edeltäjä on merkitty jo."),
            ),
            models.CheckConstraint(
                name="project_does_not_succeed_itself",
                condition=~models.Q(predecessor=models.F("successor")),
                violation_error_message=_("Hanke ei voi olla oma edeltäjänsä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def clean(self) -> None:
        """Refuse a chain that comes back to where it began."""
        if self.predecessor_id is None or self.successor_id is None:
            return
        if self.predecessor_id in later_than(self.successor_id, apart_from=self.pk or 0):
            raise ValidationError(LOOP)


class KeyKind(models.TextChoices):
    """Whose key it is."""

    OLD_REGISTER = "old_register", _("Vanhan hankerekisterin tunniste")
    EURA = "eura", _("EURA-hankekoodi")
    CASE = "case", _("Asianumero")


class ExternalKey(models.Model):
    """What another register calls the project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="external_keys")
    kind = models.CharField(_("laji"), max_length=20, choices=KeyKind.choices)
    value = models.CharField(_("tunniste"), max_length=100)

    class Meta:
        verbose_name = _("ulkoinen tunniste")
        verbose_name_plural = _("ulkoiset tunnisteet")
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "value"],
                name="external_key_is_told_once",
                violation_error_message=_("Sama tunniste on hankkeella jo."),
            ),
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=~models.Q(kind=KeyKind.CASE),
                name="external_key_belongs_to_one_project",
                violation_error_message=_("Tunniste on jo toisella hankkeella."),
            ),
            models.CheckConstraint(
                name="external_key_is_not_empty",
                condition=~models.Q(value=""),
                violation_error_message=_("Anna tunniste."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"
