"""Any cell's contents as light text: a line for each paragraph, ``• `` before a list's item."""

import re
from collections.abc import Iterable

from hankkeet.html_tokens import Token, tokens
from seuranta.report import BULLET

UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0e-\x1f]")
SPACES = re.compile(r"\s+")
# What stands before an item where lists were typed by hand or lost their markup.
ITEM = re.compile(r"(?:[•·▪◦‣●○∙]\s*|[-–—*]+\s+|[-–—](?=[^\W\d]))(?=\S)")
DASH = re.compile(r"(?:• )?[-–] ")
DASHES_WITHIN = re.compile(r"\s+[-–]\s+(?=[A-ZÅÄÖ])")
BULLETS_WITHIN = re.compile(r"\s+[•▪‣]\s+")
IS_HTML = re.compile(
    r"</?(?:p|br|ul|ol|li|b|strong|i|em|u|span|div|a|font|h[1-6]|sup|sub)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# fmt: off
BREAKING = frozenset({
    "p", "div", "br", "ul", "ol", "li", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5",
    "h6", "dd", "dt", "dl", "pre", "blockquote", "section", "article", "header", "footer", "hr",
})
# fmt: on


def from_plain(text: str) -> str:
    """Return the light text of lines as they stand."""
    return "\n".join(_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def from_cell(text: str) -> str:
    """Return the light text of a cell that may hold HTML or plain lines."""
    return from_tokens(tokens(text)) if IS_HTML.search(text) else from_plain(text)


def from_tokens(pieces: Iterable[Token]) -> str:
    """Return the light text of HTML; line breaks of the source mean nothing."""
    lines: list[str] = []
    line, depth = "", 0
    for token in pieces:
        if not token.tag:
            line += SPACES.sub(" ", token.text)
            continue
        if token.tag in BREAKING and line.strip():
            lines.append(line)
            line = ""
        if token.tag in ("ul", "ol"):
            depth = max(0, depth + (-1 if token.closes else 1))
        if token.tag == "li" and not token.closes:
            line = BULLET
        elif depth and not token.closes and token.tag in ("ul", "ol"):
            line = BULLET  # a list that has lost its items
    return "\n".join(_lines([*lines, line]))


def _lines(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        words = SPACES.sub(" ", UNSEEN.sub("", text)).strip()
        within = DASHES_WITHIN if DASH.match(words) else BULLETS_WITHIN
        for number, piece in enumerate(within.split(words)):
            bare = piece.strip()
            while marker := ITEM.match(bare):
                bare = bare[marker.end() :]
            if bare.strip(" •"):
                is_item = number > 0 or bare != piece.strip()
                yield f"{BULLET}{bare}" if is_item else bare
