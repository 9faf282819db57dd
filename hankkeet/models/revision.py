"""What is proposed to a public card while the card itself stays as it is."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project, Publication


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Questions about revisions."""

    def in_review(self) -> Self:
        """Keep those that wait for somebody to approve or return them."""
        return self.filter(state=Publication.IN_REVIEW)

    def holding(self, file: str) -> Self:
        """Keep those that hold a file as an attachment or a logo."""
        return self.filter(
            Q(content__attachments__contains=[{"file": file}])
            | Q(content__logos__contains=[{"image": file}])
        )


class Revision(models.Model):
    """A card's proposed content (muutosehdotus), kept apart from its rows until approved.

    ``content`` holds all that staff may change, ``base`` what it was when the revision was last
    saved, so that what has happened to the card since is told and kept. Persons' data is in both.
    ``sivusto.editing`` knows their form.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="revision")
    base = models.JSONField(_("pohja"))
    content = models.JSONField(_("sisältö"))
    state = models.CharField(
        _("tila"), max_length=20, choices=Publication.choices, default=Publication.DRAFT
    )
    reason = models.CharField(_("muutoksen perustelu"), max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tekijä"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    started_at = models.DateTimeField(_("aloitettu"), auto_now_add=True)
    updated_at = models.DateTimeField(_("päivitetty"), auto_now=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("muutosehdotus")
        verbose_name_plural = _("muutosehdotukset")
        ordering = ["updated_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="revision_is_never_public",
                condition=Q(state__in=[Publication.DRAFT, Publication.IN_REVIEW]),
                violation_error_message=_("Muutosehdotus on luonnos tai tarkastettavana."),
            )
        ]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def is_in_review(self) -> bool:
        """Whether somebody is to approve or return it."""
        return self.state == Publication.IN_REVIEW
