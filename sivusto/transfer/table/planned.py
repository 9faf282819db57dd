"""What reading a table in would do: row by row, field by field."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hankkeet.models import Project
from sivusto.transfer.table.cells import Value, written
from sivusto.transfer.table.columns import LABELS
from sivusto.transfer.tablefile.model import Table


@dataclass(frozen=True)
class Rights:
    """What whoever reads a table in may do; by default everything.

    ``refuse`` tells of which cards she may not change, and why.
    """

    refuse: Callable[[Sequence[Project]], Mapping[int, str]] | None = None
    may_add: bool = True


class Action(StrEnum):
    """What becomes of a row."""

    FAULTY = "faulty"
    CONFLICT = "conflict"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Step:
    """One field: what the card has now and what the file has."""

    key: str
    now: Value
    new: Value
    is_conflict: bool = False

    @property
    def label(self) -> str:
        """The column's heading."""
        return LABELS[self.key]

    @property
    def told(self) -> tuple[str, str]:
        """Both values as people read them."""
        return written(self.now) or "–", written(self.new) or "–"


@dataclass(frozen=True)
class PlannedRow:
    """A row of the file, by its number in it."""

    number: int
    code: str
    name: str
    action: Action
    steps: Sequence[Step] = ()
    messages: Sequence[str] = ()
    project: Project | None = None

    @property
    def is_written(self) -> bool:
        """Whether something of the row would be written."""
        return self.action in (Action.NEW, Action.CHANGED)


@dataclass(frozen=True)
class TablePlan:
    """The rows of a table with what would be done to them, and remarks on the whole file."""

    table: Table
    rows: Sequence[PlannedRow]
    remarks: Sequence[str] = ()

    def of(self, action: str) -> list[PlannedRow]:
        """Return the rows of which this becomes."""
        return [row for row in self.rows if row.action == action]

    @property
    def is_blocked(self) -> bool:
        """Whether some row keeps all from being written."""
        return any(row.action in (Action.FAULTY, Action.CONFLICT) for row in self.rows)

    @property
    def written_rows(self) -> list[PlannedRow]:
        """The rows that would be written."""
        return [row for row in self.rows if row.is_written]

    @property
    def is_writable(self) -> bool:
        """Whether there is something to write, and nothing that keeps it from being written."""
        return bool(self.written_rows) and not self.is_blocked

    @property
    def digest(self) -> str:
        """What stands for all that would be written, and for the cards as they are."""
        told = [
            [
                row.number,
                row.code,
                row.action,
                [[step.key, *step.told] for step in row.steps],
                row.project.version if row.project and row.is_written else "",
            ]
            for row in self.rows
            if row.action != Action.UNCHANGED
        ]
        return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()

    @property
    def sum_line(self) -> str:
        """How many rows there are of each kind, in words."""
        words = {
            Action.NEW: ("uusi", "uutta"),
            Action.CHANGED: ("muuttuva", "muuttuvaa"),
            Action.UNCHANGED: ("ennallaan", "ennallaan"),
            Action.CONFLICT: ("ristiriita", "ristiriitaa"),
            Action.FAULTY: ("virheellinen", "virheellistä"),
        }
        counts = {action: len(self.of(action)) for action in words}
        parts = [f"{n} {words[action][n != 1]}" for action, n in counts.items() if n]
        number = len(self.rows)
        return f"{number} {'rivi' if number == 1 else 'riviä'}: {', '.join(parts) or 'ei mitään'}."
