"""Blocks gathered into parts, within the limits."""

import re
from collections.abc import Iterable
from dataclasses import replace

from sivusto.documents.model import (
    CHAPTER,
    HEADING,
    LIST,
    TABLE,
    Block,
    Limits,
    Part,
    Text,
    list_of,
)

LONG_CHAPTER = 6_000  # letters; a longer one without headings is cut between blocks
BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f]+")
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def tidied(text: str) -> str:
    """Return the text on one line, without signs that nobody sees; lone surrogates go too."""
    seen = UNSEEN.sub("", text.replace("\n", " ")).encode("utf-8", "ignore").decode()
    return BLANKS.sub(" ", seen).strip()


def joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with list items that follow one another as one list."""
    found: list[Block] = []
    for block in blocks:
        if found and block.kind == LIST and found[-1].kind == LIST:
            found[-1] = list_of(found[-1].items + block.items)
        else:
            found.append(block)
    return tuple(found)


def chapters(blocks: Iterable[Block]) -> list[Part]:
    """Cut a document without pages before its highest headings, or where it grows long."""
    whole = joined(blocks)
    highest = min((block.level for block in whole if block.kind == HEADING), default=0)
    groups: list[tuple[str, list[Block]]] = [("", [])]
    letters = 0
    for block in whole:
        is_start = block.kind == HEADING and block.level == highest
        is_long = letters > LONG_CHAPTER
        if is_start or is_long:
            groups.append((block.text if is_start else "", []))
            letters = 0
        if not is_start:
            groups[-1][1].append(block)
        letters += block.letters
    kept = [(title, inner) for title, inner in groups if title or inner]
    return [
        Part(CHAPTER, number, title, tuple(inner))
        for number, (title, inner) in enumerate(kept, start=1)
    ]


def held(
    parts: Iterable[Part], limits: Limits, language: str = "", *, is_cut: bool = False
) -> Text:
    """Return the text with as many letters and cells as the limits allow."""
    kept: list[Part] = []
    letters, cells = limits.letters, limits.cells
    for part in parts:
        blocks = []
        for block in part.blocks:
            taken = _within(block, cells)
            letters -= block.letters
            if letters < 0:
                is_cut = True
                break
            is_cut = is_cut or taken != block
            cells -= sum(map(len, taken.rows))
            blocks.append(taken)
        kept.append(replace(part, blocks=joined(blocks)))
        if letters < 0:
            break
    return Text(tuple(kept), language, is_cut)


def _within(block: Block, cells: int) -> Block:
    if block.kind != TABLE or not block.rows:
        return block
    most = cells // max(len(block.rows[0]), 1)
    return block if len(block.rows) <= most else replace(block, rows=block.rows[:most])
