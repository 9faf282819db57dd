"""From a card's texts to what is stored of it: a tsvector as text, and weights for ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sivusto.search.analysis.analyser import Analyser, Token
from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.tokens import normal


@dataclass(frozen=True, slots=True)
class Field:
    """How much a word in a field weighs, and how much the field's length takes from it.

    ``usual`` is the number of words at which length neither adds nor takes; ``tag`` marks the
    copies of the terms by which the field alone is searched; ``opening`` is what a word among the
    field's first ones counts more, since a text begins with what it is about.
    """

    weight: float
    length: float
    usual: int
    tag: str = ""
    opening: float = 0.0


FIELDS = {
    "name": Field(8.0, 0.3, 6, "n="),
    "facets": Field(3.0, 0.3, 8),
    "goals": Field(2.0, 0.6, 60, "g=", opening=0.6),
    "body": Field(1.0, 0.6, 90, opening=0.6),
    "attachments": Field(0.5, 0.6, 10),
    "files": Field(0.25, 0.6, 300),
    "reports": Field(0.25, 0.6, 300),
}
WORD_TAG = "w="
OPENING = 25  # words
SHORTEST = 0.5  # a text may be so short that its words would count for too much
GAP = 10  # places between two texts, so that no phrase runs over their border
# PostgreSQL's tsvector knows places up to 16 383: later words are found, but in no phrase.
LAST_PLACE = 16_000
MOST_PLACES = 200  # it keeps 255 of a term
MOST_BYTES = 700_000  # and holds a megabyte


@dataclass(slots=True)
class Built:
    """What is stored of one card."""

    places: dict[str, list[int]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    size: int = 0

    def add(self, term: str, place: int) -> bool:
        """Note a term at a place; False when there is no more room."""
        known = self.places.get(term)
        if known is None:
            if self.size > MOST_BYTES:
                return False
            self.places[term] = [place]
            self.size += len(term.encode()) + 8
        elif known[-1] != place and len(known) < MOST_PLACES:
            known.append(place)
            self.size += 2
        return True

    def vector(self) -> str:
        """Write the terms in tsvector's own syntax; no term holds a quote or a backslash."""
        return " ".join(
            f"'{term}':{','.join(map(str, sorted(set(places))))}"
            for term, places in self.places.items()
        )


def build(texts: Mapping[str, Sequence[str]], analyser: Analyser) -> Built:
    """Build a card's entry from the texts of its fields, the weightiest field first."""
    built, place = Built(), 1
    for name, kind in FIELDS.items():
        counts: dict[str, float] = {}
        length = 0
        for text in map(normal, texts.get(name, ())):
            for token in analyser.text(text, language_of(text)):
                _add(built, token, place, kind.tag)
                worth = 1 + (kind.opening if length < OPENING else 0)
                for term in token.terms:
                    counts[term] = counts.get(term, 0) + worth
                place += max(1, len(token.by_piece))
                length += 1
            place += GAP
        share = kind.weight / max(SHORTEST, 1 - kind.length + kind.length * length / kind.usual)
        for term, number in counts.items():
            built.weights[term] = round(built.weights.get(term, 0.0) + number * share, 3)
    return built


def vector_of(text: str, language: str, analyser: Analyser) -> str:
    """Write the terms of one text in normal form in tsvector's syntax."""
    built, place = Built(), 1
    for token in analyser.text(text, language):
        _add(built, token, place)
        place += max(1, len(token.by_piece))
    return built.vector()


def _add(built: Built, token: Token, place: int, tag: str = "") -> None:
    """Add a token: its pieces one after another, what joins them at the first.

    What comes after the last place stands together at one place, next to nothing.
    """
    is_over = place > LAST_PLACE
    place = LAST_PLACE + GAP if is_over else place
    for offset, terms in enumerate(token.by_piece):
        for term in terms:
            built.add(term, place if is_over else place + offset)
    for piece in token.pieces:
        built.words.add(piece)
        built.add(WORD_TAG + piece, place)
    for term in token.terms:
        built.add(term, place)
        if "_" not in term:
            built.words.add(term)
        if tag:
            built.add(tag + term, place)
