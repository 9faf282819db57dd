"""Build a card's blocks out of the tokens of any HTML, in linear time and bounded depth."""

import re
from collections.abc import Iterable

from hankkeet.html_blocks import (
    BREAK,
    Block,
    Listing,
    Paragraph,
    Run,
    add_lines,
    tidy_runs,
    written,
)
from hankkeet.html_tokens import Token

DEEPEST_LIST = 5
LONGEST_ADDRESS = 2000
SCHEMES = ("https", "http", "mailto", "tel")
LISTS = {"ul": "ul", "ol": "ol", "menu": "ul", "dir": "ul"}
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
STRONG, EMPHASIS = frozenset({"strong", "b"}), frozenset({"em", "i"})
# fmt: off
BLOCKS = frozenset({
    "p", "div", "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
    "details", "dialog", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "head",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "nav", "option", "pre", "search",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
})
# fmt: on
SPACES = re.compile("[ \t\n\r\f]+")


def rebuilt(pieces: Iterable[Token]) -> str:
    """Return HTML of the shape told in ``html_blocks`` that says the same as the tokens.

    Text without any block is taken for plain text, whose line breaks mean what they show.
    """
    found = list(pieces)
    builder = _Builder()
    is_plain = not any(token.tag in BLOCKS | HEADINGS | LISTS.keys() | {"br"} for token in found)
    builder.kept_breaks = int(is_plain)
    for token in found:
        builder.take(token)
    builder.flush()
    return "".join(map(written, builder.top))


def safe_address(value: str) -> str:
    """Return a link's address if it may be used (https, http, mailto, tel, /…, #…), else ""."""
    address = re.sub(r"[\t\n\r\f\v]", "", value).strip()
    address = re.sub(r"\s", lambda match: "%20" if match[0] == " " else "", address)
    if re.match(r"www\.[^/]", address, re.IGNORECASE):
        address = f"https://{address}"
    is_known = re.match(r"(https?://[^/?#\\]|mailto:.|tel:.|/(?![/\\])|#)", address, re.IGNORECASE)
    return address if is_known and len(address) <= LONGEST_ADDRESS else ""


class _Builder:
    """Takes tokens one by one; ``top`` is what they have become."""

    def __init__(self) -> None:
        self.top: list[Block] = []
        self.runs: list[Run] = []
        self.strong = self.emphasis = self.kept_breaks = 0
        self.href = ""
        self.link_look: tuple[bool, bool] | None = None
        self.heading = False
        self.lists: list[tuple[str, Listing | None]] = []  # None: deeper than is kept
        self.open_lists = {"ul": 0, "ol": 0}

    def take(self, token: Token) -> None:
        """Add a token to the text."""
        if not token.tag:
            self._text(token.text)
        elif token.tag in LISTS:
            self._list(LISTS[token.tag], token)
        elif token.tag in BLOCKS or token.tag in HEADINGS:
            self._block(token)
        elif token.tag == "br":
            self._break()
        elif token.tag in ("td", "th"):
            self._words(" ")
        else:
            self._look(token)

    def flush(self) -> None:
        """End the paragraph, if there is one, where it belongs."""
        runs, self.runs = tidy_runs(self.runs), []
        if not runs:
            return
        if self.lists:
            self._item().append(Paragraph(runs))
        elif self.heading:
            self.top.append(Paragraph(runs, "h3"))
        else:
            add_lines(self.top, runs)

    def _text(self, text: str) -> None:
        if not self.kept_breaks:
            self._words(text)
            return
        for number, line in enumerate(re.split(r"\r\n|[\n\r\f]", text)):
            if number:
                self._break()
            self._words(line)

    def _words(self, text: str) -> None:
        words = SPACES.sub(" ", text)
        if not self.runs or self.runs[-1].text == BREAK or self.runs[-1].text.endswith(" "):
            words = words.lstrip(" ")
        if not words:
            return
        run = Run(words, *self._present_look(words)) if words.strip() else Run(words)
        if self.runs and self.runs[-1].like(run):
            run = run.saying(self.runs.pop().text + words)
        self.runs.append(run)

    def _present_look(self, words: str) -> tuple[bool, bool, str]:
        """Say how words look now; a link looks all the way as it begins."""
        look = (self.strong > 0, self.emphasis > 0)
        if self.href:
            self.link_look = look = self.link_look or look
        return *look, self.href

    def _break(self) -> None:
        if self.heading:
            self._words(" ")
            return
        if self.runs and self.runs[-1].text.endswith(" "):
            last = self.runs.pop()
            if last.text != " ":
                self.runs.append(last.saying(last.text[:-1]))
        if self.runs and self.runs[-1].text == BREAK:  # an empty line ends a paragraph
            self.flush()
        elif self.runs:
            self.runs.append(Run(BREAK))

    def _look(self, token: Token) -> None:
        step = -1 if token.closes else 1
        if token.tag in STRONG:
            self.strong = max(self.strong + step, 0)
        elif token.tag in EMPHASIS:
            self.emphasis = max(self.emphasis + step, 0)
        elif token.tag == "a":
            self.href = "" if token.closes else safe_address(token.attributes.get("href", ""))
            self.link_look = None

    def _block(self, token: Token) -> None:
        self.flush()
        self.heading = token.tag in HEADINGS and not token.closes
        if token.tag == "pre":
            self.kept_breaks = max(self.kept_breaks + (-1 if token.closes else 1), 0)
        elif token.tag == "li" and not token.closes and self.lists:
            self._listing().items.append([])

    def _list(self, kind: str, token: Token) -> None:
        self.flush()
        self.heading = False
        if not token.closes:
            listing = None
            if len(self.lists) < DEEPEST_LIST:
                listing = Listing(kind, _start(token) if kind == "ol" else 1)
                (self._item() if self.lists else self.top).append(listing)
            self.lists.append((kind, listing))
            self.open_lists[kind] += 1
        elif self.open_lists[kind]:
            closed = ""
            while closed != kind:
                closed = self.lists.pop()[0]
                self.open_lists[closed] -= 1

    def _listing(self) -> Listing:
        return self.lists[min(len(self.lists), DEEPEST_LIST) - 1][1]  # type: ignore[return-value]

    def _item(self) -> list[Block]:
        items = self._listing().items
        if not items:
            items.append([])
        return items[-1]


def _start(token: Token) -> int:
    value = token.attributes.get("start", "")
    return int(value) if re.fullmatch(r"[0-9]{1,4}", value) else 1
