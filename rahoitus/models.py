"""Who pays for projects, from which programme and how much."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Project, Publication
from hankkeet.models.contents import logo_path
from hankkeet.uploads import validate_image
from salkut.fields import (
    AddressedQuerySet,
    FinnishOrder,
    FormerSlugsField,
    NameSlugField,
    WebAddressField,
)

BUSINESS_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def validate_business_id(value: str) -> None:
    """Refuse what is not a Finnish business id: 1234567-C, where C checks the seven digits.

    The rule is the Finnish Patent and Registration Office's (weights 7 9 10 5 8 4 2, modulo 11).
    """
    number, dash, check = value.partition("-")
    if not (len(number) == 7 and number.isdigit() and dash and check.isdigit() and len(check) == 1):
        raise ValidationError(_("Y-tunnuksen pitää olla muotoa 1234567-8."))
    rest = sum(int(n) * w for n, w in zip(number, BUSINESS_ID_WEIGHTS, strict=True)) % 11
    if rest == 1 or int(check) != (11 - rest if rest else 0):
        raise ValidationError(_("Y-tunnuksen tarkistusnumero ei täsmää. Tarkista numerot."))


class FunderKind(models.TextChoices):
    """What sort of body pays."""

    STATE = "state", _("Valtio")
    EU = "eu", _("Euroopan unioni")
    REGION = "region", _("Maakunta tai hyvinvointialue")
    MUNICIPALITY = "municipality", _("Kunta tai kuntayhtymä")
    FOUNDATION = "foundation", _("Säätiö tai yhdistys")
    COMPANY = "company", _("Yritys")
    OTHER = "other", _("Muu")


STATEMENTS = ("statement", "statement_sv", "statement_en")


class PayerVisibility(models.Model):
    """What a payer wants to be seen where its money is used: an emblem and a sentence."""

    logo = models.ImageField(
        _("tunnus"), upload_to=logo_path, max_length=200, blank=True, validators=[validate_image]
    )
    logo_alt = models.CharField(
        _("tunnuksen tekstivastine"), max_length=200, blank=True, default="", db_default=""
    )
    statement = models.CharField(
        _("rahoituslause"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("Lause, jonka rahoittaja vaatii näytettäväksi kortilla."),
    )
    statement_sv = models.CharField(
        _("rahoituslause ruotsiksi"), max_length=300, blank=True, default="", db_default=""
    )
    statement_en = models.CharField(
        _("rahoituslause englanniksi"), max_length=300, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True

    def statement_in(self, language: str) -> tuple[str, str]:
        """Return the sentence in a language, or else in Finnish, and the language it is in."""
        translated = {"sv": self.statement_sv, "en": self.statement_en}.get(language, "")
        return (translated, language) if translated else (self.statement, "fi")


class Funder(PayerVisibility):
    """Somebody who pays (rahoittaja)."""

    name = models.CharField(_("nimi"), max_length=200)
    slug = NameSlugField(unique=True)
    former_slugs = FormerSlugsField()
    short_name = models.CharField(_("lyhenne"), max_length=40, blank=True)
    aliases = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("muut nimet"),
        default=list,
        blank=True,
        help_text=_("Pilkulla erotettuina, niin kuin ne kirjoitetaan korteissa."),
    )
    kind = models.CharField(
        _("laji"), max_length=20, choices=FunderKind.choices, default=FunderKind.OTHER
    )
    business_id = models.CharField(
        _("Y-tunnus"), max_length=9, blank=True, validators=[validate_business_id]
    )
    url = WebAddressField(_("verkkosivu"), blank=True)

    objects = AddressedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rahoittaja")
        verbose_name_plural = _("rahoittajat")
        ordering = [FinnishOrder("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="funder_name_is_unique",
                violation_error_message=_("Samanniminen rahoittaja on jo olemassa."),
            ),
            models.UniqueConstraint(
                Lower("short_name"),
                condition=~models.Q(short_name=""),
                name="funder_short_name_is_unique",
                violation_error_message=_("Lyhenne on jo toisella rahoittajalla."),
            ),
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~models.Q(business_id=""),
                name="funder_business_id_is_unique",
                violation_error_message=_("Y-tunnus on jo toisella rahoittajalla."),
            ),
            models.CheckConstraint(
                name="funder_logo_has_alternative_text",
                condition=models.Q(logo="") | ~models.Q(logo_alt=""),
                violation_error_message=_("Kirjoita tunnukselle tekstivastine."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the funder's page."""
        return reverse("funder", args=[self.slug])


class Programme(PayerVisibility):
    """A funder's programme (rahoitusohjelma); its emblem and sentence come before the funder's."""

    funder = models.ForeignKey(
        Funder, verbose_name=_("rahoittaja"), on_delete=models.CASCADE, related_name="programmes"
    )
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
    start_year = models.PositiveSmallIntegerField(_("alkuvuosi"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("loppuvuosi"), null=True, blank=True)

    objects = AddressedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rahoitusohjelma")
        verbose_name_plural = _("rahoitusohjelmat")
        ordering = [FinnishOrder("name")]
        constraints = [
            models.UniqueConstraint(
                "funder",
                Lower("name"),
                name="programme_name_is_unique_to_its_funder",
                violation_error_message=_("Rahoittajalla on jo samanniminen ohjelma."),
            ),
            models.CheckConstraint(
                name="programme_ends_after_it_starts",
                condition=models.Q(end_year__isnull=True)
                | models.Q(start_year__isnull=True)
                | models.Q(end_year__gte=models.F("start_year")),
                violation_error_message=_("Ohjelma ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                name="programme_logo_has_alternative_text",
                condition=models.Q(logo="") | ~models.Q(logo_alt=""),
                violation_error_message=_("Kirjoita tunnukselle tekstivastine."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ShareKind(models.TextChoices):
    """Money, or work and goods counted as money."""

    CASH = "cash", _("Rahana")
    IN_KIND = "in_kind", _("Työnä tai palveluina")


class Stage(models.TextChoices):
    """A promise, or what came of it."""

    PLANNED = "planned", _("Suunniteltu")
    ACTUAL = "actual", _("Toteutunut")


class FundingShareQuerySet(models.QuerySet["FundingShare"]):
    """Questions about funding shares."""

    def of_public_projects(self) -> Self:
        """Keep the shares of cards that anybody may see."""
        return self.filter(project__publication=Publication.PUBLISHED)


class FundingShare(models.Model):
    """What a funder puts into a project (rahoitusosuus): euros, a percentage, or both.

    A row without figures says that the funder takes part with a share that is not known.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="funding_shares")
    funder = models.ForeignKey(
        Funder,
        verbose_name=_("rahoittaja"),
        on_delete=models.PROTECT,
        related_name="funding_shares",
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("ohjelma"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_shares",
    )
    amount = models.DecimalField(_("euroa"), max_digits=14, decimal_places=2, null=True, blank=True)
    percent = models.DecimalField(
        _("prosenttia"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    kind = models.CharField(
        _("laji"), max_length=10, choices=ShareKind.choices, default=ShareKind.CASH
    )
    stage = models.CharField(
        _("vaihe"), max_length=10, choices=Stage.choices, default=Stage.PLANNED
    )
    is_declared = models.BooleanField(
        _("ilmoitettu rahoittajaksi"),
        default=True,
        help_text=_("Rahoittaja on nimetty kortin Rahoittajat-kentässä."),
    )
    is_proposal = models.BooleanField(
        _("ehdotus"),
        default=False,
        help_text=_("Luvut on poimittu tekstistä, eikä kukaan ole vielä tarkistanut niitä."),
    )
    quote = models.TextField(_("tekstikohta, josta luvut on poimittu"), blank=True)
    position = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    objects = FundingShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("rahoitusosuus")
        verbose_name_plural = _("rahoitusosuudet")
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["funder", "project"], name="share_of_funder"),
            models.Index(
                fields=["project"],
                condition=models.Q(stage="actual", amount__isnull=False),
                name="share_with_actual_sum",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="funding_amount_is_not_negative",
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                violation_error_message=_("Rahoitusosuus ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                name="funding_percent_is_a_percentage",
                condition=models.Q(percent__isnull=True) | models.Q(percent__range=(0, 100)),
                violation_error_message=_("Osuuden pitää olla 0–100 prosenttia."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}, {self.programme}" if self.programme else str(self.funder)

    def clean(self) -> None:
        """Refuse a programme of another funder."""
        if self.programme and self.programme.funder_id != self.funder_id:
            raise ValidationError({"programme": _("Ohjelma kuuluu toiselle rahoittajalle.")})
