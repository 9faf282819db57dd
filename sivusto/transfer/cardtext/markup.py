"""A section's text as simple HTML: paragraphs, lists, sub-headings, links."""

import re
from dataclasses import dataclass
from html import escape

_MARKERS = (
    ("number", 0, re.compile(r"(\d{1,3})[.)](?: +|(?=[A-ZÅÄÖ]))(?=\S)")),
    ("letter", 1, re.compile(r"([a-zåäö])\) +(?=\S)")),
    ("dot", 2, re.compile(r"[·•] *(?=\S)")),
    ("star", 2, re.compile(r"\*(?: +(?=\S)|(?=[^\W\d_]))")),
    ("dash", 3, re.compile(r"[-–—](?: +(?=\S)|(?=[^\W\d_]))")),
    ("circle", 4, re.compile(r"o +(?=\S)")),
)
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_URL_END = re.compile(r"[.,;:!?)\]'”»]+$")
_DEPTH = 3


@dataclass(frozen=True)
class _Item:
    """A line: a list item with its kind of marker, or plain text (kind "")."""

    kind: str
    rank: int
    number: int
    text: str
    line: str
    gap: bool


def section_html(text: str) -> str:
    """Return the text's lines as `<p>`, `<ul>`, `<ol>` and `<h4>`, escaped, no word lost."""
    items = _items(text)
    writer = _Writer()
    for place, item in enumerate(items):
        if not item.kind:
            writer.block("p", item.line)
        elif item.kind in ("number", "letter") and _is_alone(items, place):
            if _is_subheading(item):
                writer.block("h4", item.line)
            elif item.text[:1].islower() and item.kind == "number":
                # "3. sektori on mukana": an ordinal, not a list.
                writer.block("p", item.line)
            else:
                writer.item(item)
        else:
            writer.item(item)
    return writer.result()


def _items(text: str) -> list[_Item]:
    found: list[_Item] = []
    gap = False
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            gap = True
            continue
        found.append(_item(line, gap))
        gap = False
    return found


def _item(line: str, gap: bool) -> _Item:
    for kind, rank, pattern in _MARKERS:
        match = pattern.match(line)
        if match:
            number = _number(kind, match)
            return _Item(kind, rank, number, line[match.end() :], line, gap)
    return _Item("", 0, 0, line, line, gap)


def _number(kind: str, match: re.Match[str]) -> int:
    if kind == "number":
        return int(match.group(1))
    return ord(match.group(1)) - ord("a") + 1 if kind == "letter" else 0


def _is_alone(items: list[_Item], place: int) -> bool:
    """Tell whether no neighbour carries the list on, nested lists skipped."""
    item = items[place]
    for step, wanted in ((-1, item.number - 1), (1, item.number + 1)):
        at = place + step
        while 0 <= at < len(items) and abs(at - place) < 40 and items[at].rank > item.rank:
            at += step
        if 0 <= at < len(items) and items[at].kind == item.kind and items[at].number == wanted:
            return False
    return True


def _is_subheading(item: _Item) -> bool:
    short = len(item.text) <= 100 and not item.text.endswith((".", ";", ","))
    return item.kind == "number" and short and item.text[:1].isupper()


class _Writer:
    """Writes blocks and keeps the open lists: their kind, rank and last number."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[_Item] = []

    def result(self) -> str:
        self._close(0)
        return "".join(self._out)

    def block(self, tag: str, text: str) -> None:
        self._close(0)
        self._out.append(f"<{tag}>{_linked(text)}</{tag}>\n")

    def item(self, item: _Item) -> None:
        while self._open and not self._continues(item) and not self._nests(item):
            self._close(len(self._open) - 1)
        if self._open and self._continues(item):
            self._out.append("</li>\n<li>")
            self._open[-1] = item
        else:
            self._out.append(("\n" if self._open else "") + _opening(item) + "\n<li>")
            self._open.append(item)
        self._out.append(_linked(item.text))

    def _continues(self, item: _Item) -> bool:
        top = self._open[-1]
        return top.kind == item.kind and (not item.number or item.number == top.number + 1)

    def _nests(self, item: _Item) -> bool:
        return item.rank > self._open[-1].rank and not item.gap and len(self._open) < _DEPTH

    def _close(self, depth: int) -> None:
        while len(self._open) > depth:
            self._out.append("</li>\n" + _closing(self._open.pop()) + "\n")


def _opening(item: _Item) -> str:
    if not item.number:
        return "<ul>"
    letters = ' type="a"' if item.kind == "letter" else ""
    return f"<ol{letters}>" if item.number == 1 else f'<ol{letters} start="{item.number}">'


def _closing(item: _Item) -> str:
    return "</ol>" if item.number else "</ul>"


def _linked(text: str) -> str:
    parts: list[str] = []
    position = 0
    for match in _URL.finditer(text):
        address = _URL_END.sub("", match.group())
        if "(" in address and ")" not in address:
            address = match.group().rstrip(".,;:!?")
        end = match.start() + len(address)
        parts.append(escape(text[position : match.start()]))
        parts.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        position = end
    return "".join(parts) + escape(text[position:])
