"""The columns of a list as data, said once for every format."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from hankkeet.models import Phase, Project

Value = str | date | Decimal | list[str] | None


class Kind(Enum):
    """What a column holds; a format decides how it writes each kind."""

    TEXT = auto()
    NAMES = auto()
    DATE = auto()
    MONEY = auto()


@dataclass(frozen=True)
class Column:
    """One column: its Finnish heading, its name in data, how it is got, what it holds."""

    heading: str
    key: str
    get: Callable[[Any], Value]
    kind: Kind = Kind.TEXT
    width: int = 14
    code: Callable[[Any], str] | None = None  # for programs, where people get a word

    def data(self, project: Project) -> Value:
        """Return the value as programs want it."""
        return self.code(project) if self.code else self.get(project)


def address(project: Project) -> str:
    """Return the card's permanent address, the same in every language."""
    return f"{settings.PUBLIC_ADDRESS}/hankkeet/{project.code}/"


def phase(project: Project) -> str:
    """Return the phase in Finnish, the language of the register, whatever the reader's is."""
    return _finnish_phase(project.phase)


@cache
def _finnish_phase(value: str) -> str:
    with override("fi"):
        return str(Phase(value).label)


def _funders(project: Project) -> list[str]:
    return _each_once(share.funder.name for share in project.funding_shares.all())


def _programmes(project: Project) -> list[str]:
    shares = project.funding_shares.all()
    return _each_once(share.programme.name for share in shares if share.programme)


def _implementers(project: Project) -> list[str]:
    return [part.organisation.name for part in project.implementer_set.all()]


def _each_once(names: Any) -> list[str]:
    return list(dict.fromkeys(names))


# Contacts are not here and never will be: lists are not for harvesting people.
COLUMNS = (
    Column("Tunnus", "code", lambda p: p.code, width=10),
    Column("Osoite", "address", address, width=44),
    Column("Hankkeen nimi", "name", lambda p: p.name, width=50),
    Column("Käsittelyvaihe", "phase", phase, width=15, code=lambda p: p.phase),
    Column(
        "Hanketyyppi", "project_type", lambda p: p.project_type and p.project_type.name, width=28
    ),
    Column(
        "Salkut",
        "portfolios",
        lambda p: [portfolio.name for portfolio in p.portfolios.all()],
        Kind.NAMES,
        32,
    ),
    Column("Aloittamispvm", "start_date", lambda p: p.start_date, Kind.DATE),
    Column("Päättymispvm", "end_date", lambda p: p.end_date, Kind.DATE),
    Column("Kustannukset (€)", "total_cost", lambda p: p.total_cost, Kind.MONEY, 17),
    Column("Rahoittajat", "funders", _funders, Kind.NAMES, 40),
    Column("Rahoitusohjelmat", "programmes", _programmes, Kind.NAMES, 30),
    Column("Toteuttajat", "implementers", _implementers, Kind.NAMES, 40),
    Column("Päivitetty", "updated", lambda p: timezone.localtime(p.updated_at).date(), Kind.DATE),
)
