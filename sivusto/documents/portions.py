"""A long text cut into portions that are light to send, each of whole blocks where it can be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sivusto.documents.model import LIST, NOTES, PARAGRAPH, TABLE, Block, Part

PORTION = 5_000  # letters; with the page around them about as many bytes over the wire
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Piece:
    """A part, or one of the pieces that a long one is cut into; ``turn`` is 1 for the first."""

    part: Part
    turn: int
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        """What leads to it: the part's own anchor, or ``luku-3-2`` for its second piece."""
        return self.part.anchor if self.turn == 1 else f"{self.part.anchor}-{self.turn}"

    @property
    def letters(self) -> int:
        """How many letters it has."""
        return len(self.part.title) + sum(block.letters for block in self.blocks)


def portions(parts: tuple[Part, ...], most: int = PORTION) -> list[list[Piece]]:
    """Return the pieces of the parts in portions of at most so many letters, more only in a cell.

    There is always a first portion.
    """
    found: list[list[Piece]] = [[]]
    room = most
    for part in parts:
        for piece in _pieces(part, most):
            if found[-1] and piece.letters > room:
                found.append([])
                room = most
            found[-1].append(piece)
            room -= piece.letters
    return found


def place_of(cut: list[list[Piece]], anchor: str) -> int | None:
    """Return the index of the portion that has the anchor, None if none has."""
    places = (n for n, portion in enumerate(cut) if any(p.anchor == anchor for p in portion))
    return next(places, None)


def _pieces(part: Part, most: int) -> Iterator[Piece]:
    turn, group, letters = 1, list[Block](), 0
    for block in part.blocks:
        for bit in _bits(block, most):
            if group and letters + bit.letters > most:
                yield Piece(part, turn, tuple(group))
                turn, group, letters = turn + 1, [], 0
            group.append(bit)
            letters += bit.letters
    yield Piece(part, turn, tuple(group))


def _bits(block: Block, most: int) -> Iterator[Block]:
    """Yield the block, or as many smaller ones of its kind as are needed."""
    if block.letters <= most:
        yield block
    elif block.kind in (PARAGRAPH, NOTES):
        for text in _gathered(SENTENCE_END.split(block.text), most):
            yield replace(block, text=text)
    elif block.kind == LIST:
        for start in range(0, len(block.items), 20):
            yield replace(block, items=block.items[start : start + 20])
    elif block.kind == TABLE:
        yield from _tables(block, most)
    else:
        yield block


def _gathered(sentences: list[str], most: int) -> Iterator[str]:
    text = ""
    for sentence in sentences:
        for start in range(0, len(sentence), most):
            bit = sentence[start : start + most]
            if text and len(text) + len(bit) > most:
                yield text
                text = ""
            text = f"{text} {bit}" if text else bit
    if text:
        yield text


def _tables(block: Block, most: int) -> Iterator[Block]:
    """Yield tables of some of the rows, each under the same head."""
    head = block.rows[:1] if block.has_head else ()
    rows, letters = list[tuple[str, ...]](), 0
    for row in block.rows[len(head) :]:
        size = sum(map(len, row))
        if rows and letters + size > most:
            yield replace(block, rows=head + tuple(rows))
            rows, letters = [], 0
        rows.append(row)
        letters += size
    yield replace(block, rows=head + tuple(rows))
