"""HTML as Word and Excel write it: what is shown of it, without what only they understand."""

import re
from collections.abc import Iterable, Iterator

from hankkeet.html_tokens import Token
from seuranta.report import BULLET

HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)  # an item's bullet or number
NUMBERED = re.compile(r"\(?[\w.]*\d[.)]?$|\(?\w{1,4}[.)]$")
CELLS = frozenset({"tr", "td", "th"})  # what is hidden of these still keeps its place
WITHOUT_END = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
SPANS = frozenset({"colspan", "rowspan"})


def as_shown(pieces: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens of what is shown: deleted and hidden words are not.

    An item's mark becomes ``• ``; its number is left out, as it is in a file.
    """
    within = _Within()
    for token in pieces:
        yield from within.take(token)


class _Within:
    """Knows whether one is within a thing that is not shown, by counting its own tag only."""

    def __init__(self) -> None:
        self.tag, self.depth, self.is_marker, self.marker = "", 0, False, ""

    def take(self, token: Token) -> Iterator[Token]:
        """Yield what is to be seen of a token."""
        if not self.tag:
            yield from self._outside(token)
            return
        if token.tag == self.tag:
            self.depth += -1 if token.closes else 1
        if self.is_marker:
            self.marker += token.text
        elif token.tag in CELLS:
            yield _emptied(token)
        elif token.tag == "table" and token.closes:
            self.depth = 0  # an end tag was forgotten
        if not self.depth:
            yield from self._ended(token)

    def _outside(self, token: Token) -> Iterator[Token]:
        style = token.attributes.get("style", "")
        is_marker = bool(MARKER.search(style))
        is_hidden = token.tag == "del" or is_marker or HIDDEN.search(style)
        if not is_hidden or token.closes or token.tag in WITHOUT_END:
            yield token
            return
        self.tag, self.depth, self.is_marker, self.marker = token.tag, 1, is_marker, ""
        if token.tag in CELLS:
            yield _emptied(token)

    def _ended(self, token: Token) -> Iterator[Token]:
        mark = self.marker.strip()
        if self.is_marker and mark and not NUMBERED.match(mark):
            yield Token("", text=BULLET)
        if token.tag == "table":
            yield token
        self.tag = ""


def _emptied(token: Token) -> Token:
    kept = {name: value for name, value in token.attributes.items() if name in SPANS}
    return token._replace(attributes=kept)
