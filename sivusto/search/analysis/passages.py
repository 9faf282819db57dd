"""The passage of a text that answers a query best, with the found words marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice, repeat
from operator import or_
from typing import Self

from sivusto.search.analysis.analyser import Analyser
from sivusto.search.analysis.memory import STEM, Memory
from sivusto.search.analysis.query import Clause
from sivusto.search.analysis.tokens import TOKEN

WINDOW = 20
LEAD = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was found, or was not."""

    text: str
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces in order; ``found`` counts the different clauses that they answer."""

    pieces: tuple[Piece, ...]
    found: int


@dataclass(frozen=True, slots=True)
class Read:
    """A text in normal form, cut into its words once."""

    text: str
    language: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str, language: str) -> Self:
        """Cut a text into words."""
        return cls(text, language, tuple(TOKEN.findall(text)))

    def places(self, end: int) -> list[re.Match[str]]:
        """Return where so many of the first words are."""
        return list(islice(TOKEN.finditer(self.text), end))


class Finder:
    """Finds in texts what answers a query: the words that have its terms are looked up but once."""

    def __init__(self, clauses: list[Clause], analyser: Analyser) -> None:
        """Take the query's wanted clauses, each of which gets a bit."""
        self.number = len(clauses)
        self._analyser = analyser
        self._bits: dict[str, int] = {}
        self._stems: list[tuple[str, int]] = []  # their beginnings
        self._starts: list[tuple[str, int]] = []  # a space before each
        self._answering: dict[str, _Answering] = {}  # by language
        for place, clause in enumerate(clauses):
            for term in _terms_of(clause):
                self._bits[term] = self._bits.get(term, 0) | 1 << place
            for prefix in clause.prefixes:
                if STEM in prefix:
                    self._stems.append((prefix, 1 << place))
                else:
                    self._starts.append((f" {prefix.removeprefix('w=')}", 1 << place))

    def marked(self, name: Read) -> tuple[Piece, ...]:
        """Return the whole of a short text with what was found marked."""
        if not name.words:
            return (Piece(name.text),)
        places = name.places(len(name.words))
        start = places[0].start()
        cut = _cut(name.text, places, self._hits(name), is_end=True)
        return (Piece(name.text[:start]), *cut) if start else tuple(cut)

    def densest(self, read: Read) -> Passage | None:
        """Return the stretch of words that answer most clauses, most often; None if none do."""
        hits = self._hits(read)
        met = [place for place, hit in enumerate(hits) if hit]
        if not met:
            return None
        first = max(met, key=lambda place: (_worth(hits[place : place + WINDOW - LEAD]), -place))
        places = read.places(first + WINDOW)
        start = _beginning(read.text, places, first)
        shown, found = places[start : start + WINDOW], hits[start : start + WINDOW]
        cut = _cut(read.text, shown, found, is_end=start + WINDOW >= len(hits))
        if start:
            cut.insert(0, Piece("… "))
        return Passage(tuple(cut), reduce(or_, found).bit_count())

    def _hits(self, read: Read) -> list[int]:
        """Return for each word the clauses that it answers, a bit for each."""
        raws, answering = read.words, self._met(read)
        hits = list(map(answering.bits.get, raws, repeat(0)))
        ellipses = answering.memory.ellipses
        if not ellipses.isdisjoint(raws):
            for place, raw in enumerate(raws):
                if raw in ellipses:
                    hits[place] |= self._answered(self._analyser.completions(raws, place))
        return hits

    def _met(self, read: Read) -> "_Answering":
        """Return the words that answer, after those of the text were met."""
        known = self._answering.get(read.language)
        if known is None:
            known = _Answering(self._analyser.memory(read.language))
            self._answering[read.language] = known
        for raw in known.memory.new_of(read.words):
            self._analyser.met(raw, known.memory)
        if known.met != len(known.memory.words):
            known.met = len(known.memory.words)
            for term, bits in self._bits.items():
                known.add(known.memory.having(term), bits)
            for stem, bits in self._stems:
                known.add(known.memory.beginning(stem), bits)
        if self._starts:
            for raw in set(read.words).difference(known.begun):
                met = known.memory.words[raw]
                known.add([raw], self._answered(met.terms.every, met.pieces))
                known.begun.add(raw)
        return known

    def _answered(self, terms: Sequence[str], pieces: Sequence[str] = ()) -> int:
        """Return the clauses that any of the terms answers, or a piece by its beginning."""
        hit = 0
        for term in terms:
            hit |= self._bits.get(term, 0)
        if self._starts:
            written = f" {' '.join(pieces)} {' '.join(terms)}"
            for start, bit in self._starts:
                if start in written:
                    hit |= bit
        return hit


@dataclass(slots=True)
class _Answering:
    """The words of a language that answer, with the clauses; of beginnings, those of ``begun``."""

    memory: Memory
    met: int = -1  # how many words there were when they were last looked through
    bits: dict[str, int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def add(self, words: Iterable[str], bits: int) -> None:
        """Note that the words answer these clauses."""
        for word in words:
            self.bits[word] = self.bits.get(word, 0) | bits


def _terms_of(clause: Clause) -> list[str]:
    in_sequences = (term for sequence in clause.sequences for terms in sequence for term in terms)
    return [*clause.terms, *in_sequences]


def _worth(hits: list[int]) -> tuple[int, int]:
    return reduce(or_, hits).bit_count(), sum(1 for hit in hits if hit)


def _beginning(text: str, words: list[re.Match[str]], place: int) -> int:
    """Return a place a little earlier, at the start of a sentence where there is one."""
    earliest = max(0, place - LEAD)
    for start in range(place, earliest, -1):
        between = text[words[start - 1].end() : words[start].start()]
        if any(sign in between for sign in ".!?\n"):
            return start
    return earliest


def _cut(text: str, shown: list[re.Match[str]], hits: list[int], *, is_end: bool) -> list[Piece]:
    cut, at = [], shown[0].start()
    for word, hit in zip(shown, hits, strict=True):
        if hit:
            if word.start() > at:
                cut.append(Piece(text[at : word.start()]))
            cut.append(Piece(word.group(), is_found=True))
            at = word.end()
    rest = text[at:] if is_end else text[at : shown[-1].end()] + " …"
    return [*cut, Piece(rest)] if rest else cut
