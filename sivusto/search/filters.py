"""The list's filters: names in the address are Finnish, short and stable."""

from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Organisation, Project, ProjectType
from hankkeet.models.project import ProjectQuerySet
from rahoitus.models import Funder, Programme
from salkut.models import Portfolio
from sivusto.search.counting import narrowed, ordered
from sivusto.search.engine import Search, search
from sivusto.search.fields import (
    SelectionForm,
    SlugsField,
    WordsField,
    YearsField,
    taking_part,
)
from sivusto.search.selection import BY_RANK, FACETS, NEWEST, NO_BUDGET, PHASE_WORDS, Selection

ORDERS = {
    BY_RANK: _("Osuvin ensin"),
    NEWEST: _("Uusin ensin"),
    "vanhin": _("Vanhin ensin"),
    "nimi": _("Nimen mukaan"),
    "summa": _("Suurin summa ensin"),
    "paivitetty": _("Viimeksi päivitetty ensin"),
}
BUDGETS = {
    "alle-50": _("alle 50 000 €"),
    "50-200": _("50 000–200 000 €"),
    "200-1000": _("200 000–1 000 000 €"),
    "yli-1000": _("vähintään 1 000 000 €"),
    NO_BUDGET: _("ei tiedossa"),
}


class WordsFilter(filters.Filter):
    """Several words of the address."""

    field_class = WordsField


class SlugsFilter(filters.Filter):
    """Several things by their slugs."""

    field_class = SlugsField


class YearsFilter(filters.Filter):
    """Several years."""

    field_class = YearsField


class ProjectFilter(filters.FilterSet):
    """Text and facets; all of them must hold, and of each facet any value will do."""

    q = filters.CharFilter(
        label=_("Hae hankkeista"),
        max_length=200,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    vaihe = WordsFilter(
        label=_("Käsittelyvaihe"),
        words={word: phase.label for word, phase in PHASE_WORDS.items()},
        unknown=_("Vaihetta ”%(value)s” ei ole. Valitse luettelosta."),
    )
    salkku = SlugsFilter(label=_("Salkku"), things=Portfolio.objects.all)
    rahoittaja = SlugsFilter(
        label=_("Rahoittaja"), things=taking_part(Funder, "funding_shares__project")
    )
    ohjelma = SlugsFilter(
        label=_("Rahoitusohjelma"), things=taking_part(Programme, "funding_shares__project")
    )
    tyyppi = SlugsFilter(label=_("Hanketyyppi"), things=ProjectType.objects.all)
    toteuttaja = SlugsFilter(label=_("Toteuttaja"), things=taking_part(Organisation, "projects"))
    vuosi = YearsFilter(label=_("Käynnissä vuonna"))
    budjetti = WordsFilter(label=_("Kustannukset"), words=BUDGETS)
    jarjestys = filters.ChoiceFilter(
        label=_("Järjestys"),
        choices=list(ORDERS.items()),
        empty_label=None,
        error_messages={"invalid_choice": _("Järjestystä ”%(value)s” ei ole.")},
    )

    class Meta:
        model = Project
        fields: list[str] = []
        form = SelectionForm

    @property
    def search(self) -> Search | None:
        """What the words were understood to ask."""
        return self.selection.words

    @property
    def is_by_rank(self) -> bool:
        """Whether the best come first: words were typed and no other order asked for."""
        return self.selection.order == BY_RANK

    @property
    def cleaned(self) -> dict[str, Any]:
        """What makes sense of what came, by name; facets as lists of Choice."""
        self.form.is_valid()
        return getattr(self.form, "cleaned_data", {})  # nothing came

    @cached_property
    def selection(self) -> Selection:
        """What is asked, of which all makes sense; costs the queries of the search's words."""
        asked = self.cleaned
        words = search(asked["q"]) if asked.get("q") else None
        chosen = ((name, tuple(c.value for c in asked.get(name) or ())) for name in FACETS)
        order = asked.get("jarjestys") or BY_RANK
        return Selection(
            words=words,
            chosen=tuple((name, values) for name, values in chosen if values),
            order=NEWEST if order == BY_RANK and words is None else order,
        )

    def filter_queryset(self, queryset: ProjectQuerySet) -> ProjectQuerySet:
        """Keep and sort as the selection asks, the very one that is counted."""
        return ordered(narrowed(queryset, self.selection), self.selection)
