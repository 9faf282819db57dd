"""The answer to a search: the very same search as the page's, all its rows, in the same order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils import timezone

from hankkeet.models import Implementer, Project
from hankkeet.models.project import ProjectQuerySet
from rahoitus.models import FundingShare
from sivusto.answers.columns import with_columns
from sivusto.answers.sentence import Asked, sentence
from sivusto.search.counting import totals
from sivusto.search.filters import ProjectFilter
from sivusto.search.ranked import Ranked
from sivusto.search.selection import BUDGET_BANDS
from sivusto.search.views import ProjectListView
from sivusto.templatetags.finnish import day, euros

ROWS_AT_A_TIME = 1000
# Filters with a phrase of their own in the sentence, and those that are none.
PHRASES = {
    "vaihe": "phases",
    "salkku": "portfolios",
    "tyyppi": "types",
    "rahoittaja": "funders",
    "ohjelma": "programmes",
    "toteuttaja": "implementers",
    "budjetti": "budgets",
    "q": "words",
    "vuosi": "years",
}
NOT_FILTERS = ("jarjestys", "sivu")


@dataclass(frozen=True)
class Answer:
    """What the list page with this address answers."""

    filterset: ProjectFilter
    query: str

    @classmethod
    def to(cls, request: HttpRequest) -> "Answer":
        """Ask what the page with the same query string asks."""
        page = ProjectListView()
        page.setup(request)
        query = request.GET.copy()
        query.pop(page.page_kwarg, None)
        return cls(page.get_filterset(page.filterset_class), query.urlencode())

    @cached_property
    def projects(self) -> ProjectQuerySet:
        """The projects as the page lists them, in its order but for the ranking."""
        found: ProjectQuerySet = self.filterset.qs
        return found

    @cached_property
    def totals(self) -> dict[str, Any]:
        """How many there are, what they cost together, and how many have no cost stated."""
        return totals(self.projects)

    @property
    def sentence(self) -> str:
        """The answer as one sentence."""
        return answer_sentence(self.filterset, self.totals)

    @property
    def remarks(self) -> list[str]:
        """What is said of filters that made no sense and were left out."""
        return [str(text) for texts in self.filterset.form.errors.values() for text in texts]

    @property
    def page_address(self) -> str:
        """The whole address of the list."""
        query = f"?{self.query}" if self.query else ""
        return f"{settings.PUBLIC_ADDRESS}/hankkeet/{query}"

    def rows(self) -> Iterator[Any]:
        """Give rows of all the projects as ``with_columns`` tells, some at a time."""
        ordered = self._ordered(with_columns(self.projects))
        if isinstance(ordered, Ranked):
            return iter(ordered)
        found: Iterator[Any] = ordered.iterator(chunk_size=ROWS_AT_A_TIME)
        return found

    def first_rows(self, number: int) -> list[Project]:
        """Return at most so many of the first projects, with what the list on paper shows."""
        loaded = self.projects.select_related("project_type").prefetch_related(
            "portfolios",
            Prefetch(
                "funding_shares",
                FundingShare.objects.filter(is_declared=True).select_related("funder"),
            ),
            Prefetch("implementer_set", Implementer.objects.select_related("organisation")),
        )
        return list(self._ordered(loaded)[:number])

    def _ordered(self, loaded: Any) -> Any:
        search = self.filterset.search
        if search is None or not self.filterset.is_by_rank:
            return loaded
        return Ranked(loaded, search.best(self.projects))


def answer_sentence(filterset: ProjectFilter, figures: dict[str, Any]) -> str:
    """Write the sentence of a list from its filters and ``totals()``; no queries."""
    return sentence(
        asked_of(filterset),
        figures["number"],
        euros(figures["cost"]),
        figures["without_cost"],
        day(timezone.localdate()),
    )


def asked_of(filterset: ProjectFilter) -> Asked:
    """Tell what a FilterSet asks, as people write it; what made no sense is left out."""
    values: dict[str, Any] = {}
    others = []
    for name, label, chosen in chosen_filters(filterset):
        match name:
            case "q":
                notice = filterset.search and filterset.search.notice
                values["words"] = notice.shown if notice else chosen[0]
            case "vaihe":
                values["phases"] = filterset.selection.of(name)
            case "vuosi":
                values["years"] = [int(year) for year in filterset.selection.of(name)]
            case "budjetti":
                values["budgets"] = [BUDGET_BANDS.get(w) for w in filterset.selection.of(name)]
            case _ if name in PHRASES:
                values[PHRASES[name]] = chosen
            case _:
                others.append((label, chosen))
    return Asked(**values, others=tuple(others))


def chosen_filters(filterset: ProjectFilter) -> list[tuple[str, str, list[str]]]:
    """Return the name, label and written values of each filter in use."""
    form = filterset.form
    if not filterset.is_bound:
        return []
    form.is_valid()
    return [
        (name, str(field.label), _written(field, form.cleaned_data[name]))
        for name, field in form.fields.items()
        if name not in NOT_FILTERS and _has_value(form.cleaned_data.get(name))
    ]


def _has_value(value: Any) -> bool:
    return value is not None and bool(value or value == 0)


def _written(field: Any, value: Any) -> list[str]:
    values = [value] if isinstance(value, str) or not hasattr(value, "__iter__") else value
    labels = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
    return [str(labels.get(one, one)) for one in values]
