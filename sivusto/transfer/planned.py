"""What a plan holds: a batch of files, what becomes of each, and what they were held against."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hankkeet.models import Project, Publication
from sivusto.transfer.known import AnyText
from sivusto.transfer.merge import Base, Facts, Step, advanced
from sivusto.transfer.register import Register


class Action(StrEnum):
    """What becomes of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    FAULTY = "faulty"


@dataclass(frozen=True)
class PlannedCard:
    """What becomes of one file; `steps` are the differences, field by field."""

    text: AnyText
    action: Action
    messages: tuple[str, ...] = ()
    code: str | None = None
    project: Project | None = None
    now: Facts | None = None
    new: Facts | None = None
    steps: tuple[Step, ...] = ()
    base: Base = field(default_factory=Base)
    same_as: str = ""

    @property
    def steps_taken(self) -> list[Step]:
        """The differences that applying writes; in a conflict the card stays as it is."""
        return [step for step in self.steps if step.kind != "conflict"]

    @property
    def is_as_told(self) -> bool:
        """Whether the card, once written, holds just what its text says, without a remark."""
        is_sound = self.action in (Action.NEW, Action.CHANGED, Action.UNCHANGED)
        return is_sound and self.text.is_whole and not self.text.messages

    def agreed(self, *keys: str) -> Facts:
        """Return what text and card say alike of the keys."""
        now, new = self.now or {}, self.new or {}
        both = (key for key in keys if key in now and key in new)
        return {key: new[key] for key in both if now[key].value == new[key].value}

    @property
    def base_after(self) -> Base:
        """What the next import will compare with."""
        return advanced(self.base, self.new or {}, self.steps, is_whole=self.text.is_whole)


@dataclass(frozen=True)
class Seen:
    """What the texts were compared with: while it is the same, comparing again finds the same.

    `states` are digests of the cards that were compared, taken before their rows were read, and
    `settled` the files that needed no comparing.
    """

    catalogues: tuple[list[Any], ...]
    states: dict[int, str]
    settled: set[str]


@dataclass(frozen=True)
class Plan:
    """A batch of files and what becomes of each, in the order they were given."""

    cards: tuple[PlannedCard, ...]
    publication: Publication
    register: Register
    seen: Seen

    @property
    def counts(self) -> Counter[Action]:
        """How many files there are of each action."""
        return Counter(card.action for card in self.cards)

    @property
    def is_faulty(self) -> bool:
        """Whether a file was left out because it could not be read as a card."""
        return any(card.action == Action.FAULTY for card in self.cards)

    @property
    def digest(self) -> str:
        """The same for two plans that show the same and would do the same."""
        shown = [_digestible(card) for card in self.cards]
        text = json.dumps([self.publication, shown], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _digestible(card: PlannedCard) -> list[Any]:
    steps = [
        [step.key, step.kind, step.now and step.now.value, step.new and step.new.value]
        for step in card.steps
    ]
    texts = [card.text.source, card.action, card.code, list(card.messages)]
    # What a card without differences is compared with shows nowhere and may not even be loaded.
    base = None if card.action == Action.UNCHANGED else card.base.to_json()
    return [*texts, steps, base]
