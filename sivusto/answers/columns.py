"""The columns of a list as data, said once for every format."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import override

from hankkeet.models import Implementer, Phase, Result
from hankkeet.models.project import ProjectQuerySet
from rahoitus.models import FundingShare
from salkut.models import Portfolio

Value = str | date | Decimal | list[str] | None


class Kind(Enum):
    """What a column holds; a format decides how it writes each kind."""

    TEXT = auto()
    NAMES = auto()
    DATE = auto()
    MONEY = auto()
    NUMBER = auto()


@dataclass(frozen=True)
class Column:
    """One column: its Finnish heading, its name in data, how it is got, what it holds."""

    heading: str
    key: str
    get: Callable[[Any], Value]
    kind: Kind = Kind.TEXT
    width: int = 14
    code: Callable[[Any], Value] | None = None  # for programs, where people get a word

    def data(self, project: Any) -> Value:
        """Return the value as programs want it."""
        return self.code(project) if self.code else self.get(project)


def with_columns(projects: ProjectQuerySet) -> Any:
    """Return rows of the projects with what the columns need; one query however many there are.

    A row has the project's own columns by name and lists of names, each name once and in order.
    """
    shares = FundingShare.objects.filter(project=OuterRef("pk"))
    portfolios = Portfolio.objects.filter(projects=OuterRef("pk"))
    implementers = Implementer.objects.filter(project=OuterRef("pk"))
    in_use = Result.objects.in_use().filter(project=OuterRef("pk"))
    named = projects.prefetch_related(None).annotate(
        portfolio_names=ArraySubquery(portfolios.values("name")),
        funder_names=ArraySubquery(shares.values("funder__name")),
        programme_names=ArraySubquery(shares.exclude(programme=None).values("programme__name")),
        implementer_names=ArraySubquery(implementers.values("organisation__name")),
        result_names=ArraySubquery(in_use.values("name")),
    )
    own = ("pk", "code", "name", "phase", "project_type__name", "start_date", "end_date")
    names = ("portfolio_names", "funder_names", "programme_names", "implementer_names")
    rest = ("total_cost", "updated_at", *names, "result_names")
    return named.values_list(*own, *rest, named=True)


def address(project: Any) -> str:
    """Return the card's permanent address, the same in every language."""
    return f"{settings.PUBLIC_ADDRESS}/hankkeet/{project.code}/"


def phase(project: Any) -> str:
    """Return the phase in Finnish, the language of the register, whatever the reader's is."""
    return _finnish_phase(project.phase)


@cache
def _finnish_phase(value: str) -> str:
    with override("fi"):
        return str(Phase(value).label)


def _each_once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


# Contacts are not here and never will be: lists are not for harvesting people.
COLUMNS = (
    Column("Tunnus", "code", lambda p: p.code, width=10),
    Column("Osoite", "address", address, width=44),
    Column("Hankkeen nimi", "name", lambda p: p.name, width=50),
    Column("Käsittelyvaihe", "phase", phase, width=15, code=lambda p: p.phase),
    Column("Hanketyyppi", "project_type", lambda p: p.project_type__name, width=28),
    Column("Salkut", "portfolios", lambda p: p.portfolio_names, Kind.NAMES, 32),
    Column("Aloittamispvm", "start_date", lambda p: p.start_date, Kind.DATE),
    Column("Päättymispvm", "end_date", lambda p: p.end_date, Kind.DATE),
    Column("Kustannukset (€)", "total_cost", lambda p: p.total_cost, Kind.MONEY, 17),
    Column("Rahoittajat", "funders", lambda p: _each_once(p.funder_names), Kind.NAMES, 40),
    Column(
        "Rahoitusohjelmat", "programmes", lambda p: _each_once(p.programme_names), Kind.NAMES, 30
    ),
    Column("Toteuttajat", "implementers", lambda p: p.implementer_names, Kind.NAMES, 40),
    Column("Tulokset käytössä", "results_in_use", lambda p: p.result_names, Kind.NAMES, 40),
    Column("Päivitetty", "updated", lambda p: timezone.localtime(p.updated_at).date(), Kind.DATE),
)
