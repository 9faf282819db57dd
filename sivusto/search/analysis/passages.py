"""The passage of a text that answers a query best, with the found words marked."""

from dataclasses import dataclass

from sivusto.search.analysis.analyser import Analyser, Token
from sivusto.search.analysis.query import Clause
from sivusto.search.analysis.tokens import normal

WINDOW = 30
LEAD = 6


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


def marks(tokens: list[Token], clauses: list[Clause]) -> list[int]:
    """Return for each token the clauses that it answers, a bit for each."""
    terms: dict[str, int] = {}
    starts: list[tuple[tuple[str, ...], int]] = []
    for place, clause in enumerate(clauses):
        for term in _terms_of(clause):
            terms[term] = terms.get(term, 0) | 1 << place
        if clause.prefixes:
            prefixes = tuple(prefix.removeprefix("w=") for prefix in clause.prefixes)
            starts.append((prefixes, 1 << place))
    return [_hit(token, terms, starts) for token in tokens]


def _terms_of(clause: Clause) -> list[str]:
    in_sequences = (term for sequence in clause.sequences for terms in sequence for term in terms)
    return [*clause.terms, *in_sequences]


def _hit(token: Token, terms: dict[str, int], starts: list[tuple[tuple[str, ...], int]]) -> int:
    hit = 0
    for term in token.terms:
        hit |= terms.get(term, 0)
    for prefixes, bit in starts:
        if not hit & bit and any(w.startswith(prefixes) for w in (*token.pieces, *token.terms)):
            hit |= bit
    return hit


def marked(
    text: str, clauses: list[Clause], analyser: Analyser, language: str
) -> tuple[Piece, ...]:
    """Return the whole of a short text with what answers the clauses marked."""
    text = normal(text)
    tokens = analyser.text(text, language)
    if not tokens:
        return (Piece(text),)
    cut = _cut(text, tokens, marks(tokens, clauses), is_end=True)
    return (Piece(text[: tokens[0].start]), *cut) if tokens[0].start else tuple(cut)


def densest(text: str, clauses: list[Clause], analyser: Analyser, language: str) -> Passage | None:
    """Return the window of thirty words that answers most clauses, most often; None if none."""
    text = normal(text)
    tokens = analyser.text(text, language)
    hits = marks(tokens, clauses)
    places = [place for place, hit in enumerate(hits) if hit]
    if not places:
        return None
    first = max(places, key=lambda place: (_worth(hits[place : place + WINDOW - LEAD]), -place))
    start = _beginning(text, tokens, first)
    shown = tokens[start : start + WINDOW]
    found = 0
    for hit in hits[start : start + WINDOW]:
        found |= hit
    cut = _cut(text, shown, hits[start : start + WINDOW], is_end=start + WINDOW >= len(tokens))
    if start:
        cut.insert(0, Piece("… "))
    return Passage(tuple(cut), found.bit_count())


def _worth(hits: list[int]) -> tuple[int, int]:
    seen = 0
    for hit in hits:
        seen |= hit
    return seen.bit_count(), sum(1 for hit in hits if hit)


def _beginning(text: str, tokens: list[Token], place: int) -> int:
    """Return a place a little earlier, at the start of a sentence where there is one."""
    earliest = max(0, place - LEAD)
    for start in range(place, earliest, -1):
        between = text[tokens[start - 1].end : tokens[start].start]
        if any(sign in between for sign in ".!?\n"):
            return start
    return earliest


def _cut(text: str, shown: list[Token], hits: list[int], *, is_end: bool) -> list[Piece]:
    cut, at = [], shown[0].start
    for token, hit in zip(shown, hits, strict=True):
        if hit:
            if token.start > at:
                cut.append(Piece(text[at : token.start]))
            cut.append(Piece(token.text, is_found=True))
            at = token.end
    rest = text[at:] if is_end else text[at : shown[-1].end] + " …"
    return [*cut, Piece(rest)] if rest else cut
