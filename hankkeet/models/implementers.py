"""Who carries projects out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from salkut.fields import AddressedQuerySet, FinnishOrder, FormerSlugsField, NameSlugField


class Organisation(models.Model):
    """Somebody who carries projects out: a unit, a company, a school."""

    name = models.CharField(_("nimi"), max_length=200)
    slug = NameSlugField(unique=True)
    former_slugs = FormerSlugsField()
    aliases = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("muut nimet"),
        default=list,
        blank=True,
        help_text=_("Pilkulla erotettuina, niin kuin ne kirjoitetaan korteissa."),
    )

    objects = AddressedQuerySet.as_manager()

    class Meta:
        verbose_name = _("toteuttaja")
        verbose_name_plural = _("toteuttajat")
        ordering = [FinnishOrder("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="organisation_name_is_unique",
                violation_error_message=_("Samanniminen toteuttaja on jo olemassa."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Implementer(models.Model):
    """An organisation's part in a project, in the card's order."""

    project = models.ForeignKey("hankkeet.Project", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("toteuttaja"), on_delete=models.PROTECT
    )
    position = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("toteuttaja")
        verbose_name_plural = _("toteuttajat")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                name="implementer_is_named_once",
                violation_error_message=_("Sama toteuttaja on hankkeella jo."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
