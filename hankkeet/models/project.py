"""The project itself: its facts, phase and publication state."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Cast, Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hankkeet.models.necessities import NECESSITIES, lacking, necessity_marks
from salkut.fields import AddressedQuerySet, FormerSlugsField, NameSlugField
from salkut.models import Portfolio

MONEY = models.DecimalField(max_digits=14, decimal_places=2)


class Phase(models.TextChoices):
    """What staff declare of the work itself (käsittelyvaihe)."""

    PLANNED = "planned", _("Suunnitteilla")
    RUNNING = "running", _("Käynnissä")
    ENDED = "ended", _("Päättynyt")
    DISCONTINUED = "discontinued", _("Keskeytetty")


class Publication(models.TextChoices):
    """Who may see the card; a thing apart from the phase."""

    DRAFT = "draft", _("Luonnos")
    IN_REVIEW = "in_review", _("Tarkastettavana")
    PUBLISHED = "published", _("Julkaistu")
    WITHDRAWN = "withdrawn", _("Poistettu julkaisusta")


class NextCode(models.Func):
    """The next public code, from a sequence that never gives the same number twice."""

    template = "('H' || nextval('hankkeet_project_code'))"
    output_field = models.CharField()


class ProjectQuerySet(AddressedQuerySet):
    """Questions about projects."""

    def public(self) -> Self:
        """Keep what anybody may see."""
        return self.filter(publication=Publication.PUBLISHED)

    def running(self) -> Self:
        """Keep those declared to be under way."""
        return self.filter(phase=Phase.RUNNING)

    def during_years(self, *years: int) -> Self:
        """Keep those that run for at least a day of any of the years; an open end runs on."""
        running = models.Q()
        for year in years:
            running |= models.Q(start_date__year__lte=year) & (
                models.Q(end_date__isnull=True) | models.Q(end_date__year__gte=year)
            )
        return self.filter(running)

    def with_necessities(self) -> Self:
        """Note on each row which of the necessities of publishing it has."""
        return self.annotate(**necessity_marks(self.model))

    def publishable(self) -> Self:
        """Keep those that lack nothing without which no card is published."""
        every = {f"has_{name}": True for name in NECESSITIES}
        return self.with_necessities().filter(**every)

    def publish(self) -> int:
        """Make publishable cards public; return how many were not so before."""
        ready = Project.objects.filter(pk__in=self.publishable().values("pk"))
        return ready.exclude(publication=Publication.PUBLISHED).update(
            publication=Publication.PUBLISHED,
            published_at=Coalesce("published_at", Now()),
            updated_at=Now(),
        )

    def withdraw(self) -> int:
        """Take public cards out of sight; return how many."""
        return self.public().update(publication=Publication.WITHDRAWN, updated_at=Now())


class Project(models.Model):
    """One development project (hanke), shown as a card."""

    code = models.CharField(
        _("tunnus"),
        max_length=20,
        unique=True,
        editable=False,
        db_default=NextCode(),
        help_text=_("Pysyvä tunnus, jota ei anneta toiselle hankkeelle."),
    )
    name = models.CharField(_("hankkeen nimi"), max_length=300)
    slug = NameSlugField()
    former_slugs = FormerSlugsField()
    project_type = models.ForeignKey(
        "hankkeet.ProjectType",
        verbose_name=_("hanketyyppi"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
    )
    portfolios = models.ManyToManyField(
        Portfolio, verbose_name=_("salkut"), blank=True, related_name="projects"
    )
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("projektipäälliköt"),
        blank=True,
        related_name="managed_projects",
        help_text=_("Käyttäjät, jotka muokkaavat korttia ja lähettävät sen tarkastettavaksi."),
    )
    phase = models.CharField(
        _("käsittelyvaihe"), max_length=20, choices=Phase.choices, default=Phase.PLANNED
    )
    publication = models.CharField(
        _("julkaisutila"),
        max_length=20,
        choices=Publication.choices,
        default=Publication.DRAFT,
    )
    planned_start_date = models.DateField(_("suunniteltu alkamispäivä"), null=True, blank=True)
    planned_end_date = models.DateField(_("suunniteltu päättymispäivä"), null=True, blank=True)
    actual_start_date = models.DateField(_("toteutunut alkamispäivä"), null=True, blank=True)
    actual_end_date = models.DateField(_("toteutunut päättymispäivä"), null=True, blank=True)
    planned_cost = models.DecimalField(
        _("suunnitellut kustannukset (€)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    actual_cost = models.DecimalField(
        _("toteutuneet kustannukset (€)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    start_date = models.GeneratedField(
        verbose_name=_("aloittamispvm"),
        expression=Cast(Coalesce("actual_start_date", "planned_start_date"), models.DateField()),
        output_field=models.DateField(),
        db_persist=True,
    )
    end_date = models.GeneratedField(
        verbose_name=_("päättymispvm"),
        expression=Cast(Coalesce("actual_end_date", "planned_end_date"), models.DateField()),
        output_field=models.DateField(),
        db_persist=True,
    )
    total_cost = models.GeneratedField(
        verbose_name=_("kustannukset"),
        expression=Cast(Coalesce("actual_cost", "planned_cost"), MONEY),
        output_field=MONEY,
        db_persist=True,
    )
    implementers = models.ManyToManyField(
        "hankkeet.Organisation",
        verbose_name=_("toteuttajat"),
        through="Implementer",
        related_name="projects",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("päähanke"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sub_projects",
        help_text=_("Täytä, jos tämä on jonkin toisen hankkeen osahanke."),
    )
    predecessors = models.ManyToManyField(
        "self",
        verbose_name=_("edeltäjät"),
        through="Succession",
        through_fields=("successor", "predecessor"),
        symmetrical=False,
        related_name="successors",
    )
    created_at = models.DateTimeField(_("luotu"), auto_now_add=True)
    updated_at = models.DateTimeField(_("päivitetty"), auto_now=True)
    published_at = models.DateTimeField(
        _("julkaistu ensi kerran"), null=True, blank=True, editable=False
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("hanke")
        verbose_name_plural = _("hankkeet")
        ordering = [models.F("start_date").desc(nulls_last=True), "-id"]
        permissions = [("publish_project", _("Voi julkaista salkkujensa kortteja"))]
        indexes = [
            models.Index(fields=["publication", "phase"], name="project_publication_phase"),
            models.Index(fields=["slug"], name="project_slug"),
            models.Index(
                models.F("start_date").desc(nulls_last=True),
                models.F("id").desc(),
                condition=models.Q(publication="published"),
                name="project_public_by_start",
            ),
            models.Index(
                models.F("published_at").desc(nulls_last=True),
                models.F("id").desc(),
                condition=models.Q(publication="published"),
                name="project_public_by_publishing",
            ),
            GinIndex(fields=["former_slugs"], name="project_former_slugs"),
        ]
        constraints = [
            models.CheckConstraint(
                name="project_has_a_name",
                condition=~models.Q(name=""),
                violation_error_message=_("Anna hankkeelle nimi."),
            ),
            models.CheckConstraint(
                name="project_phase_is_known",
                condition=models.Q(phase__in=Phase.values),
                violation_error_message=_("Tuntematon käsittelyvaihe."),
            ),
            models.CheckConstraint(
                name="project_publication_is_known",
                condition=models.Q(publication__in=Publication.values),
                violation_error_message=_("Tuntematon julkaisutila."),
            ),
            models.CheckConstraint(
                name="project_plan_ends_after_it_starts",
                condition=models.Q(planned_end_date__isnull=True)
                | models.Q(planned_start_date__isnull=True)
                | models.Q(planned_end_date__gte=models.F("planned_start_date")),
                violation_error_message=_("Suunniteltu päättymispäivä on ennen alkamispäivää."),
            ),
            models.CheckConstraint(
                name="project_ends_after_it_starts",
                condition=models.Q(end_date__isnull=True)
                | models.Q(start_date__isnull=True)
                | models.Q(end_date__gte=models.F("start_date")),
                violation_error_message=_("Hanke ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                name="project_cost_is_not_negative",
                condition=(models.Q(planned_cost__isnull=True) | models.Q(planned_cost__gte=0))
                & (models.Q(actual_cost__isnull=True) | models.Q(actual_cost__gte=0)),
                violation_error_message=_("Kustannukset eivät voi olla negatiiviset."),
            ),
            models.CheckConstraint(
                name="project_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                violation_error_message=_("Hanke ei voi olla oma päähankkeensa."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the card's permanent page."""
        return reverse("card", args=[self.code])

    @property
    def version(self) -> str:
        """The moment of the last change, by which a form knows that it has grown old."""
        return self.updated_at.isoformat()

    @property
    def is_public(self) -> bool:
        """Whether anybody may see the card."""
        return self.publication == Publication.PUBLISHED

    @property
    def lacks(self) -> list[str]:
        """What must be filled in before the card is published, in words to show."""
        own = Project.objects.filter(pk=self.pk).with_necessities().get()
        return lacking([name for name in NECESSITIES if getattr(own, f"has_{name}")])

    def clean(self) -> None:
        """Refuse a parent that is one of the project's own descendants."""
        seen, parent = {self.pk}, self.parent
        while parent is not None:
            if parent.pk in seen:
                raise ValidationError({"parent": _("Päähanke ei voi olla hankkeen oma osahanke.")})
            seen.add(parent.pk)
            parent = parent.parent
