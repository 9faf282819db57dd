"""Each facet in SQL: which projects have a value of it, and how many have each value."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, Count, Model, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear

from hankkeet.models import Implementer, Project
from rahoitus.models import FundingShare
from sivusto.search import selection as of

Counts = dict[str, int]
WORD_OF_PHASE = {phase.value: word for word, phase in of.PHASE_WORDS.items()}


@dataclass(frozen=True)
class Dimension:
    """A facet: the condition that any of the values holds, and the number of each value."""

    having: Callable[[Sequence[str]], Q]
    count: Callable[[QuerySet[Project]], Counts]


def _through(table: type[Model], slug: str) -> Dimension:
    """Make a facet of which a project may have several, by the table between.

    Counting goes through that table, never through a join of the projects themselves: a filter by
    the facet would be joined once for both, and only the chosen value would be seen.
    """
    rows = table._default_manager

    def having(values: Sequence[str]) -> Q:
        return Q(pk__in=rows.filter(**{f"{slug}__in": values}).values("project_id"))

    def count(projects: QuerySet[Project]) -> Counts:
        found = rows.filter(project__in=projects.values("pk")).order_by()
        counted = found.values_list(slug).annotate(n=Count("project_id", distinct=True))
        return {value: number for value, number in counted if value is not None}

    return Dimension(having, count)


def _column(name: str, words: Callable[[Sequence[str]], Any], word: Callable[[Any], str]) -> Any:
    """Make a facet of the project's own column; ``words`` and ``word`` go there and back."""

    def count(projects: QuerySet[Project]) -> Counts:
        counted = projects.order_by().values_list(name).annotate(n=Count("pk"))
        return {word(value): number for value, number in counted if value is not None}

    return Dimension(lambda values: Q(**{f"{name}__in": words(values)}), count)


def _in_years(values: Sequence[str]) -> Q:
    return Q(pk__in=Project.objects.during_years(*map(int, values)).values("pk"))


def _count_years(projects: QuerySet[Project]) -> Counts:
    """Count by first and last year in SQL, and spread over the years here."""
    spans = (
        projects.order_by()
        .filter(start_date__isnull=False)
        .values_list(ExtractYear("start_date"), ExtractYear("end_date"))
        .annotate(n=Count("pk"))
    )
    counts: Counter[str] = Counter()
    for start, end, number in spans:
        last = of.LAST_YEAR if end is None else min(end, of.LAST_YEAR)
        for year in range(max(start, of.FIRST_YEAR), last + 1):
            counts[str(year)] += number
    return dict(counts)


def _in_band(word: str) -> Q:
    if word == of.NO_BUDGET:
        return Q(total_cost__isnull=True)
    low, high = of.BUDGET_BANDS[word]
    limits = {"total_cost__gte": low, "total_cost__lt": high}
    return Q(**{lookup: value for lookup, value in limits.items() if value is not None})


def _count_bands(projects: QuerySet[Project]) -> Counts:
    band = Case(
        *(When(_in_band(word), then=Value(word)) for word in of.BUDGET_WORDS),
        output_field=CharField(),
    )
    return dict(projects.order_by().annotate(band=band).values_list("band").annotate(n=Count("pk")))


DIMENSIONS: Mapping[str, Dimension] = {
    of.PHASE: _column(
        "phase", lambda words: [of.PHASE_WORDS[word] for word in words], WORD_OF_PHASE.__getitem__
    ),
    of.PORTFOLIO: _through(Project.portfolios.through, "portfolio__slug"),
    of.FUNDER: _through(FundingShare, "funder__slug"),
    of.PROGRAMME: _through(FundingShare, "programme__slug"),
    of.TYPE: _column("project_type__slug", list, str),
    of.IMPLEMENTER: _through(Implementer, "organisation__slug"),
    of.YEAR: Dimension(_in_years, _count_years),
    of.BUDGET: Dimension(lambda words: reduce(or_, map(_in_band, words)), _count_bands),
}
