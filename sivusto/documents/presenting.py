"""A portion of a text as its page shows it: headings in order, nested lists, a contents list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from sivusto.documents.model import CHAPTER, HEADING, PAGE, SHEET, SLIDE, Block, Part
from sivusto.documents.portions import Piece

PART_LEVEL, DEEPEST = 2, 6


@dataclass
class Item:
    """An item of a list with the items under it."""

    text: str
    children: list["Item"] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    """A block, the level its heading has on the page, and its list as a tree."""

    block: Block
    level: int
    items: list[Item]


@dataclass(frozen=True)
class Section:
    """A piece on the page: its anchor, what it is called, and its blocks."""

    anchor: str
    label: str
    title: str
    is_continued: bool
    blocks: list[Shown]


@dataclass(frozen=True)
class Entry:
    """A line of the contents list; ``address`` leads to another portion or within this one."""

    anchor: str
    label: str
    title: str
    address: str
    is_here: bool


def label_of(part: Part) -> str:
    """Return what a part is called by its kind and number; "" for a chapter with a title."""
    names = {PAGE: _("Sivu"), SLIDE: _("Dia"), SHEET: _("Taulukko"), CHAPTER: _("Osa")}
    return "" if part.kind == CHAPTER and part.title else f"{names[part.kind]}\u00a0{part.number}"


def sections(portion: Iterable[Piece]) -> list[Section]:
    """Return the pieces as they are shown."""
    return [
        Section(
            piece.anchor,
            label_of(piece.part),
            piece.part.title,
            piece.turn > 1,
            list(_shown(piece.blocks)),
        )
        for piece in portion
    ]


def contents(cut: list[list[Piece]], place: int) -> list[Entry]:
    """Return a line for each part; where it is elsewhere, the line has its anchor meanwhile."""
    return [
        Entry(
            piece.anchor,
            label_of(piece.part),
            piece.part.title,
            f"#{piece.anchor}" if number == place else address(piece.anchor),
            number == place,
        )
        for number, portion in enumerate(cut)
        for piece in portion
        if piece.turn == 1
    ]


def address(anchor: str) -> str:
    """Return where, from the text's page, the portion with this anchor is."""
    return f"?kohta={anchor}#{anchor}"


def _shown(blocks: tuple[Block, ...]) -> Iterator[Shown]:
    """Yield blocks; no heading is more than one step below the one before it."""
    levels = sorted({block.level for block in blocks if block.kind == HEADING})
    before = PART_LEVEL
    for block in blocks:
        if block.kind == HEADING:
            wanted = PART_LEVEL + 1 + levels.index(block.level)
            before = min(wanted, before + 1, DEEPEST)
        yield Shown(block, before, _tree(block.items))


def _tree(items: tuple[tuple[int, str], ...]) -> list[Item]:
    roots: list[Item] = []
    path: list[Item] = []
    for depth, text in items:
        item = Item(text)
        del path[depth:]
        (path[-1].children if path else roots).append(item)
        path.append(item)
    return roots
