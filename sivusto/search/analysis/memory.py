"""The words of texts as they were met, so that no word is analysed twice, and found by terms."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sivusto.search.analysis.tokens import is_hyphen

STEM = "_"  # the sign that tells a stem, "sv_barn", from a word


@dataclass(frozen=True, slots=True)
class Terms:
    """A word's terms: those that stand for the whole of it, and all."""

    whole: tuple[str, ...]
    every: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A word as it was met in a text: its pieces, its terms, and the terms of each piece."""

    pieces: tuple[str, ...]
    terms: Terms
    by_piece: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """The words met in texts of a language; only ever added to, so that what is read stays true."""

    language: str
    words: dict[str, Met] = field(default_factory=dict)
    ellipses: set[str] = field(default_factory=set)  # words that begin or end in a hyphen
    stems: set[str] = field(default_factory=set)  # terms that are stems, of whichever language
    _having: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, word: str, met: Met) -> None:
        """Remember a word."""
        for term in met.terms.every:
            self._having[term].append(word)
            if STEM in term:
                self.stems.add(term)
        if is_hyphen(word[0]) or is_hyphen(word[-1]):
            self.ellipses.add(word)
        self.words[word] = met  # last: who finds it here finds it by its terms, too

    def having(self, term: str) -> Sequence[str]:
        """Return the words met so far that have the term."""
        return self._having.get(term, ())

    def beginning(self, stem: str) -> Iterator[str]:
        """Yield the words met so far that have a stem which begins so."""
        for term in self.stems:
            if term.startswith(stem):
                yield from self._having[term]

    def new_of(self, words: Collection[str]) -> set[str]:
        """Return those of the words that have not been met."""
        return set(words).difference(self.words)
