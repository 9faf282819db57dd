"""The columns of the table that is edited: what each is called and how its cells are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import override

from hankkeet.models import Implementer, Organisation, Phase, Project, ProjectType
from salkut.models import Portfolio
from sivusto.transfer.table import cells
from sivusto.transfer.table.cells import Value
from sivusto.transfer.tablefile.model import Cell

Read = Callable[[Cell], Value]


@dataclass(frozen=True)
class Column:
    """A field of the card in the table; ``get`` takes a project loaded by ``table_rows()``."""

    key: str
    heading: str
    get: Callable[[Any], Value]
    width: int = 14


@cache
def phase_label(value: str) -> str:
    """Return the phase in Finnish, the language of the table."""
    with override("fi"):
        return str(Phase(value).label)


CODE, STAMP = "Tunnus", "Muutosleima (älä muuta)"
FIELDS = (
    Column("name", "Hankkeen nimi", lambda p: p.name.strip(), 50),
    Column("project_type", "Hanketyyppi", lambda p: str(p.project_type or ""), 28),
    Column("phase", "Käsittelyvaihe", lambda p: phase_label(p.phase), 15),
    Column("planned_start_date", "Suunniteltu alkamispäivä", lambda p: p.planned_start_date),
    Column("planned_end_date", "Suunniteltu päättymispäivä", lambda p: p.planned_end_date),
    Column("actual_start_date", "Toteutunut alkamispäivä", lambda p: p.actual_start_date),
    Column("actual_end_date", "Toteutunut päättymispäivä", lambda p: p.actual_end_date),
    Column("planned_cost", "Suunnitellut kustannukset (€)", lambda p: p.planned_cost, 17),
    Column("actual_cost", "Toteutuneet kustannukset (€)", lambda p: p.actual_cost, 17),
    Column("portfolios", "Salkut", lambda p: tuple(each.name for each in p.portfolios.all()), 40),
    Column(
        "implementers",
        "Toteuttajat",
        lambda p: tuple(each.organisation.name for each in p.implementer_set.all()),
        40,
    ),
)
KEYS = tuple(field.key for field in FIELDS)
LABELS = {field.key: field.heading for field in FIELDS}


def table_rows(projects: QuerySet[Any]) -> QuerySet[Any]:
    """Return projects with what the table shows, in three queries however many they are."""
    organisations = Implementer.objects.select_related("organisation")
    return projects.select_related("project_type").prefetch_related(
        "portfolios", Prefetch("implementer_set", organisations)
    )


def values_of(project: Project) -> dict[str, Value]:
    """Return the fields of a project loaded by ``table_rows()``, by key."""
    return {field.key: field.get(project) for field in FIELDS}


def readers() -> Mapping[str, Read]:
    """Return how the cells of each field are read, with the names that the register now knows."""
    types = cells.folded(list(ProjectType.objects.values_list("name", flat=True)))
    phases = cells.folded([phase_label(value) for value in Phase.values])
    portfolios = cells.folded(list(Portfolio.objects.values_list("name", flat=True)))
    organisations = cells.folded(list(Organisation.objects.values_list("name", flat=True)))
    days = [key for key in KEYS if key.endswith("_date")]
    return {
        "name": cells.as_text,
        "project_type": partial(cells.as_name, known=types, what="hanketyyppiä"),
        "phase": partial(cells.as_name, known=phases, what="käsittelyvaihetta"),
        **dict.fromkeys(days, cells.as_day),
        "planned_cost": cells.as_euros,
        "actual_cost": cells.as_euros,
        "portfolios": partial(cells.as_names, known=portfolios, what="salkkua"),
        "implementers": partial(cells.as_names, known=organisations, what="toteuttajaa"),
    }
