"""From text to index terms.

A word gives its base forms and every run of its compound parts. A word that Finnish does not know
gives itself and its stem in a namespace of its own (``fi_``), so that a stem never meets a word;
Swedish and English text gives stems likewise.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import snowballstemmer

from sivusto.search.analysis.memory import Memory, Met, Terms
from sivusto.search.analysis.readings import Lexicon, Part
from sivusto.search.analysis.tokens import CONJUNCTIONS, TERM, TOKEN, is_hyphen, normal, pieces

VERSION = 4  # raise it whenever what is indexed changes; "manage.py reindex" does the rest
MOST_REMEMBERED = 100_000
MOST_TOKENS = 20_000
STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
LOOK_BACK = 3
# Voikko takes "asumisessa" back to asua; the noun is what a reader types and a slip should meet.
NOUN_OF_VERB = re.compile(r"(\w{2,})mi(?:nen|s\w{1,8})")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it is, and the terms of each of its pieces.

    ``terms`` holds all that it is found by, also what joins several pieces.
    """

    text: str
    start: int
    end: int
    pieces: tuple[str, ...]
    by_piece: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]


class Analyser:
    """The analyser of Finnish text, with a memory of the words it has met."""

    def __init__(self, cache: Path | None = None) -> None:
        """Load the lexicon, by way of the cache folder if there is one."""
        self._lexicon = Lexicon(cache)
        self._stemmers = {code: snowballstemmer.stemmer(name) for code, name in STEMMERS.items()}
        self._words: dict[str, Terms] = {}
        self._stems: dict[str, str] = {}
        self._memories: dict[str, Memory] = {}
        self._compounds: dict[str, tuple[Part, ...]] = {}

    def word(self, word: str) -> Terms:
        """Return the terms of a lower-case word without inner signs."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= MOST_REMEMBERED:
                self._words.clear()
            known = self._words[word] = self._analyse(word)
        return known

    def remember(self, word: str, whole: list[str], every: list[str]) -> None:
        """Take an analysis made earlier by the same version."""
        self._words.setdefault(word, Terms(tuple(whole), tuple(every)))

    def unknown(self, raws: Collection[str]) -> set[str]:
        """Return the words of tokens whose analysis would cost something."""
        new = self.memory("fi").new_of(raws)
        words = {piece for raw in new for piece in pieces(raw.strip("-‑"))}
        return words.difference(self._words)

    def memory(self, language: str) -> Memory:
        """Return the words met in the language; when there are too many, another is begun."""
        known = self._memories.get(language)
        if known is None or len(known.words) >= MOST_TOKENS:
            known = self._memories[language] = Memory(language)
        return known

    def met(self, raw: str, memory: Memory) -> Met:
        """Return a token's pieces and terms, without what joins it to its neighbours.

        It is as it was when it was last met, and remembered.
        """
        known = memory.words.get(raw)
        if known is None:
            terms, by_piece = self.token(raw, memory.language)
            known = Met(tuple(pieces(raw.strip("-‑"))), terms, tuple(by_piece))
            memory.add(raw, known)
        return known

    def stem(self, word: str, language: str) -> str:
        """Return the word's stem in the language's namespace."""
        key = f"{language}_{word}"
        known = self._stems.get(key)
        if known is None:
            if len(self._stems) >= MOST_REMEMBERED:
                self._stems.clear()
            stem = self._stemmers[language].stemWord(word) or word
            known = self._stems[key] = f"{language}_{stem}"
        return known

    def token(self, raw: str, language: str = "fi") -> tuple[Terms, list[tuple[str, ...]]]:
        """Return a token's terms, and the terms of each of its pieces."""
        flat = pieces(raw.strip("-‑"))
        by_piece = [self._piece(piece, language) for piece in flat]
        if len(flat) == 1:
            only = self.word(flat[0])
            return Terms(only.whole, _terms(by_piece[0])), by_piece
        joined, whole = self._joined(flat)
        every = [term for terms in by_piece for term in terms]
        return Terms(_terms(whole), _terms([*every, *joined, *whole])), by_piece

    def text(self, text: str, language: str = "fi") -> list[Token]:
        """Return the tokens of a text already in normal form, ellipses completed."""
        found = list(TOKEN.finditer(text))
        raws = [match.group() for match in found]
        tokens, memory = [], self.memory(language)
        for place, (raw, match) in enumerate(zip(raws, found, strict=True)):
            met = self.met(raw, memory)
            every = met.terms.every
            if raw in memory.ellipses:
                every = _terms([*every, *self._completions(raws, place, met.terms)])
            tokens.append(Token(raw, match.start(), match.end(), met.pieces, met.by_piece, every))
        return tokens

    def completions(self, raws: Sequence[str], place: int) -> list[str]:
        """Return what a coordinated ellipsis at the place stands for."""
        terms, _by_piece = self.token(raws[place])
        return self._completions(raws, place, terms)

    def _analyse(self, word: str) -> Terms:
        readings = self._lexicon.readings(word)
        if not readings:
            unknown = (self.stem(word, "fi"), word)
            return Terms(unknown, unknown)
        whole = [reading.base for reading in readings]
        every = [term for reading in readings for term in (reading.base, *reading.runs())]
        noun = self._noun(word, whole)
        if noun:
            whole, every = [*whole, noun], [*every, noun]
        return Terms(_terms(whole), _terms(every))

    def _noun(self, word: str, bases: list[str]) -> str:
        """Return the noun in -minen that a form of it is taken back to a verb from."""
        match = NOUN_OF_VERB.fullmatch(word)
        noun = f"{match[1]}minen" if match else ""
        if not noun or noun in bases:
            return ""
        same = any(reading.base in bases for reading in self._lexicon.readings(noun))
        return noun if same else ""

    def _piece(self, piece: str, language: str) -> tuple[str, ...]:
        every = self.word(piece).every
        return every if language == "fi" else (*every, self.stem(piece, language))

    def _joined(self, flat: list[str]) -> tuple[list[str], list[str]]:
        """Return the runs and the wholes of a word written with hyphens: tieto-järjestelmät."""
        if not flat:
            return [], []
        last = self._real(flat[-1])
        inner = ["".join(flat[i:-1]) + base for i in range(1, len(flat) - 1) for base in last]
        whole = ["".join(flat[:-1]) + base for base in last] + self._real("".join(flat))
        return inner, whole

    def _real(self, word: str) -> list[str]:
        return [term for term in self.word(word).whole if not term.startswith("fi_")]

    def _parts(self, raw: str) -> tuple[Part, ...]:
        """Return the parts of the first reading that has several."""
        known = self._compounds.get(raw)
        if known is None:
            if len(self._compounds) >= MOST_TOKENS:
                self._compounds.clear()
            word = "".join(pieces(raw))
            readings = self._lexicon.readings(word) if word else []
            compounds = (reading.parts for reading in readings if len(reading.parts) > 1)
            known = self._compounds[raw] = next(compounds, ())
        return known

    def _completions(self, raws: Sequence[str], place: int, terms: Terms) -> list[str]:
        """Complete "palveluneuvonta ja -ohjaus" and "sosiaali- ja terveyspalvelut"."""
        raw = raws[place]
        if is_hyphen(raw[0]):
            for before in reversed(raws[max(0, place - LOOK_BACK) : place]):
                parts = self._parts(before) if len(before) > LOOK_BACK + 2 else ()
                if parts:
                    head = "".join(part.written for part in parts[:-1])
                    return [head + whole for whole in terms.whole if "_" not in whole]
        elif is_hyphen(raw[-1]):
            after = place + 1
            while after < len(raws) and is_hyphen(raws[after][-1]):
                after += 1
            if after + 1 < len(raws) and raws[after].lower() in CONJUNCTIONS:
                parts = self._parts(raws[after + 1])
                head = "".join(pieces(raw.strip("-‑")))
                tails = ("".join(p.written for p in parts[j:-1]) for j in range(1, len(parts)))
                return [head + tail + parts[-1].base for tail in tails]
        return []


def prepared(text: str) -> str:
    """Return text in the form that the analyser takes; places in tokens point into it."""
    return normal(text)


def _terms(terms: "list[str] | tuple[str, ...]") -> tuple[str, ...]:
    return tuple(term for term in dict.fromkeys(terms) if TERM.fullmatch(term))
