"""The projects that resemble one: four queries, each of bounded rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from hankkeet.models import Implementer, Project
from hankkeet.models.project import ProjectQuerySet
from rahoitus.models import FundingShare
from sivusto.search.similar.hits import (
    LINKS,
    Hits,
    add_hidden,
    frequencies,
    thing_hits,
    word_hits,
)
from sivusto.search.similar.resemblance import Other, Resemblance, Thing, Worths, most_alike
from sivusto.search.similar.sources import Source, name_terms, parts_of

MOST_COMPARED = 40


@dataclass(frozen=True)
class Similar:
    """A project that resembles another; ``names`` are what the shared things are called."""

    project: Project
    resemblance: Resemblance
    names: Mapping[Thing, str]


def similar_to(source: Source, number: int, *, for_staff: bool = False) -> list[Similar]:
    """Return so many projects that resemble the source, the most alike first.

    Only public ones, unless they are for staff, who see every card; of what is not public only the
    newest are met by their names. Four queries, five for staff, however large the register is.
    """
    known = frequencies(source)
    words = word_hits(source, known)
    things = thing_hits(source, known, is_public=not for_staff)
    if for_staff:
        add_hidden(words, source, known)
    keys = words.of.keys() | things.of.keys()
    likely = sorted(keys - {source.key}, key=lambda k: (-words.bits(k) - things.bits(k), -k))
    found = _others(likely[:MOST_COMPARED], words, for_staff=for_staff)
    worths = Worths(words.worth, things.worth, parts_of(words.worth))
    alike = most_alike(source.profile, (other for other, _row in found), worths, number)
    projects = {other.key: project for other, project in found}
    return [Similar(projects[each.key], each, source.names) for each in alike]


def _others(keys: list[int], words: Hits[str], *, for_staff: bool) -> list[tuple[Other, Project]]:
    """Load what is compared of the projects, and what is shown of them."""
    projects: ProjectQuerySet = Project.objects.all() if for_staff else Project.objects.public()
    rows: Any = projects.filter(pk__any_of=keys).only(
        "code", "name", "phase", "publication", "start_date", "end_date"
    )
    shares = FundingShare.objects.filter(project=OuterRef("pk"), is_declared=True)
    rows = list(
        rows.order_by().annotate(
            funder_keys=ArraySubquery(shares.values("funder")),
            programme_keys=ArraySubquery(shares.exclude(programme=None).values("programme")),
            portfolio_keys=ArraySubquery(
                Project.portfolios.through.objects.filter(project=OuterRef("pk")).values(
                    "portfolio"
                )
            ),
            implementer_keys=ArraySubquery(
                Implementer.objects.filter(project=OuterRef("pk")).values("organisation")
            ),
        )
    )
    names = name_terms([project.name for project in rows], words.worth)
    return [
        (_other(project, terms, words), project) for project, terms in zip(rows, names, strict=True)
    ]


def _other(project: Any, name: frozenset[str], words: Hits[str]) -> Other:
    keys = {kind: getattr(project, f"{kind}_keys") for kind in LINKS}
    return Other(
        project.pk,
        frozenset(words.of.get(project.pk, ())),
        name,
        frozenset((kind, key) for kind, those in keys.items() for key in those),
        project.start_date,
        project.end_date,
    )
