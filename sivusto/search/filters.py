"""The list's filters: names in the address are Finnish, short and stable."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Organisation, Phase, Project, ProjectType, Publication
from hankkeet.models.project import ProjectQuerySet
from rahoitus.models import Funder
from salkut.fields import FinnishOrder
from salkut.models import Portfolio
from sivusto.search.engine import Search, search

PHASE_WORDS = {
    "suunnitteilla": Phase.PLANNED,
    "kaynnissa": Phase.RUNNING,
    "paattynyt": Phase.ENDED,
    "keskeytetty": Phase.DISCONTINUED,
}
FIRST_YEAR, LAST_YEAR = 1990, 2100
BY_RANK = "osuvin"
ORDERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    BY_RANK: (_("Osuvin ensin"), ()),
    "uusin": (_("Uusin ensin"), (F("start_date").desc(nulls_last=True), "-id")),
    "vanhin": (_("Vanhin ensin"), (F("start_date").asc(nulls_last=True), "id")),
    "nimi": (_("Nimen mukaan"), (FinnishOrder("name"), "id")),
    "summa": (_("Suurin summa ensin"), (F("total_cost").desc(nulls_last=True), "-id")),
    "paivitetty": (_("Viimeksi päivitetty ensin"), ("-updated_at", "-id")),
}


def _taking_part(model: Any, to_projects: str) -> QuerySet[Any]:
    """Return those who take part in a public project; the others are nobody's to know."""
    public = {f"{to_projects}__publication": Publication.PUBLISHED}
    return model.objects.filter(pk__in=model.objects.filter(**public).values("pk"))  # type: ignore[no-any-return]


class SlugChoiceFilter(filters.ModelMultipleChoiceFilter):
    """Several things by their slugs; any of them will do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            to_field_name="slug",
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": _("Rajausta ”%(value)s” ei ole. Valitse luettelosta."),
            },
            **kwargs,
        )

    def filter(self, qs: ProjectQuerySet, value: Any) -> ProjectQuerySet:
        """Keep each project once, however many of the chosen things it has."""
        if not value:
            return qs
        having = Project.objects.filter(**{f"{self.field_name}__in": value})
        return qs.filter(pk__in=having.values("pk"))


class ProjectFilter(filters.FilterSet):
    """Text, portfolio, phase, type, funder, implementer and year; all of them must hold."""

    q = filters.CharFilter(
        label=_("Hae hankkeista"),
        method="having_words",
        max_length=200,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    vaihe = filters.MultipleChoiceFilter(
        label=_("Käsittelyvaihe"),
        method="in_phase",
        choices=[(word, phase.label) for word, phase in PHASE_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Vaihetta ”%(value)s” ei ole. Valitse luettelosta.")},
    )
    salkku = SlugChoiceFilter(
        label=_("Salkku"), field_name="portfolios", queryset=Portfolio.objects.all()
    )
    tyyppi = SlugChoiceFilter(
        label=_("Hanketyyppi"), field_name="project_type", queryset=ProjectType.objects.all()
    )
    rahoittaja = SlugChoiceFilter(
        label=_("Rahoittaja"),
        field_name="funding_shares__funder",
        queryset=_taking_part(Funder, "funding_shares__project"),
    )
    toteuttaja = SlugChoiceFilter(
        label=_("Toteuttaja"),
        field_name="implementers",
        queryset=_taking_part(Organisation, "projects"),
    )
    vuosi = filters.NumberFilter(
        label=_("Käynnissä vuonna"),
        method="in_year",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"invalid": _("Kirjoita vuosi numeroin, esimerkiksi 2024.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "2024"}),
    )
    jarjestys = filters.ChoiceFilter(
        label=_("Järjestys"),
        method="in_order",
        choices=[(word, label) for word, (label, _fields) in ORDERS.items()],
        empty_label=None,
        initial="uusin",
        error_messages={"invalid_choice": _("Järjestystä ”%(value)s” ei ole.")},
    )

    search: Search | None = None  # what the words were understood to ask

    class Meta:
        model = Project
        fields: list[str] = []

    @property
    def is_by_rank(self) -> bool:
        """Whether the best come first: words were typed and no other order asked for."""
        order = self.form.cleaned_data.get("jarjestys") if self.is_bound else None
        return self.search is not None and order in (None, "", BY_RANK)

    def having_words(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        """Keep those that the search finds."""
        self.search = search(value)
        return self.search.matching(projects)

    def in_phase(self, projects: ProjectQuerySet, name: str, value: list[str]) -> ProjectQuerySet:
        """Keep those in any of the phases."""
        return (
            projects.filter(phase__in=[PHASE_WORDS[word] for word in value]) if value else projects
        )

    def in_year(self, projects: ProjectQuerySet, name: str, value: Any) -> ProjectQuerySet:
        """Keep those that run in the year."""
        return projects.during_year(int(value))

    def in_order(self, projects: ProjectQuerySet, name: str, value: str) -> QuerySet[Project]:
        """Sort as the reader wishes."""
        fields = ORDERS[value][1]
        return projects.order_by(*fields) if fields else projects
