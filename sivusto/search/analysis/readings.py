"""What Voikko says of a word: its base form and the parts that it is compounded of."""

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

from sivusto.search.analysis.opaque import OPAQUE
from sivusto.search.analysis.transducer import Transducer

LONGEST_WORD = 60
# "Joissa" is nearly always of joka, hardly ever of joki; but "teitä" is of tie and not of te.
PRONOUN = re.compile(r"\[Lr\]\[Xp\](?!te\[)[^\[]*\[X\](?!.*\[Bc\])")
TAG_OR_TEXT = re.compile(r"\[([^\]]*)\]|([^\[]+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a compound as written and in its base form."""

    written: str
    base: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a word."""

    base: str
    parts: tuple[Part, ...]

    def runs(self) -> list[str]:
        """Return every run of adjacent parts short of the whole, its last part in base form."""
        parts, number = self.parts, len(self.parts)
        return [
            join(parts[first:last])
            for first in range(number)
            for last in range(first + 1, number + 1)
            if last - first < number
        ]


def join(parts: tuple[Part, ...]) -> str:
    """Write parts together: the inner ones as written, the last one in base form."""
    return "".join(part.written for part in parts[:-1]) + parts[-1].base


def read(analysis: str) -> Reading | None:
    """Read one of Voikko's tagged strings.

    ``[Ln][Xp]tieto[X]tieto[Bh][Bc][Ln][Xp]järjestelmä[X]järjestelmä..`` has two parts; Xp and Xj
    hold the base form of a part or of its end.
    """
    parts: list[Part] = []
    written, base, held, before = "", "", "", ""
    mode: str | None = None
    for tag, text in [*TAG_OR_TEXT.findall(analysis), ("Bc", "")]:
        if text and mode:
            held += text
        elif text:
            written += text
        elif tag in ("Xp", "Xj", "Xr"):
            mode, held, before = tag, "", written
        elif tag == "X":
            if mode in ("Xp", "Xj"):
                base = held if mode == "Xp" else before + held
            mode = None
        elif tag == "Bc":
            if _clean(written):
                parts.append(Part(_clean(written), _clean(base or written)))
            written, base = "", ""
    return Reading(join(tuple(parts)), tuple(parts)) if parts else None


def _clean(text: str) -> str:
    return text.lower().replace("=", "").replace("-", "")


class Lexicon:
    """Voikko's lexicon of Finnish."""

    def __init__(self, cache: Path | None = None) -> None:
        """Take pyvoikko's data file from where it is installed; its code is not loaded."""
        spec = importlib.util.find_spec("pyvoikko")
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError("pyvoikko")
        folder = Path(spec.submodule_search_locations[0])
        self._transducer = Transducer(folder / "voikko.kfst", cache)

    def readings(self, word: str) -> list[Reading]:
        """Return each different reading of a lower-case word; none if it is not known."""
        if len(word) > LONGEST_WORD:
            return []
        found: dict[Reading, None] = {}
        analyses = list(self._transducer.lookup(word))
        for analysis in [some for some in analyses if PRONOUN.match(some)] or analyses:
            reading = read(analysis)
            if reading is not None and reading.base in OPAQUE:
                reading = Reading(reading.base, (Part(word, reading.base),))
            if reading is not None:
                found[reading] = None
        return list(found)
