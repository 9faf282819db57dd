"""The list answered by SQL: which projects are in it, in what order, and how many of each facet."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from hankkeet.models import Project
from hankkeet.models.project import ProjectQuerySet
from salkut.fields import FinnishOrder
from sivusto.search.dimensions import DIMENSIONS
from sivusto.search.ranked import Ranked
from sivusto.search.selection import BY_RANK, NEWEST, Outcome, Selection, last_page

ORDERINGS: dict[str, tuple[Any, ...]] = {
    NEWEST: (F("start_date").desc(nulls_last=True), "-id"),
    "vanhin": (F("start_date").asc(nulls_last=True), "id"),
    "nimi": (FinnishOrder("name"), "id"),
    "summa": (F("total_cost").desc(nulls_last=True), "-id"),
    "paivitetty": ("-updated_at", "-id"),
}
ORDERINGS[BY_RANK] = ORDERINGS[NEWEST]  # of those that come after the best


def narrowed(projects: ProjectQuerySet, selection: Selection, besides: str = "") -> ProjectQuerySet:
    """Keep what the selection asks for, leaving the facet ``besides`` unasked."""
    if selection.words:
        projects = selection.words.matching(projects)
    for facet, values in selection.chosen:
        if facet != besides and values:
            projects = projects.filter(DIMENSIONS[facet].having(values))
    return projects


def ordered(projects: ProjectQuerySet, selection: Selection) -> ProjectQuerySet:
    """Sort as the selection asks; the best by rank are put first by Ranked, not here."""
    return projects.order_by(*ORDERINGS[selection.order])


def outcome(selection: Selection, page: int, size: int) -> Outcome:
    """Answer from the public projects in ten queries, and those of the ranking."""
    public: ProjectQuerySet = Project.objects.public()
    projects = ordered(narrowed(public, selection), selection)
    found = totals(projects)
    page = min(max(1, page), last_page(found["number"], size))
    counts = {
        facet: dimension.count(narrowed(public, selection, besides=facet))
        for facet, dimension in DIMENSIONS.items()
    }
    keys = _keys(projects, selection, (page - 1) * size, page * size) if found["number"] else ()
    return Outcome(**found, page=page, keys=keys, counts=counts)


def totals(projects: QuerySet[Project]) -> dict[str, Any]:
    """Return the number of projects, their cost together, and how many have no cost stated."""
    return projects.order_by().aggregate(
        number=Count("pk"),
        cost=Sum("total_cost"),
        without_cost=Count("pk", filter=Q(total_cost__isnull=True)),
    )


def _keys(projects: ProjectQuerySet, selection: Selection, start: int, stop: int) -> Sequence[int]:
    if selection.words and selection.order == BY_RANK:
        ranked = Ranked(projects.only("pk"), selection.words.best(projects))
        return tuple(project.pk for project in ranked[start:stop])
    return tuple(projects.values_list("pk", flat=True)[start:stop])
