"""HTML cut into tags and text in linear time, for the checks before printing.

Not a parser: it never builds a tree, and what it gives back, joined, is the document again. The
possessive patterns (`*+`, `++`) never try a second way, so that no input makes them slow.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a piece of HTML is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    OTHER = "other"


class Piece(NamedTuple):
    """Hold one piece as written; `name` is the tag's, in small letters."""

    kind: Kind
    raw: str
    name: str = ""


# Inside these nothing is a tag until their own end tag.
RAW_ELEMENTS = frozenset({"iframe", "noembed", "noframes", "script", "style", "xmp"})
_VOID = "area base br col embed hr img input link meta param source track wbr"
VOID_ELEMENTS = frozenset(_VOID.split())
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|["'=])*+)>"""
)
# In this order: a comment, what HTML treats as one, and a tag that never ends.
_OTHERS = (
    (re.compile(r"<!--"), "-->"),
    (re.compile(r"<[!?]|</[^a-zA-Z]"), ">"),
    (re.compile(r"</?[a-zA-Z]"), ""),
)


def pieces(html: str) -> Iterator[Piece]:
    """Cut HTML into pieces; a tag or comment without an end takes the rest of the document."""
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start < 0:
            start = len(html)
        if start > at:
            yield Piece(Kind.TEXT, html[at:start])
        if start == len(html):
            return
        piece = _tag_at(html, start)
        yield piece
        at = start + len(piece.raw)
        if piece.kind is Kind.OPEN and piece.name in RAW_ELEMENTS:
            end = _raw_end(html, at, piece.name)
            if end > at:
                yield Piece(Kind.OTHER, html[at:end])
            at = end


def _tag_at(html: str, start: int) -> Piece:
    tag = _TAG.match(html, start)
    if tag:
        kind = Kind.CLOSE if tag.group(1) else Kind.OPEN
        return Piece(kind, tag.group(), tag.group(2).lower())
    for opening, ending in _OTHERS:
        if opening.match(html, start):
            end = html.find(ending, start + 2) if ending else -1
            return Piece(Kind.OTHER, html[start : end + len(ending)] if end >= 0 else html[start:])
    return Piece(Kind.TEXT, "<")


def _raw_end(html: str, at: int, name: str) -> int:
    found = re.compile(f"</{name}(?![^\\s/>])", re.IGNORECASE).search(html, at)
    return found.start() if found else len(html)
