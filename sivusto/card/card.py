"""The card as the reader sees it: a loaded project turned into blocks ready to be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hankkeet.chains import Chain, chain_of
from hankkeet.models import Attachment, Contact, Organisation, Project, Result, Section
from hankkeet.models.relations import KeyKind
from rahoitus import visibility
from rahoitus.models import FunderKind, FundingShare, PayerVisibility, Stage
from rahoitus.sums import FundingSums, Line, Segment, Share, sum_up
from sivusto.card.calendar_words import in_words

# Neighbours differ in lightness too, so that the bar can be read without colours.
PALETTE = ("#0b4f6c", "#5aa7bf", "#b93a08", "#e7a96b", "#3d5a2e", "#9cbf7f", "#5b3a78", "#b79fce")


Picture = tuple[str, str]  # its address and alternative text

Told = TypeVar("Told", date, Decimal)


@dataclass(frozen=True)
class FundingRow:
    """A line of the funding table with the share it tells of."""

    share: FundingShare
    line: Line
    colour: str


@dataclass(frozen=True)
class BarPiece:
    """A piece of the funding bar."""

    segment: Segment
    colour: str


@dataclass(frozen=True)
class FundingTable:
    """The planned or the actual funding of a project."""

    stage: str
    rows: tuple[FundingRow, ...]
    sums: FundingSums
    total_cost: Decimal | None

    @property
    def bar(self) -> list[BarPiece]:
        """The pieces of the bar; none for a single funder, whose bar would say nothing."""
        if len(self.rows) < 2:
            return []
        return [
            BarPiece(segment, row.colour)
            for segment, row in zip(self.sums.segments, self.rows, strict=False)
        ]

    @property
    def has_calculated(self) -> bool:
        """Whether some figure follows from the others instead of being stated."""
        return any(row.line.amount_is_calculated for row in self.rows)

    @property
    def has_proposals(self) -> bool:
        """Whether some figures were picked from the text and nobody has checked them."""
        return any(row.share.is_proposal for row in self.rows)

    @property
    def gap_is_notable(self) -> bool:
        """Whether the shares miss the stated cost by more than rounding."""
        return abs(self.sums.gap) >= len(self.rows)

    @property
    def has_percents(self) -> bool:
        """Whether the percent column is needed."""
        return any(row.line.percent is not None for row in self.rows)


@dataclass(frozen=True)
class Relation:
    """The public projects (code and name) that stand in one relation to the card's own."""

    label: str
    projects: Sequence[dict[str, str]]


class Card:
    """A project's card; takes a project loaded by ``cards()``, and its chain if it is in one."""

    def __init__(self, project: Project, chain: Chain | None = None) -> None:
        self.project = project
        self.chain = chain

    @cached_property
    def sections(self) -> list[Section]:
        """The parts of the summary, in order."""
        return list(self.project.sections.all())

    @cached_property
    def implementers(self) -> list[Organisation]:
        """Who carry it out, in the card's order."""
        return [row.organisation for row in self.project.implementer_set.all()]

    @cached_property
    def contacts(self) -> list[Contact]:
        """The contacts that leave something to show at their visibility today.

        Three managers after one another are one line once their names are hidden.
        """
        shown: dict[Any, Contact] = {}
        for contact in self.project.contacts.all():
            place = (contact.role, contact.unit, contact.unit_email)
            if contact.shows_name:
                shown[contact.pk] = contact
            elif any(place):
                shown.setdefault(place, contact)
        return list(shown.values())

    @cached_property
    def attachments(self) -> list[Attachment]:
        """Links and files that are not hidden."""
        return list(self.project.attachments.all())

    @cached_property
    def results(self) -> list[Result]:
        """What came of it, in order."""
        return list(self.project.results.all())

    @cached_property
    def keys(self) -> list[tuple[str, str]]:
        """Keys that mean something to a reader, with what they are."""
        loaded: Any = self.project
        return [(str(KeyKind(key["kind"]).label), key["value"]) for key in loaded.shown_keys]

    @cached_property
    def declared_funders(self) -> list[FundingShare]:
        """The Rahoittajat field: each funder and programme once."""
        seen: dict[tuple[int, int | None], FundingShare] = {}
        for share in self.project.funding_shares.all():
            if share.is_declared:
                seen.setdefault((share.funder_id, share.programme_id), share)
        return list(seen.values())

    @cached_property
    def funding(self) -> list[FundingTable]:
        """The funding tables: what came true first, then what was planned."""
        shares = list(self.project.funding_shares.all())
        tables = []
        for stage in (Stage.ACTUAL, Stage.PLANNED):
            staged = [s for s in shares if s.stage == stage and _has_figures(s)]
            if staged:
                tables.append(_table(str(stage.label), staged, self._cost(stage)))
        return tables

    @cached_property
    def emblems(self) -> list[Picture]:
        """The funders' emblems, then other logos, each text once."""
        payers = visibility.emblems(self.project.funding_shares.all())
        logos = self.project.logos.all()
        return _pictures([*map(_emblem, payers), *((logo.image.url, logo.alt) for logo in logos)])

    @cached_property
    def union_emblems(self) -> list[Picture]:
        """The emblems of EU money, to be seen without scrolling (Reg. 2021/1060, annex IX)."""
        return _pictures(map(_emblem, visibility.emblems(self._union_shares)))

    @cached_property
    def union_statements(self) -> list[tuple[str, str]]:
        """The sentences of EU money with their languages."""
        return visibility.statements(self._union_shares, get_language() or "fi")

    @property
    def _union_shares(self) -> list[FundingShare]:
        return [s for s in self.project.funding_shares.all() if s.funder.kind == FunderKind.EU]

    @cached_property
    def statements(self) -> list[tuple[str, str]]:
        """The sentences that funders require to be shown, each once, with their languages."""
        shares = self.project.funding_shares.all()
        return visibility.statements(shares, get_language() or "fi")

    @cached_property
    def relations(self) -> list[Relation]:
        """The public projects it hangs together with, by how they do; empty kinds left out.

        Those of the chain are told there, if it is known.
        """
        loaded: Any = self.project
        kinds = [(_("Osa hanketta"), loaded.parents), (_("Osahankkeet"), loaded.parts)]
        if self.chain is None:
            kinds += [
                (_("Edeltäjä"), loaded.origins_shown),
                (_("Jatkui hankkeessa"), loaded.continuations),
            ]
        return [Relation(label, projects) for label, projects in kinds if projects]

    @property
    def looked_at(self) -> datetime | None:
        """When somebody last looked the card over; None on a card of the past."""
        return getattr(self.project, "looked_at", None)

    @property
    def calendar(self) -> str:
        """What the dates say today; "" without dates, and on a card of the past."""
        is_todays = hasattr(self.project, "looked_at")
        return in_words(self.project.start_date, self.project.end_date) if is_todays else ""

    @property
    def end_date_moved(self) -> bool:
        """Whether the project ended on another day than was planned."""
        planned, actual = self.project.planned_end_date, self.project.actual_end_date
        return bool(planned and actual and planned != actual)

    @property
    def cost_changed(self) -> bool:
        """Whether both planned and actual costs are known and differ."""
        planned, actual = self.project.planned_cost, self.project.actual_cost
        return planned is not None and actual is not None and planned != actual

    @property
    def first_end_date(self) -> date | None:
        """The end that was promised first, unless the card tells it otherwise too."""
        first: date | None = getattr(self.project, "first_end_date", None)
        return _untold(first, self.project.end_date, self.project.planned_end_date)

    @property
    def first_cost(self) -> Decimal | None:
        """The cost that was promised first, unless the card tells it otherwise too."""
        first: Decimal | None = getattr(self.project, "first_cost", None)
        return _untold(first, self.project.total_cost, self.project.planned_cost)

    def _cost(self, stage: Stage) -> Decimal | None:
        actual, planned = self.project.actual_cost, self.project.planned_cost
        return (actual or planned) if stage == Stage.ACTUAL else (planned or actual)


def present_card(project: Project) -> Card:
    """Return the card of a project loaded by ``cards()`` as it is today; one query for a chain."""
    loaded: Any = project
    is_linked = bool(loaded.origins_shown or loaded.continuations)
    return Card(project, chain_of(project.pk) if is_linked else None)


def _untold(first: Told | None, shown: Told | None, planned: Told | None) -> Told | None:
    """Return the first promise where there is still a plan and neither is the same."""
    return None if planned is None or first in (shown, planned) else first


def _has_figures(share: FundingShare) -> bool:
    return share.amount is not None or share.percent is not None


def _table(stage: str, shares: list[FundingShare], total_cost: Decimal | None) -> FundingTable:
    sums = sum_up([Share(s.amount, s.percent, s.kind == "in_kind") for s in shares], total_cost)
    rows = tuple(
        FundingRow(share, line, PALETTE[index % len(PALETTE)])
        for index, (share, line) in enumerate(zip(shares, sums.lines, strict=True))
    )
    return FundingTable(stage, rows, sums, total_cost)


def _emblem(payer: PayerVisibility) -> Picture:
    return payer.logo.url, payer.logo_alt


def _pictures(pictures: Iterable[Picture]) -> list[Picture]:
    """Leave out what says the same as one before it."""
    by_text: dict[str, str] = {}
    for address, text in pictures:
        by_text.setdefault(text, address)
    return [(address, text) for text, address in by_text.items()]
