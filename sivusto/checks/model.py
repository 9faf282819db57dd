"""What a check takes and what it returns: plain values, no database."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sivusto.transfer.cardtext.model import SectionText

Weight = Literal["serious", "notable", "minor"]
WEIGHTS: tuple[Weight, ...] = ("serious", "notable", "minor")

# A figure beside these is not the whole and exact share.
LOOSE = re.compile(
    r"\bnoin\b|\bn\.|arviolta|enintään|vähintään|\byli\b|\balle\b|milj|\d ?[tkM]€|tuhat|vuo[sd]"
    r"|\b(?:19|20)\d\d\b|\bmax\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Share:
    """A funding row; `row` is its key, `names` and `programmes` every name they go by.

    `kind` of funder is one of the register's own ("eu", "state", "municipality" …).
    """

    row: int
    names: tuple[str, ...]
    kind: str = "other"
    programmes: tuple[str, ...] = ()
    amount: Decimal | None = None
    percent: Decimal | None = None
    in_kind: bool = False
    is_actual: bool = False
    is_declared: bool = True
    quote: str = ""

    @property
    def name(self) -> str:
        """The funder's own name."""
        return self.names[0]

    @property
    def has_figures(self) -> bool:
        """Whether the row says how much."""
        return self.amount is not None or self.percent is not None


@dataclass(frozen=True)
class Portfolio:
    """A portfolio and its period, open where it is not known."""

    name: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Contact:
    """A role and the person in it."""

    role: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    end: date | None = None


@dataclass(frozen=True)
class Attachment:
    """A link or a file; `is_there` is false of a mere mention."""

    title: str
    is_there: bool = True


@dataclass(frozen=True)
class DeadLink:
    """An address that has given no answer: where the card has it, when it was asked, and why."""

    place: str
    address: str
    asked: date
    problem: str


@dataclass(frozen=True)
class Card:
    """A card as it is on the day `today`; what it does not say is empty or None.

    `from_text`: it came as the text of an old card, which holds no pictures, links or files.
    `phase` and `publication` are the register's own words ("running", "draft").
    """

    today: date
    name: str
    phase: str = "planned"
    publication: str = "draft"
    created: date | None = None
    from_text: bool = False
    project_type: str = ""
    planned_start: date | None = None
    planned_end: date | None = None
    actual_start: date | None = None
    actual_end: date | None = None
    planned_cost: Decimal | None = None
    actual_cost: Decimal | None = None
    portfolios: tuple[Portfolio, ...] = ()
    implementers: tuple[str, ...] = ()
    sections: tuple[SectionText, ...] = ()
    shares: tuple[Share, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    logos: tuple[str, ...] = ()
    dead_links: tuple[DeadLink, ...] = ()

    @property
    def start(self) -> date | None:
        """The day that the card shows."""
        return self.actual_start or self.planned_start

    @property
    def end(self) -> date | None:
        """The day that the card shows."""
        return self.actual_end or self.planned_end

    @property
    def cost(self) -> Decimal | None:
        """The sum that the card shows."""
        return self.planned_cost if self.actual_cost is None else self.actual_cost

    @property
    def is_over(self) -> bool:
        """Whether staff say that the work is no longer done."""
        return self.phase in ("ended", "discontinued")

    @property
    def declared(self) -> tuple[Share, ...]:
        """The rows of the card's own Rahoittajat field."""
        return tuple(share for share in self.shares if share.is_declared)


@dataclass(frozen=True)
class Change:
    """One thing that a mend writes.

    `table` is "project", "share" (`row` is its key) or "new_share"; dates and sums in `values`
    are text (ISO, decimal point), so that a change can be kept and printed as JSON.
    """

    table: Literal["project", "share", "new_share"]
    values: dict[str, Any]
    row: int | None = None


@dataclass(frozen=True)
class Fix:
    """A mend that is clear: what its button says and what it writes."""

    label: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a sentence, the place it was seen in, and perhaps its mend.

    `about` names the thing and its figures: a finding is the same as long as they are.
    """

    kind: str
    weight: Weight
    message: str
    quote: str = ""
    fix: Fix | None = None
    about: tuple[object, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """The same for the same finding with the same figures; holds no words of the card."""
        text = "\n".join(map(str, (self.kind, *self.about)))
        return f"{self.kind}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def shortened(text: str, most: int = 200) -> str:
    """Return a place of the text, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"
