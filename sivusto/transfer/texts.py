"""Files read as cards and held against the rules; asks nothing of the database."""

import hashlib
import multiprocessing
import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from sivusto.transfer.cardtext import decode, read_card
from sivusto.transfer.cardtext.model import Card
from sivusto.transfer.own_facts import OwnFacts, own_facts
from sivusto.transfer.register import Identity
from sivusto.transfer.rules import check
from sivusto.transfer.sources import Source

# What turns a file into facts; a change in any of it makes every text a new one.
READER = ("sivusto/transfer/**/*.py", "hankkeet/html_*.py", "hankkeet/richtext.py")
MANY, AT_A_TIME = 100, 20
# How the reader's message begins where a text breaks off.
CUT_OFF = "Teksti loppuu kesken"


@dataclass(frozen=True)
class CardText:
    """One file, read: its card, or the reasons why there is none."""

    source: str
    card: Card | None
    own: OwnFacts = field(default_factory=OwnFacts, repr=False)
    old_id: str = ""
    missing: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    is_faulty: bool = False
    is_whole: bool = True
    digest: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The project's name as the text has it, "" where there is no card."""
        return self.card.name if self.card else ""

    @property
    def is_card(self) -> bool:
        """Whether a card was found in the file."""
        return self.card is not None

    @property
    def identity(self) -> Identity:
        """What the card is recognised by."""
        card = self.card or Card()
        return self.old_id, card.name, card.start_date


def read(source: Source) -> CardText:
    """Read a file; what is no card, or breaks the rules, is faulty and says why."""
    if source.problem:
        return CardText(source.name, None, messages=(source.problem,), is_faulty=True)
    text, notes = decode(source.data)
    if not text.strip():
        messages = tuple(notes) or (_("Tiedosto on tyhjä."),)
        return CardText(source.name, None, messages=messages, is_faulty=True)
    reading = read_card(text)
    told = (*notes, *reading.messages)
    if not reading.is_card:
        return CardText(source.name, None, missing=reading.missing, messages=told, is_faulty=True)
    checked = check(reading.card)
    is_whole = not any(message.startswith(CUT_OFF) for message in reading.messages)
    if not is_whole and replace(reading.card, name="") == Card():
        checked.faults.append(_("Tekstissä on vain hankkeen nimi, ja sekin voi olla kesken."))
    return CardText(
        source.name,
        checked.card,
        own_facts(checked.card),
        reading.old_id,
        reading.missing,
        (*told, *checked.messages, *checked.faults),
        is_faulty=bool(checked.faults),
        is_whole=is_whole,
        digest=digest_of(source),
    )


def read_all(sources: Sequence[Source], processes: int = 1) -> list[CardText]:
    """Read files, many of them in so many processes; only where no other thread runs."""
    if processes < 2 or len(sources) < MANY or threading.active_count() > 1:
        return [read(source) for source in sources]
    # A child of fork has the language and the loaded code at once, and never asks the database.
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), _end_with, (os.getpid(),)
    ) as pool:
        return list(pool.map(read, sources, chunksize=AT_A_TIME))


def _end_with(parent: int) -> None:
    """Let a reading process end when its parent has been killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def digest_of(source: Source) -> str:
    """Return the digest of a file and of the code that reads it."""
    return hashlib.sha256(_reader() + source.data).hexdigest()


@cache
def _reader() -> bytes:
    files = sorted(path for pattern in READER for path in settings.BASE_DIR.glob(pattern))
    return hashlib.sha256(b"".join(map(Path.read_bytes, files))).digest()
