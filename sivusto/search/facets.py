"""The filters as a reader ticks them: the most used values first, the ticked ones always there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from hankkeet.models import Organisation, ProjectType, Publication
from rahoitus.models import Funder
from salkut.models import Portfolio
from sivusto.search.filters import PHASE_WORDS

MOST_OPTIONS = 12


@dataclass(frozen=True)
class Option:
    """One value that can be ticked."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter with its values; ``is_open`` where something in it is ticked."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def is_open(self) -> bool:
        """Whether something in it is ticked."""
        return any(option.is_chosen for option in self.options)


def facets(query: QueryDict) -> list[Facet]:
    """Return the filters as the address has them; four queries."""
    phases = ((word, str(phase.label)) for word, phase in PHASE_WORDS.items())
    return [
        _facet("vaihe", _("Käsittelyvaihe"), phases, query),
        _facet("salkku", _("Salkku"), _used(Portfolio, "projects", query, "salkku"), query),
        _facet("rahoittaja", _("Rahoittaja"), _funders(query), query),
        _facet("tyyppi", _("Hanketyyppi"), _used(ProjectType, "projects", query, "tyyppi"), query),
        _facet(
            "toteuttaja",
            _("Toteuttaja"),
            _used(Organisation, "projects", query, "toteuttaja"),
            query,
        ),
    ]


def _facet(name: str, label: str, values: Iterable[tuple[str, str]], query: QueryDict) -> Facet:
    chosen = set(query.getlist(name))
    return Facet(name, label, tuple(Option(v, text, v in chosen) for v, text in values))


def _funders(query: QueryDict) -> list[tuple[str, str]]:
    return _used(Funder, "funding_shares__project", query, "rahoittaja")


def _used(
    model: type[Model], to_projects: str, query: QueryDict, name: str
) -> list[tuple[str, str]]:
    """Return slug and name of what public projects use most, and of what is ticked.

    Portfolios and types are public in themselves; who takes part in drafts only is not told.
    """
    public = Q(**{f"{to_projects}__publication": Publication.PUBLISHED})
    used: QuerySet[Any] = model._default_manager.annotate(
        uses=Count(to_projects, filter=public, distinct=True)
    )
    most = used.filter(uses__gt=0).order_by("-uses", "pk")[:MOST_OPTIONS].values("pk")
    tellable = used if model in (Portfolio, ProjectType) else used.filter(uses__gt=0)
    ticked = tellable.filter(slug__in=query.getlist(name)).values("pk")
    wanted = Q(pk__in=most) | Q(pk__in=ticked)
    return list(model._default_manager.filter(wanted).values_list("slug", "name"))
