"""What a document may hold before it is given to the printing process.

Layout is not linear in everything: a megabyte in one paragraph takes a minute, ten thousand list
items half a gigabyte, `colspan=1000000` for ever, two hundred nested lists end in a crash. The
limits are several times any real card; the worst document within them takes about three seconds.
"""

import re
from dataclasses import dataclass, field

from sivusto.card.printing.errors import TooLargeToPrint, gettext_noop
from sivusto.card.printing.markup import VOID_ELEMENTS, Kind, Piece, pieces

LONGEST_HTML = 300_000
LONGEST_PARAGRAPH = 20_000
DEEPEST = 60
WIDEST_SPAN = 20
MOST_CROSSED_TAGS = 50
# An element costs one unless told here, a cell as many times as it covers.
MOST_WEIGHT = 2_500
WEIGHTS = {"br": 2, "img": 2, "li": 3, "svg": 3, "td": 3, "th": 3}
CHARACTERS_OF_WEIGHT_ONE = 30
# Words of a hundred letters and more are cut letter by letter.
SQUARE_OF_WEIGHT_ONE = 3_000

_INLINE = "a abbr b bdi bdo cite code em i img mark q s small span strong sub sup time u wbr"
INLINE_ELEMENTS = frozenset(_INLINE.split())
# Elements that end, without an end tag of their own, where one of these begins.
ENDED_BY = {
    "dd": {"dd", "dt", "p"},
    "dt": {"dd", "dt", "p"},
    "li": {"li", "p"},
    "p": {"p"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
}
_SPAN = re.compile(r"""\b(?:colspan|rowspan|span)\s*+=\s*+["']?\s*+(\d++)""", re.IGNORECASE)
LONG_WORD = re.compile(r"\S{100,}+")


def check_printable(html: str, most_weight: int = MOST_WEIGHT) -> None:
    """Raise TooLargeToPrint, with the reason for people, where printing would take too long.

    Takes time in proportion to the length and starts nothing. A document whose shape is ours, and
    which is asked for more seldom, may be given more weight.
    """
    if len(html) > LONGEST_HTML:
        raise TooLargeToPrint(gettext_noop("Sisältö on liian pitkä tulostettavaksi."))
    tally = _Tally(most_weight)
    for piece in pieces(html):
        if piece.kind is Kind.TEXT:
            tally.text(piece.raw)
        elif piece.kind is Kind.OPEN:
            tally.open(piece)
        elif piece.kind is Kind.CLOSE:
            tally.close(piece.name)


@dataclass
class _Tally:
    """Count while the document passes by, and stop at the first thing that is too much."""

    most_weight: int
    text_length: int = 0
    paragraph_length: int = 0
    weight: int = 0
    crossed: int = 0
    open_names: list[str] = field(default_factory=list)

    def text(self, text: str) -> None:
        self.text_length += len(text)
        self.paragraph_length += len(text)
        _limit(
            self.paragraph_length,
            LONGEST_PARAGRAPH,
            gettext_noop(
                "Yksi kappale on liian pitkä tulostettavaksi. Jaa se useampaan kappaleeseen."
            ),
        )
        for word in LONG_WORD.findall(text):
            self.weight += len(word) ** 2 // SQUARE_OF_WEIGHT_ONE
        self._check_weight()

    def open(self, piece: Piece) -> None:
        self.weight += WEIGHTS.get(piece.name, 1) * _covered(piece.raw)
        self._check_weight()
        if piece.name not in INLINE_ELEMENTS:
            self.paragraph_length = 0
        ends_itself = piece.raw.endswith("/>") and "svg" in {piece.name, *self.open_names}
        if piece.name in VOID_ELEMENTS or ends_itself:
            return
        while self.open_names and self.open_names[-1] in ENDED_BY.get(piece.name, ()):
            self.open_names.pop()
        self.open_names.append(piece.name)
        _limit(
            len(self.open_names),
            DEEPEST,
            gettext_noop("Sisällössä on liian monta sisäkkäistä osaa."),
        )

    def _check_weight(self) -> None:
        weight = self.weight + self.text_length // CHARACTERS_OF_WEIGHT_ONE
        _limit(weight, self.most_weight, gettext_noop("Sisältöä on liikaa yhteen tulosteeseen."))

    def close(self, name: str) -> None:
        """End an element and what was left open in it.

        Inline elements left open are opened again by browsers, paragraph after paragraph; some
        happen, many multiply the document.
        """
        if name not in INLINE_ELEMENTS:
            self.paragraph_length = 0
        if name not in self.open_names:
            return
        while (last := self.open_names.pop()) != name:
            self.crossed += last in INLINE_ELEMENTS
        _limit(self.crossed, MOST_CROSSED_TAGS, gettext_noop("Sisällön muotoilut menevät ristiin."))


def _covered(tag: str) -> int:
    """Return how many cells or columns a tag makes: its spans multiplied."""
    covered = 1
    for digits in _SPAN.findall(tag):
        if len(digits) > len(str(WIDEST_SPAN)) or int(digits) > WIDEST_SPAN:
            raise TooLargeToPrint(gettext_noop("Taulukon solu ulottuu liian monen solun yli."))
        covered *= max(1, int(digits))
    return covered


def _limit(amount: int, most: int, message: str) -> None:
    if amount > most:
        raise TooLargeToPrint(message)
