"""Reading the register's bitmaps from the database: all of it, or what has changed.

Each facet comes as one row a value with its projects' keys packed in eight bytes each: 100 000
projects arrive in a second, without an object for each link.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hankkeet.models import Project, Publication
from salkut.fields import FinnishOrder
from sivusto.search import selection as of
from sivusto.search.bitmaps.bits import bitmap
from sivusto.search.bitmaps.packing import unpacked
from sivusto.search.bitmaps.register import COST, NAME, START, UPDATED, Register
from sivusto.search.bitmaps.slices import Numbers

# The tables between projects and things: the things' table, and the column that leads to it.
LINKS = {
    of.PORTFOLIO: ("hankkeet_project_portfolios", "salkut_portfolio", "portfolio_id"),
    of.FUNDER: ("rahoitus_fundingshare", "rahoitus_funder", "funder_id"),
    of.PROGRAMME: ("rahoitus_fundingshare", "rahoitus_programme", "programme_id"),
    of.IMPLEMENTER: ("hankkeet_implementer", "hankkeet_organisation", "organisation_id"),
}
# Whole numbers to sort and sum: cents, days and microseconds.
NUMBERS = {
    COST: "(p.total_cost * 100)::bigint",
    START: "p.start_date - date '0001-01-01'",
    UPDATED: "(extract(epoch FROM p.updated_at) * 1000000)::bigint",
}
DIGEST = "hashtextextended(p.name, 0)"
WORD_OF_PHASE = {phase.value: word for word, phase in of.PHASE_WORDS.items()}
Keys = Sequence[int] | None
Bitmaps = dict[str, int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Public projects as the database has them; ``names`` are digests by project."""

    public: int
    values: Mapping[str, Bitmaps]
    numbers: Mapping[str, dict[int, int]]
    names: dict[int, int]

    def register(self) -> Register:
        """Make the whole register, the names put in Finnish order by one more query."""
        numbers = {name: Numbers.of(values) for name, values in self.numbers.items()}
        return Register.of(self.public, self.values, numbers | {NAME: Numbers.of(_name_order())})


def load(only: Keys = None) -> Loaded:
    """Read the public projects, all or those of the keys, in twelve queries."""
    names = _numbers(DIGEST, only)
    return Loaded(
        public=bitmap(names),
        values={
            of.PHASE: _grouped("p.phase", only, WORD_OF_PHASE),
            of.TYPE: _grouped(
                "t.slug", only, join="hankkeet_projecttype t ON t.id = p.project_type_id"
            ),
            of.YEAR: _years(only),
            of.BUDGET: _grouped(_band(), only),
            **{facet: _linked(*link, only) for facet, link in LINKS.items()},
        },
        numbers={name: _numbers(sql, only) for name, sql in NUMBERS.items()},
        names=names,
    )


def _rows(what: str, source: str, only: Keys, end: str = "") -> Iterator[Any]:
    """Ask of public projects ``p``."""
    some = "AND p.id = ANY(%s)" if only is not None else ""
    statement = f"SELECT {what} FROM {source} WHERE p.publication = %s {some} {end}"  # noqa: S608
    keys = [list(only)] if only is not None else []
    with connection.cursor() as cursor:
        cursor.execute(statement, [Publication.PUBLISHED, *keys])
        yield from cursor.fetchall()


def _packed(what: str, source: str, only: Keys) -> Iterator[tuple[Any, int]]:
    """Give each value with the bitmap of its projects."""
    each = f"{what}, string_agg(int8send(p.id), '')"
    for *value, keys in _rows(each, source, only, f"GROUP BY {what}"):
        yield (value[0] if len(value) == 1 else tuple(value)), bitmap(unpacked(keys))


def _grouped(
    what: str, only: Keys, words: Mapping[str, str] | None = None, join: str = ""
) -> Bitmaps:
    source = f"hankkeet_project p JOIN {join}" if join else "hankkeet_project p"
    return {(words[value] if words else value): bits for value, bits in _packed(what, source, only)}


def _linked(table: str, things: str, column: str, only: Keys) -> Bitmaps:
    source = (
        f"{table} l JOIN hankkeet_project p ON p.id = l.project_id "
        f"JOIN {things} t ON t.id = l.{column}"
    )
    return dict(_packed("t.slug", source, only))


def _years(only: Keys) -> Bitmaps:
    """Spread each first and last year over the years between; an open end runs on."""
    columns = "extract(year FROM p.start_date)::int, extract(year FROM p.end_date)::int"
    found: Bitmaps = defaultdict(int)
    for (start, end), bits in _packed(columns, "hankkeet_project p", only):
        if start is not None:
            last = of.LAST_YEAR if end is None else min(end, of.LAST_YEAR)
            for year in range(max(start, of.FIRST_YEAR), last + 1):
                found[str(year)] |= bits
    # Years of open ends only have the same projects, and share one bitmap.
    shared: dict[int, int] = {}
    return {year: shared.setdefault(bits, bits) for year, bits in found.items()}


def _band() -> str:
    bands = " ".join(
        f"WHEN p.total_cost >= {low or 0} "
        + (f"AND p.total_cost < {high} " if high is not None else "")
        + f"THEN '{word}'"
        for word, (low, high) in of.BUDGET_BANDS.items()
    )
    return f"CASE {bands} ELSE '{of.NO_BUDGET}' END"


def _numbers(sql: str, only: Keys) -> dict[int, int]:
    """Give a number for each project that has it."""
    pairs = f"string_agg(int8send(p.id) || int8send({sql}), '')"
    ((data,),) = _rows(pairs, "hankkeet_project p", only, f"AND {sql} IS NOT NULL")
    numbers = unpacked(data)
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def _name_order() -> dict[int, int]:
    """Give each public project its place in the Finnish order of names."""
    ordered = Project.objects.public().order_by(FinnishOrder("name"), "id")
    return {key: place for place, key in enumerate(ordered.values_list("pk", flat=True))}
