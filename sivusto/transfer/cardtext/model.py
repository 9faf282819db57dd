"""What a reading of an old-register card yields: plain values, no database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["cash", "in_kind"]


@dataclass(frozen=True)
class SectionText:
    """A part of the summary; `heading` is empty for text before the first heading."""

    heading: str
    text: str


@dataclass(frozen=True)
class FunderName:
    """A funder as the field writes it, and the funder and programme told apart."""

    text: str
    funder: str
    programme: str = ""


@dataclass(frozen=True)
class ContactText:
    """A contact; what could not be told apart stands in `role`."""

    role: str = ""
    name: str = ""
    unit: str = ""
    phone: str = ""
    email: str = ""
    share_percent: Decimal | None = None
    start_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True)
class AttachmentText:
    """A link or a file; `size_kt` is in units of 1024 bytes, rounded up."""

    title: str
    file: str = ""
    size_kt: int | None = None
    url: str = ""


@dataclass(frozen=True)
class ShareText:
    """A funding share as proposed from prose; `amount` is in euros."""

    funder: str
    programme: str
    amount: Decimal | None
    percent: Decimal | None
    kind: Kind
    quote: str


@dataclass(frozen=True)
class Card:
    """Everything a card says; what it does not say is empty or None."""

    name: str = ""
    project_type: str = ""
    portfolios: tuple[str, ...] = ()
    phase: str = ""
    start_date: date | None = None
    end_date: date | None = None
    sections: tuple[SectionText, ...] = ()
    funders: tuple[FunderName, ...] = ()
    implementers: tuple[str, ...] = ()
    contacts: tuple[ContactText, ...] = ()
    attachments: tuple[AttachmentText, ...] = ()
    logos: tuple[str, ...] = ()
    shares: tuple[ShareText, ...] = ()
    total_cost: Decimal | None = None
    total_cost_is_actual: bool = False


@dataclass(frozen=True)
class Reading:
    """A card with what it lacks (`missing`: names as in JSON) and Finnish messages."""

    card: Card
    missing: tuple[str, ...]
    messages: tuple[str, ...]
    is_card: bool
    old_id: str
