"""Cut any HTML into words and tags, in time linear in its length.

Real parsers build a tree, and a tree of ten thousand open elements costs them minutes. This one
knows no nesting at all. It need not be right about hostile text, since everything that is shown
goes through nh3 afterwards; it must only lose no words and never hang.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# Their content is a program or a picture, not words of the card.
RAW = frozenset({"script", "style", "iframe", "noembed", "noframes"})  # no tags inside
DROPPED = RAW | {"object", "noscript", "template", "svg", "math", "xml", "title"}

CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
BETWEEN = re.compile(r"[\s/]*")
NAME = r"[\s/]*+([^\s/>][^\s/>=]*+)"
ATTRIBUTE = re.compile(NAME + r"""(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|))?""")
ATTRIBUTE_WITHOUT_QUOTES = re.compile(NAME + r"(?:\s*+=\s*+([^\s>]*+))?")
HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")  # int() refuses long ones
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});")


class Token(NamedTuple):
    """A piece of text (no tag), or an opening or closing tag (no text)."""

    tag: str
    closes: bool = False
    text: str = ""
    attributes: dict[str, str] = {}


def tokens(html: str) -> Iterator[Token]:
    """Yield text and tags in order, without comments and without what is no text at all."""
    skipped, depth = "", 0
    for token in _Scanner(CONTROLS.sub("", html)).all_tokens():
        if not skipped:
            if token.tag not in DROPPED:
                yield token
            elif not token.closes:
                skipped, depth = token.tag, 1
        elif token.tag == skipped:
            depth += -1 if token.closes else 1
            skipped = skipped if depth else ""


class _Scanner:
    def __init__(self, html: str) -> None:
        self.html = html
        self.attribute = ATTRIBUTE

    def all_tokens(self) -> Iterator[Token]:
        at, last_end = 0, self.html.rfind(">")
        while at < len(self.html):
            start = self.html.find("<", at)
            if start < 0 or start > last_end:
                start = len(self.html)  # "a < b" at the end is text
            if start > at:
                yield _text(self.html[at:start])
            if start == len(self.html):
                return
            token, at = self._markup(start)
            if token:
                yield token

    def _markup(self, start: int) -> tuple[Token | None, int]:
        """Read what begins with ``<``; return it, if it is text or a tag, and where it ends."""
        if self.html.startswith("<!--", start):
            end = self.html.find("-->", start + 2)  # "<!-->" is a whole comment
            return None, end + 3 if end >= 0 else len(self.html)
        following = self.html[start + 1]
        closes = following == "/"
        name = TAG_NAME.match(self.html, start + 1 + closes)
        if name:
            attributes, end = self._attributes(name.end())
            tag = name[0].lower()
            if tag in RAW and not closes:
                end = self._end_of_raw(end, tag)
            return Token(tag, closes, "", attributes), end
        if following in "/!?":
            return None, self.html.find(">", start) + 1
        return _text("<"), start + 1

    def _attributes(self, start: int) -> tuple[dict[str, str], int]:
        """Read attributes up to and over the tag's end."""
        found: dict[str, str] = {}
        at = start
        while match := self.attribute.match(self.html, at):
            value = match[2] or ""
            if value[:1] in ('"', "'") and self.attribute is ATTRIBUTE:
                value = value[1:-1]
            found.setdefault(match[1].lower(), _whole_references(value))
            at = match.end()
        at = BETWEEN.match(self.html, at).end()  # type: ignore[union-attr]
        if at == len(self.html):  # a quotation mark swallowed the tag's end
            self.attribute = ATTRIBUTE_WITHOUT_QUOTES
            return {}, self.html.find(">", start) + 1
        return found, at + 1

    def _end_of_raw(self, start: int, tag: str) -> int:
        end = re.compile(rf"</{tag}[\s/>]", re.IGNORECASE).search(self.html, start)
        return end.start() if end else len(self.html)


def _text(html: str) -> Token:
    text = unescape(HUGE_REFERENCE.sub("\ufffd", html)) if "&" in html else html
    return Token("", text=CONTROLS.sub("", text))


def _whole_references(value: str) -> str:
    """Resolve references that end in a semicolon: in ``?a=1&copy=2`` there is none."""
    return CONTROLS.sub("", REFERENCE.sub(lambda match: unescape(match[0]), value))


def plain_text(html: str) -> str:
    """Return the words of cleaned HTML, a line for each block."""
    lines = re.sub(r"<(?:br|/p|/li|/h3|ul|ol)\b[^>]*>", "\n", html)
    words = unescape(re.sub(r"<[^>]*>", "", lines))
    return "\n".join(filter(None, map(str.strip, words.split("\n"))))
