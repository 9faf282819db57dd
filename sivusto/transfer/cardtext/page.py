"""The old register's page: its HTML as the text that a browser would copy, and its id.

A small reader of our own instead of a tree: unclosed tags and foster-parented cells of old ASP
pages keep their order, and the time stays linear whatever the input.
"""

import re
from collections.abc import Iterator
from html import unescape

from sivusto.transfer.cardtext.cleaning import LINK_END, LINK_START

_STRUCTURE = re.compile(r"<(?:!doctype|html|body|table|tr|td)\b", re.IGNORECASE)
_ANY_TAG = re.compile(
    r"</?(?:p|br|b|div|span|font|ul|ol|li|a|strong)\b[^<>]{0,500}>", re.IGNORECASE
)
# Attribute values may not hold "<": so a broken tag ends at the next one, in linear time.
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:]*)((?:"[^"<]*"|'[^'<]*'|[^'"<>])*)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_MARKUP_START = re.compile(r"<(?=[!?/a-zA-Z%])")
_SPACE = re.compile(r"[ \t\r\n\f]+")

_PARAGRAPHS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dl", "pre", "form"}
_LINES = {"br", "tr", "table", "li", "hr", "dt", "dd", "option", "center", "tbody", "thead"}
_SKIPPED = {"script", "style", "title", "select", "noscript", "textarea", "template"}

_OLD_ID = re.compile(
    r"hankekortti\d*\.asp\?(?:[^\s\"'<>?]{0,200}?[&;])?id=(\d{1,9})", re.IGNORECASE
)
_OWN_ADDRESS = re.compile(
    r"(?:saved from url|rel=[\"']?canonical|og:url|<form\b|<base\b)[^<>]{0,400}", re.IGNORECASE
)


def is_html(text: str) -> bool:
    """Tell whether the text is markup rather than text as a browser copies it."""
    if _STRUCTURE.search(text):
        return True
    return len(_ANY_TAG.findall(text[:200_000])) >= 3


def old_id(text: str) -> str:
    """Return the id of the old register's address, empty where none or several stand."""
    for own in _OWN_ADDRESS.finditer(text):
        found = _OLD_ID.search(own.group())
        if found:
            return found.group(1)
    ids = set(_OLD_ID.findall(text))
    return ids.pop() if len(ids) == 1 else ""


def page_text(html: str) -> str:
    """Return the page's text; cells are parted by tabs, a link's address follows its text."""
    return _Writer().write(_tokens(html))


def _tokens(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, name, value): text, or a start or end tag with its attributes."""
    position, length = 0, len(html)
    open_ended = set(_SKIPPED)
    while position < length:
        markup = _MARKUP_START.search(html, position)
        start = markup.start() if markup else length
        if start > position:
            yield "text", "", html[position:start]
        if not markup:
            return
        if html.startswith(("<!", "<?", "<%"), start):
            closing = "-->" if html.startswith("<!--", start) else ">"
            end = html.find(closing, start)
            position = end + len(closing) if end >= 0 else length
            continue
        tag = _TAG.match(html, start)
        if not tag:
            end = html.find("<", start + 1)
            position = end if end >= 0 else length
            continue
        name = tag.group(2).lower()
        position = tag.end()
        yield ("end" if tag.group(1) else "start"), name, tag.group(3)
        if name in open_ended and not tag.group(1):
            closed = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, position)
            if closed:
                position = closed.start()
            else:
                open_ended.remove(name)


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(text)}


class _Writer:
    """Writes lines as a browser would copy them."""

    def __init__(self) -> None:
        self._parts: list[str] = ["\n"]
        self._lists: list[int | None] = []
        self._href = ""
        self._row_has_cell = False

    def write(self, tokens: Iterator[tuple[str, str, str]]) -> str:
        for kind, name, value in tokens:
            if kind == "text":
                self._text(_SPACE.sub(" ", unescape(value)))
            elif kind == "start":
                self._start(name, value)
            else:
                self._end(name)
        self._close_link()
        return re.sub(r"\n{3,}", "\n\n", "".join(self._parts)).strip("\n")

    def _text(self, text: str) -> None:
        if self._parts[-1][-1] in "\n\t ":
            text = text.lstrip(" ")
        if text:
            self._parts.append(text)

    def _start(self, name: str, value: str) -> None:
        if name in ("td", "th"):
            self._close_link()
            if self._row_has_cell:
                self._parts.append("\t")
            self._row_has_cell = True
        elif name == "a":
            self._close_link()
            self._href = _attributes(value).get("href", "")
        elif name == "img":
            attributes = _attributes(value)
            source = re.split(r"[/\\]", attributes.get("src", ""))[-1]
            self._mark(f"img:{attributes.get('alt') or source}")
        elif name in ("ul", "ol"):
            self._lists.append(0 if name == "ol" else None)
            self._line()
        else:
            self._break(name)
            if name == "li":
                self._bullet()

    def _end(self, name: str) -> None:
        if name in ("a", "td", "th", "tr"):
            self._close_link()
        if name in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._line()
        elif name not in ("a", "br", "td", "th"):
            self._break(name)

    def _break(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self._line()
            self._parts.append("\n")
        elif name == "br":
            self._parts.append("\n")
        elif name in _LINES:
            self._line()
        if name in ("tr", "table"):
            self._row_has_cell = False

    def _line(self) -> None:
        if self._parts[-1][-1] != "\n":
            self._parts.append("\n")

    def _bullet(self) -> None:
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            self._parts.append(f"{self._lists[-1]}. ")
        else:
            self._parts.append("o " if len(self._lists) > 1 else "· ")

    def _close_link(self) -> None:
        if self._href:
            self._mark(self._href)
        self._href = ""

    def _mark(self, value: str) -> None:
        self._parts.append(f"{LINK_START}{_SPACE.sub(' ', value).strip()}{LINK_END}")
