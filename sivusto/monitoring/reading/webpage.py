"""Tables and loose lines of HTML, as Word, Excel, LibreOffice and browsers write it."""

import re
from dataclasses import dataclass, field

from hankkeet.html_tokens import Token, tokens
from sivusto.monitoring.reading.blocks import MOST_COLUMNS, Block, Cell, Loose, Table, grid
from sivusto.monitoring.reading.clipboard import as_shown
from sivusto.monitoring.reading.lighttext import BREAKING, from_tokens

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
WHITE = frozenset({"", "white", "#ffffff", "#fff", "transparent", "auto", "none", "inherit"})
BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([#\w]+)", re.IGNORECASE)
STYLE = re.compile(r"<style[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
CLASS = re.compile(r"\.([\w-]+)\s*\{([^{}]{0,2000})\}")
NUMBER = re.compile(r"\s*(\d{1,6})")


def read_webpage(html: str) -> list[Block]:
    """Return the tables and loose lines of a page or of a part of one, in linear time."""
    colours = {
        name: _named(found[1])
        for sheet in STYLE.findall(html)
        for name, rules in CLASS.findall(sheet)
        if (found := BACKGROUND.search(rules))
    }
    page = _Page(colours)
    for token in as_shown(tokens(html)):
        page.take(token)
    page.end_table()
    page.end_line()
    return page.blocks


def _named(colour: str) -> str:
    name = colour.strip().casefold()
    return "" if name in WHITE else name


def _number(text: str) -> int:
    found = NUMBER.match(text)
    return max(1, int(found[1])) if found else 1


@dataclass
class _Page:
    """Takes tokens one by one; a table within a cell is part of the cell's text."""

    colours: dict[str, str]
    blocks: list[Block] = field(default_factory=list)
    rows: list[list[tuple[Cell, int]]] = field(default_factory=list)
    line: list[Token] = field(default_factory=list)
    cell: Token | None = None
    row_colour: str = ""
    depth: int = 0
    tables: int = 0
    lines: int = 0
    is_heading: bool = False
    is_title: bool = False

    def take(self, token: Token) -> None:
        """Read on."""
        tag = token.tag
        if tag == "table":
            self._table(token)
        elif self.depth == 1 and tag in ("tr", "td", "th", "thead", "tbody", "tfoot"):
            self._part(token)
        elif tag == "caption" and token.closes:
            self.end_line()
        elif self.depth:
            is_astray = bool(self.rows and token.text.strip())
            if self.cell is not None or tag == "caption" or is_astray:
                self.line.append(token)
        else:
            if tag in BREAKING and tag != "br":
                self.end_line()
                self.is_heading = tag in HEADINGS and not token.closes
                self.is_title = not token.closes and _is_titled(token)
            self.line.append(token)

    def _table(self, token: Token) -> None:
        if token.closes:
            if self.depth == 1:
                self.end_table()
            self.depth = max(0, self.depth - 1)
            return
        if not self.depth:
            self.end_line()
        self.depth += 1

    def _part(self, token: Token) -> None:
        self._end_cell()
        if token.closes:
            return
        if token.tag == "tr":
            self.rows.append([])
            self.row_colour = self._colour(token)
        elif token.tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            self.cell = token

    def _end_cell(self) -> None:
        if self.cell is not None:
            given = self.cell.attributes
            text = from_tokens(self.line)
            cell = Cell(
                text,
                span=min(_number(given.get("colspan", "1")), MOST_COLUMNS),
                colour=self._colour(self.cell) or self.row_colour,
                is_strong=bool(text) and _is_strong(self.line),
            )
            self.rows[-1].append((cell, min(_number(given.get("rowspan", "1")), 65_000)))
            self.cell = None
            self.line = []

    def _colour(self, token: Token) -> str:
        given = token.attributes
        if found := BACKGROUND.search(given.get("style", "")):
            return _named(found[1])
        if "bgcolor" in given:
            return _named(given["bgcolor"])
        names = given.get("class", "").split()
        return next((self.colours[name] for name in names if name in self.colours), "")

    def end_table(self) -> None:
        """Close what is open of a table; an unfinished one counts as it is."""
        self._end_cell()
        self.end_line()
        if self.rows:
            self.tables += 1
            place = f"taulukko {self.tables}, "
            self.blocks.append(Table(grid(self.rows, place), tells_spans=True))
        self.rows, self.row_colour = [], ""

    def end_line(self) -> None:
        """Close a loose line."""
        for text in from_tokens(self.line).split("\n"):
            if text:
                self.lines += 1
                is_title = self.is_title or bool(self.depth)  # a caption
                self.blocks.append(Loose(text, f"kappale {self.lines}", self.is_heading, is_title))
        self.line, self.is_heading, self.is_title = [], False, False


def _is_titled(token: Token) -> bool:
    """Tell whether a line names the whole document: ``MsoTitle`` in Word, ``title`` elsewhere."""
    names = token.attributes.get("class", "").casefold().split()
    return any(name.endswith("title") for name in names)


def _is_strong(pieces: list[Token]) -> bool:
    """Tell whether every word of a cell is bold."""
    depth = 0
    for token in pieces:
        if token.tag in ("b", "strong", *HEADINGS):
            depth = max(0, depth + (-1 if token.closes else 1))
        elif token.text.strip() and not depth:
            return False
    return True
