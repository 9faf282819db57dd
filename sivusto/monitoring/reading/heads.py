"""What the columns of a table are, by their heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from seuranta.report import Month
from sivusto.monitoring.reading.blocks import Row
from sivusto.monitoring.reading.months import (
    Head,
    are_in_order,
    dated,
    head_of,
    lettered,
    year_of,
)


class Role(Enum):
    """What a column other than a month's tells."""

    NUMBER = "number"
    PACKAGE = "package"
    MEASURE = "measure"
    UNIT = "unit"
    STATE = "state"
    STATUS = "status"
    NEXT = "next"
    SCHEDULE = "schedule"


LONGEST_HEAD = 80
# In order: "Toimenpiteiden tilanne" tells of the status, "Jatkotoimenpiteet" of what comes next.
WORDS = (
    (Role.NUMBER, re.compile(r"(?:nro|no|nr|#|numero)\.?$")),
    (Role.STATE, re.compile(r"(?:tila|vaihe|status|valmiusaste|toteutumisaste|läge)$")),
    (Role.STATUS, re.compile(r"tilan|toteutu|raportoin|etenem|edistym|seuranta|status|rapport")),
    (Role.NEXT, re.compile(r"jatko|seuraava|next|fortsatta")),
    (Role.UNIT, re.compile(r"vastuu|toteuttaja|tekijä|yksikkö|organisaatio|ansvar|responsib")),
    (Role.SCHEDULE, re.compile(r"aikataul|ajoitus|ajankohta|kuukaudet|tidtabell|schedule")),
    (
        Role.MEASURE,
        re.compile(r"toimenpi|toimet|tehtäv|toimin|aktivitee|åtgärd|task|measure|activit"),
    ),
    (
        Role.PACKAGE,
        re.compile(
            r"työpaket|tavoit|osahan|osa-alue|kokonaisuu|teema|painopist|arbetspaket|work p"
        ),
    ),
)


@dataclass(frozen=True)
class Columns:
    """Roles and months by the column's number from 0; `height` is how many rows said so."""

    roles: dict[int, Role] = field(default_factory=dict)
    months: dict[int, tuple[Month, ...]] = field(default_factory=dict)
    heads: dict[int, Head] = field(default_factory=dict)
    height: int = 0

    @property
    def lacks_years(self) -> bool:
        """Whether there are month columns of which nobody says the year."""
        return bool(self.heads) and not self.months

    def completed(self) -> "Columns":
        """Give what the heads do not say: the first column is the measure, the next its status."""
        roles = dict(self.roles)
        first_month = min(self.heads, default=max([*roles, 1]) + 1)
        free = [column for column in range(first_month) if column not in roles]
        for role in (Role.MEASURE, Role.STATUS):
            if role not in roles.values() and free:
                # A package's name may stand in the measures' column of a table of two columns.
                roles[free.pop(0)] = role
        if Role.MEASURE not in roles.values():
            packages = [column for column, role in roles.items() if role is Role.PACKAGE]
            if packages:
                roles[packages[0]] = Role.MEASURE
        return replace(self, roles=roles)


def role_of(text: str) -> Role | None:
    """Return what a head says of its column."""
    words = " ".join(text.casefold().split())
    if not words or len(words) > LONGEST_HEAD:
        return None
    return next((role for role, pattern in WORDS if pattern.search(words)), None)


def heads_at(rows: Sequence[Row], number: int) -> Columns | None:
    """Return what the head that begins at a row says, None where none begins.

    A head has one row, or one of years and one of months.
    """
    first = _Line(rows[number])
    below = _Line(rows[number + 1]) if number + 1 < len(rows) else None
    if first.months and first.is_head(with_years=False):
        roles = first.roles
        return Columns(roles, dated(first.months, first.years), first.months, 1)
    if below and below.months and below.is_head(with_years=True) and first.is_over(below):
        heads, years = _aligned(first, below)
        roles = dict(first.roles)
        roles |= {c: role for c, role in below.roles.items() if role not in roles.values()}
        return Columns(roles, dated(heads, years), heads, 2)
    if len(first.roles) > 1 and not first.others:
        return Columns(roles=first.roles, height=1)
    return None


class _Line:
    """One row, taken for a head."""

    def __init__(self, row: Row) -> None:
        texts = [cell.text.strip() for cell in row.cells]
        self.texts = [text.replace("\n", " ") for text in texts]
        self.years = {c: year for c, t in enumerate(texts) if (year := year_of(t))}
        self.months = {
            column: head
            for column, text in enumerate(texts)
            if column not in self.years and (head := head_of(text))
        }
        if not self.months and (letters := lettered(texts)):
            self.months = {column: head for column, head in enumerate(letters) if head}
        known = self.years.keys() | self.months.keys()
        self.roles: dict[int, Role] = {}  # each once: a second column of a kind is not understood
        for column, text in enumerate(texts):
            role = role_of(text) if column not in known else None
            if role and role not in self.roles.values():
                self.roles[column] = role
        self.others = [
            text
            for column, text in enumerate(self.texts)
            if text and column not in known | self.roles.keys()
        ]

    def is_head(self, *, with_years: bool) -> bool:
        """Tell whether the months are heads and not numbers of some row."""
        heads = list(self.months.values())
        if any(len(text) > LONGEST_HEAD for text in self.others):
            return False
        if all(head.year for head in heads):
            return len(heads) > 1 or bool(self.roles)
        if len(heads) < 2 and not with_years:
            return False
        return (with_years or len(heads) > 2) and are_in_order(heads)

    def is_over(self, below: "_Line") -> bool:
        """Tell whether the row is the upper one of a head: it says years or what columns are."""
        is_short = all(len(text) <= LONGEST_HEAD for text in self.others)
        says_something = bool(self.years) or len(self.roles) > 1
        return is_short and says_something and not self.months


def _aligned(first: _Line, below: _Line) -> tuple[dict[int, Head], dict[int, int]]:
    """Move the months under the years where the cells that were merged over them were lost."""
    start = min(below.months)
    wanted = min(first.years, default=start)
    shift = wanted - start if start < wanted and not below.roles else 0
    return {column + shift: head for column, head in below.months.items()}, first.years
