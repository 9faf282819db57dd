"""A portfolio gathers projects under one aim for a period."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from salkut.fields import AddressedQuerySet, FinnishOrder, FormerSlugsField, NameSlugField

SILENCE_MONTHS = 6


class Portfolio(models.Model):
    """A development portfolio (salkku)."""

    name = models.CharField(_("nimi"), max_length=200)
    slug = NameSlugField(unique=True)
    former_slugs = FormerSlugsField()
    purpose = models.TextField(
        _("tarkoitus"), blank=True, help_text=_("Mitä varten salkku on, muutamalla lauseella.")
    )
    owner = models.CharField(
        _("salkkuvastaava"),
        max_length=200,
        blank=True,
        help_text=_("Tehtävänimike ja yksikkö, ei henkilön nimeä."),
    )
    coordinator = models.CharField(
        _("salkkukoordinaattori"),
        max_length=200,
        blank=True,
        help_text=_("Tehtävänimike ja yksikkö, ei henkilön nimeä."),
    )
    coordinators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("salkkukoordinaattorit"),
        blank=True,
        related_name="coordinated_portfolios",
        help_text=_("Käyttäjät, jotka tarkastavat ja julkaisevat salkun kortit."),
    )
    start_date = models.DateField(_("alkaa"), null=True, blank=True)
    end_date = models.DateField(_("päättyy"), null=True, blank=True)
    contact_months = models.PositiveSmallIntegerField(
        _("yhteyshenkilöt näkyvissä (kk)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(1200)],
        help_text=_(
            "Montako kuukautta hankkeen päättymisestä yhteyshenkilön nimi näkyy. Tyhjä: palvelun "
            "yleinen aika. Jos hanke on useassa salkussa, lyhin aika ratkaisee."
        ),
    )
    silence_months = models.PositiveSmallIntegerField(
        _("kortti vaikenee enintään (kk)"),
        default=SILENCE_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_(
            "Montako kuukautta käynnissä tai suunnitteilla olevan hankkeen kortti saa olla "
            "kenenkään katsomatta, ennen kuin siitä muistutetaan. Jos hanke on useassa salkussa, "
            "lyhin aika ratkaisee."
        ),
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("edeltäjä"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="successors",
    )

    objects = AddressedQuerySet.as_manager()

    class Meta:
        verbose_name = _("salkku")
        verbose_name_plural = _("salkut")
        ordering = [models.F("start_date").desc(nulls_last=True), FinnishOrder("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="portfolio_name_is_unique",
                violation_error_message=_("Samanniminen salkku on jo olemassa."),
            ),
            models.CheckConstraint(
                name="portfolio_ends_after_it_starts",
                condition=models.Q(end_date__isnull=True)
                | models.Q(start_date__isnull=True)
                | models.Q(end_date__gte=models.F("start_date")),
                violation_error_message=_("Salkku ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                name="portfolio_does_not_precede_itself",
                condition=models.Q(predecessor__isnull=True)
                | ~models.Q(predecessor=models.F("id")),
                violation_error_message=_("Salkku ei voi olla oma edeltäjänsä."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the portfolio's page."""
        return reverse("portfolio", args=[self.slug])
