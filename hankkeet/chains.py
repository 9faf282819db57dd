"""Chains of projects that carry on one another's work, and their money together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Phase, Publication

MOST = 100  # projects before, and as many after
# UNION drops what has been met, so that a circle ends; of a walk no more is done than is asked for.
WALK = """
WITH RECURSIVE before(id) AS (
    SELECT %(key)s::bigint UNION
    SELECT s.predecessor_id FROM before JOIN hankkeet_succession s ON s.successor_id = before.id
    JOIN hankkeet_project p ON p.id = s.predecessor_id AND p.publication = ANY(%(states)s)
), after(id) AS (
    SELECT %(key)s::bigint UNION
    SELECT s.successor_id FROM after JOIN hankkeet_succession s ON s.predecessor_id = after.id
    JOIN hankkeet_project p ON p.id = s.successor_id AND p.publication = ANY(%(states)s)
)
SELECT p.id, p.code, p.name, p.phase, p.publication, p.start_date, p.end_date, p.total_cost,
    p.actual_cost IS NULL, p.id = ANY(ARRAY(SELECT id FROM before LIMIT %(most)s)),
    ARRAY(SELECT predecessor_id FROM hankkeet_succession WHERE successor_id = p.id)
FROM hankkeet_project p WHERE p.id IN (
    (SELECT id FROM before LIMIT %(most)s) UNION (SELECT id FROM after LIMIT %(most)s)
)
"""


class Place(TextChoices):
    """Where a project of a chain is, seen from the one that is looked at."""

    BEFORE = "before", _("edeltäjä")
    THIS = "this", _("tämä hanke")
    AFTER = "after", _("jatko")


@dataclass(frozen=True)
class Member:
    """A project of a chain. Euros; ``is_planned``: the cost is a plan still."""

    key: int
    code: str
    name: str
    phase: Phase
    publication: Publication
    start_date: date | None
    end_date: date | None
    total_cost: Decimal | None
    is_planned: bool
    place: Place
    predecessors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Chain:
    """A project with all that led to it and all that it has led to, in their order.

    ``is_cut`` tells that there are more than are looked at.
    """

    members: tuple[Member, ...]
    is_cut: bool = False

    @property
    def total_cost(self) -> Decimal | None:
        """The known costs together, None where none is known."""
        costs = [member.total_cost for member in self.members if member.total_cost is not None]
        return sum(costs, Decimal(0)) if costs else None

    @property
    def without_cost(self) -> int:
        """How many members' cost is not known."""
        return sum(member.total_cost is None for member in self.members)

    @property
    def years(self) -> str:
        """The first and the last year, ``2013–2019``; open where some member has no end."""
        starts = [member.start_date.year for member in self.members if member.start_date]
        ends = [member.end_date.year for member in self.members if member.end_date]
        if not starts:
            return ""
        is_open = len(ends) < len(self.members)
        first, last = min(starts), "" if is_open else str(max(ends))
        return str(first) if str(first) == last else f"{first}–{last}"


def chain_of(key: int, *, public_only: bool = True) -> Chain | None:
    """Return the chain of the project with this key, None where it is alone; one query.

    Of a chain that anybody may see, a project that is not public is no part and joins no others;
    the project itself always is.
    """
    states = [Publication.PUBLISHED] if public_only else Publication.values
    with connection.cursor() as cursor:
        cursor.execute(WALK, {"key": key, "states": states, "most": MOST + 1})
        members = [_member(key, row) for row in cursor.fetchall()]
    if len(members) < 2:
        return None
    is_cut = any(
        sum(member.place == place for member in members) >= MOST
        for place in (Place.BEFORE, Place.AFTER)
    )
    return Chain(tuple(in_order(members)), is_cut)


def in_order(members: Sequence[Member]) -> list[Member]:
    """Return predecessors before successors, else by the start; a circle begins at its earliest."""
    waiting = {m.key: m for m in sorted(members, key=lambda m: (m.start_date or date.max, m.key))}
    ordered = []
    while waiting:
        ready = (m for m in waiting.values() if not waiting.keys() & set(m.predecessors))
        chosen = next(ready, next(iter(waiting.values())))
        ordered.append(waiting.pop(chosen.key))
    return ordered


def _member(key: int, row: Any) -> Member:
    pk, code, name, phase, publication, start, end, cost, is_planned, is_before, origins = row
    place = Place.THIS if pk == key else Place.BEFORE if is_before else Place.AFTER
    return Member(
        key=pk,
        code=code,
        name=name,
        phase=Phase(phase),
        publication=Publication(publication),
        start_date=start,
        end_date=end,
        total_cost=cost,
        is_planned=is_planned,
        place=place,
        predecessors=tuple(origins),
    )
