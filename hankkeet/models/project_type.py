"""Whose project it is."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from salkut.fields import FinnishOrder, FormerSlugsField, NameSlugField


class ProjectType(models.Model):
    """Whose project it is, in the municipality's own words (hanketyyppi)."""

    name = models.CharField(_("nimi"), max_length=120)
    slug = NameSlugField(unique=True)
    former_slugs = FormerSlugsField()
    position = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("hanketyyppi")
        verbose_name_plural = _("hanketyypit")
        ordering = ["position", FinnishOrder("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="project_type_name_is_unique",
                violation_error_message=_("Samanniminen hanketyyppi on jo olemassa."),
            )
        ]

    def __str__(self) -> str:
        return self.name
