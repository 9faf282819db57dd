"""Which printed file is which card's, remembered while nothing public has changed.

To find a file by its content costs the card's queries and template, a hundred times what it costs
to send the file.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language

from sivusto.card.paper import card_pdf, file_name, kept_file
from sivusto.card.queries import cards
from sivusto.freshness.models import DataVersion

MOST_KEPT = 5000

Mark = tuple[int, date]


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
    mark = (DataVersion.current(), timezone.localdate())  # before what is read under it
    known = _known(code, mark)
    if known and kept_file(known.path):
        return known
    project = cards().public().filter(code=code).first()
    if project is None:
        return None
    printed = PrintedCard(card_pdf(project), file_name(project))
    with _lock:
        _kept[code, get_language()] = (mark, printed)
        _kept.move_to_end((code, get_language()))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return printed


def _known(code: str, mark: Mark) -> PrintedCard | None:
    then, printed = _kept.get((code, get_language()), (None, None))
    return printed if then == mark else None
