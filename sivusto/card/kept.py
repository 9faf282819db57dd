"""Which printed file is which card's, remembered while nothing public has changed.

To find a file by its content costs the card's queries and template, a hundred times what it costs
to send the file. A process remembers what it has found, and notes it in a small file beside the
printed ones, so that the others need not find it again.
"""

import hashlib
import json
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from sivusto.card.paper import card_pdf, file_name, kept_file
from sivusto.card.queries import cards
from sivusto.freshness.models import DataVersion

MOST_KEPT = 5000


class Mark(NamedTuple):
    """A state of the register on a day; the seal tells it from the same of another database."""

    version: int
    seal: str
    day: date

    def __str__(self) -> str:
        return f"{self.version} {self.seal} {self.day}"


@dataclass(frozen=True)
class PrintedCard:
    """A printed public card: its file, which may be gone by and by, and the name to save it by."""

    path: Path
    name: str


_lock = threading.Lock()
_kept: OrderedDict[tuple[str, str | None], tuple[Mark, PrintedCard]] = OrderedDict()


def printed_card(code: str) -> PrintedCard | None:
    """Return the public card in the reader's language, printed if need be; None if not public.

    One query when neither the register nor the day has changed since it was asked for last.
    Raises the errors of ``sivusto.card.printing``.
    """
    mark = present()  # before what is read under it
    known = known_card(code, mark)
    if known:
        return known
    project = cards().public().filter(code=code).first()
    if project is None:
        return None
    printed = PrintedCard(card_pdf(project), file_name(project))
    note_card(code, mark, printed)
    return printed


def present() -> Mark:
    """Return the mark of the register as it is now; one query."""
    return Mark(*DataVersion.sealed(), timezone.localdate())


def known_card(code: str, mark: Mark) -> PrintedCard | None:
    """Return the printed card if it is known under the mark and its file is still there."""
    then, printed = _kept.get((code, get_language()), (None, None))
    if then != mark:
        printed = _noted(code, mark)
    return printed if printed and kept_file(printed.path) else None


def note_card(code: str, mark: Mark, printed: PrintedCard) -> None:
    """Remember what was printed under the mark, here and for other processes."""
    _remember(code, mark, printed)
    note = _note(code)
    note.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=note.parent, suffix=".part", delete=False) as part:
        json.dump([str(mark), str(printed.path), printed.name], part)
    Path(part.name).replace(note)


def _remember(code: str, mark: Mark, printed: PrintedCard) -> None:
    with _lock:
        _kept[code, get_language()] = (mark, printed)
        _kept.move_to_end((code, get_language()))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def _noted(code: str, mark: Mark) -> PrintedCard | None:
    """Read what some process has noted; a note under another mark says nothing."""
    try:
        then, path, name = json.loads(_note(code).read_text())
    except (OSError, ValueError):
        return None
    if then != str(mark):
        return None
    printed = PrintedCard(Path(path), name)
    _remember(code, mark, printed)
    return printed


def _note(code: str) -> Path:
    digest = hashlib.sha256(code.encode()).hexdigest()
    return Path(settings.PDF_DIR) / "notes" / str(get_language()) / digest[:2] / digest[:32]
