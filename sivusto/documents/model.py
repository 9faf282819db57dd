"""What a document says, as blocks in parts, and how much of it is taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# The parts of a document and the beginnings of their anchors: page, slide, chapter, sheet.
PAGE, SLIDE, CHAPTER, SHEET = "sivu", "dia", "luku", "taulukko"
HEADING, PARAGRAPH, LIST, TABLE, NOTES = "heading", "paragraph", "list", "table", "notes"
DEEPEST_HEADING, DEEPEST_LIST = 6, 5


class DocumentError(Exception):
    """The file cannot be read; the message tells why, and what to do, in Finnish."""


@dataclass(frozen=True)
class Limits:
    """How much is read.

    Bytes of one unpacked member and of all of them, elements and depth of XML, pages, letters of
    text and cells of tables; ``seconds`` is processor time, ``memory`` the child's address space
    in bytes. Pages, letters and cells over the limit are left out and told of; the rest is refused.
    """

    member: int = 48 * 1024 * 1024
    unpacked: int = 300 * 1024 * 1024
    elements: int = 1_200_000
    depth: int = 200
    pages: int = 600
    letters: int = 2_000_000
    cells: int = 40_000
    seconds: int = 20
    memory: int = 1024 * 1024 * 1024


@dataclass(frozen=True)
class Block:
    """One piece of a part.

    A heading has text and level (1 is the highest), a paragraph and notes have text. Items of a
    list are pairs of depth (from 0) and text. Rows of a table are all as wide; ``has_head`` says
    that the first of them holds headings.
    """

    kind: str
    text: str = ""
    level: int = 0
    items: tuple[tuple[int, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    has_head: bool = False

    @property
    def letters(self) -> int:
        """How many letters it has."""
        return (
            len(self.text)
            + sum(len(text) for _depth, text in self.items)
            + sum(len(cell) for row in self.rows for cell in row)
        )

    @property
    def lines(self) -> list[str]:
        """All that it says, a line for each item and each row."""
        items = [text for _depth, text in self.items]
        return [line for line in (self.text, *items, *map(" ".join, self.rows)) if line.strip()]

    def packed(self) -> dict[str, Any]:
        """Return it as JSON knows it, without what is empty."""
        values = {
            "text": self.text,
            "level": self.level,
            "items": [list(item) for item in self.items],
            "rows": [list(row) for row in self.rows],
            "has_head": self.has_head,
        }
        return {"kind": self.kind} | {name: value for name, value in values.items() if value}

    @classmethod
    def unpacked(cls, value: dict[str, Any]) -> "Block":
        """Return the block that was packed."""
        return cls(
            value["kind"],
            value.get("text", ""),
            value.get("level", 0),
            tuple((depth, text) for depth, text in value.get("items", ())),
            tuple(tuple(row) for row in value.get("rows", ())),
            value.get("has_head", False),
        )


@dataclass(frozen=True)
class Part:
    """A page, slide, chapter or sheet; its number is the one that its anchor has."""

    kind: str
    number: int
    title: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def anchor(self) -> str:
        """What leads to it in an address: ``dia-12``."""
        return f"{self.kind}-{self.number}"

    @property
    def letters(self) -> int:
        """How many letters it has, its title included."""
        return len(self.title) + sum(block.letters for block in self.blocks)

    @property
    def words(self) -> str:
        """All that it says, the title first."""
        said = [line for block in self.blocks for line in block.lines]
        return "\n".join([self.title, *said] if self.title else said)

    def packed(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        return {
            "kind": self.kind,
            "number": self.number,
            "title": self.title,
            "blocks": [block.packed() for block in self.blocks],
        }

    @classmethod
    def unpacked(cls, value: dict[str, Any]) -> "Part":
        """Return the part that was packed."""
        blocks = tuple(Block.unpacked(block) for block in value["blocks"])
        return cls(value["kind"], value["number"], value["title"], blocks)


@dataclass(frozen=True)
class Text:
    """A whole document; its language is two letters or "". ``is_cut``: the end was left out."""

    parts: tuple[Part, ...] = ()
    language: str = ""
    is_cut: bool = False

    @property
    def letters(self) -> int:
        """How many letters it has."""
        return sum(part.letters for part in self.parts)

    def packed(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        parts = [part.packed() for part in self.parts]
        return {"parts": parts, "language": self.language, "is_cut": self.is_cut}

    @classmethod
    def unpacked(cls, value: dict[str, Any]) -> "Text":
        """Return the text that was packed."""
        parts = tuple(Part.unpacked(part) for part in value["parts"])
        return cls(parts, value["language"], value["is_cut"])


def paragraph(text: str) -> Block:
    """Return a paragraph."""
    return Block(PARAGRAPH, text)


def heading(text: str, level: int) -> Block:
    """Return a heading."""
    return Block(HEADING, text, min(max(level, 1), DEEPEST_HEADING))


def list_of(items: Iterable[tuple[int, str]]) -> Block:
    """Return a list whose depths grow by one step at most, from 0."""
    leveled: list[tuple[int, str]] = []
    for depth, text in items:
        deepest = leveled[-1][0] + 1 if leveled else 0
        leveled.append((min(max(depth, 0), deepest, DEEPEST_LIST), text))
    return Block(LIST, items=tuple(leveled))


def table_of(rows: Iterable[Iterable[str]], *, has_head: bool) -> Block | None:
    """Return a table of equally wide rows without empty ones; None if it says nothing."""
    kept = [tuple(row) for row in rows]
    kept = [row for row in kept if any(row)]
    width = max((_width(row) for row in kept), default=0)
    if not width:
        return None
    even = tuple((row + ("",) * width)[:width] for row in kept)
    return Block(TABLE, rows=even, has_head=has_head and len(even) > 1)


def _width(row: tuple[str, ...]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell), default=0)
