"""From what a reader types to what is asked of the index."""

import re
from dataclasses import dataclass, field, replace

from sivusto.search.analysis.analyser import Analyser
from sivusto.search.analysis.tokens import (
    CODE,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    TOKEN,
    is_hyphen,
    normal,
    pieces,
)

LONGEST_QUERY = 400
MOST_CLAUSES = 12
SHORTEST_PREFIX = 4
SHORTEST_SWEDISH_STEM = 4
QUOTES = re.compile("[”“„«»″]")
UNIT = re.compile(r'(?P<minus>(?<!\S)[-‑–−](?=["\w]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
Sequence = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must be found, or must not: any of its terms, prefixes or sequences."""

    text: str
    terms: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    is_excluded: bool = False
    is_word: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing could ever be found by it."""
        return not (self.terms or self.prefixes or self.sequences)


@dataclass(frozen=True, slots=True)
class Query:
    """All the clauses of a query; every one of them must hold."""

    text: str
    clauses: tuple[Clause, ...] = field(default=())

    @property
    def wanted(self) -> list[Clause]:
        """The clauses that are to be found."""
        return [clause for clause in self.clauses if not clause.is_excluded]

    @property
    def unwanted(self) -> list[Clause]:
        """The clauses that must not be found."""
        return [clause for clause in self.clauses if clause.is_excluded]


def parse(text: str, analyser: Analyser) -> Query:
    """Read ``words "a phrase" -without begin*``; never refuses anything."""
    text = normal(QUOTES.sub('"', text[:LONGEST_QUERY])).strip()
    clauses: list[Clause] = []
    before = ""
    for unit in UNIT.finditer(text):
        is_ellipsis = before in CONJUNCTIONS
        excluded = bool(unit["minus"]) and not is_ellipsis
        if unit["phrase"] is not None:
            found = [_phrase(unit["phrase"], analyser)]
        else:
            found = _words(unit["word"], ("-" if unit["minus"] and not excluded else ""), analyser)
        clauses += [replace(clause, is_excluded=excluded) for clause in found]
        before = (unit["word"] or "").lower()
    clauses = _completed(text, clauses, analyser)
    clauses = [clause for clause in clauses if not clause.is_empty]
    content = [clause for clause in clauses if clause.text.lower() not in FUNCTION_WORDS]
    if not any(not clause.is_excluded for clause in content):
        content = clauses
    return Query(text, tuple(dict.fromkeys(content))[:MOST_CLAUSES])


def word_clause(raw: str, analyser: Analyser) -> Clause:
    """Ask for a word in any form: its whole-word base forms and its stems, never its parts."""
    terms, _by_piece = analyser.token(raw)
    flat = pieces(raw.strip("-‑"))
    if not flat:
        return Clause(raw)
    if len(flat) > 1:
        return Clause(raw, terms.whole, sequences=(sequence(flat, analyser),), is_word=True)
    return Clause(raw, *_word_terms(flat[0], analyser), is_word=True)


def prefix_clause(raw: str, analyser: Analyser) -> Clause:
    """Ask for words that begin so, as written or in base form."""
    flat = pieces(raw)
    if len(flat) != 1 or len(flat[0]) < SHORTEST_PREFIX:
        return word_clause(raw, analyser)
    return Clause(f"{raw}*", prefixes=(flat[0], f"w={flat[0]}"))


def sequence(flat: list[str], analyser: Analyser) -> Sequence:
    """Return for each word of a phrase the terms that may stand in its place."""
    return tuple(_word_terms(piece, analyser)[0] for piece in flat)


def _word_terms(piece: str, analyser: Analyser) -> tuple[tuple[str, ...], tuple[str, ...]]:
    whole = analyser.word(piece).whole
    stems = [analyser.stem(piece, language) for language in ("fi", "sv", "en")]
    swedish = stems[1]
    # Swedish writes compounds together, and no lexicon here takes them apart.
    prefixes = (swedish,) if len(swedish) >= 3 + SHORTEST_SWEDISH_STEM else ()
    return tuple(dict.fromkeys([*whole, *stems])), prefixes


def _phrase(text: str, analyser: Analyser) -> Clause:
    flat = [piece for token in TOKEN.findall(text) for piece in pieces(token.strip("-‑"))]
    if len(flat) == 1:
        return replace(word_clause(flat[0], analyser), text=text, is_word=False)
    return Clause(f'"{text}"', sequences=(sequence(flat, analyser),) if flat else ())


def _words(unit: str, sign: str, analyser: Analyser) -> list[Clause]:
    code = CODE.fullmatch(unit.strip(".,;:!?()"))
    if code and any(letter.isdigit() for letter in unit):
        return [_phrase(unit, analyser)]
    if unit.endswith("*") and TOKEN.fullmatch(unit[:-1]):
        return [prefix_clause(unit[:-1], analyser)]
    return [word_clause(raw, analyser) for raw in TOKEN.findall(sign + unit)]


def _completed(text: str, clauses: list[Clause], analyser: Analyser) -> list[Clause]:
    """Let "sosiaali- ja terveyspalvelut" ask for sosiaalipalvelut, not for sosiaali anywhere."""
    raws = TOKEN.findall(text)
    more = {
        raw: analyser.completions(raws, place)
        for place, raw in enumerate(raws)
        if is_hyphen(raw[0]) or is_hyphen(raw[-1])
    }
    return [
        replace(clause, terms=tuple(found), prefixes=(), sequences=())
        if clause.is_word and (found := more.get(clause.text))
        else clause
        for clause in clauses
    ]
