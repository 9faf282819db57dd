"""A text as plain lines, in which staff correct it, and back.

``=== dia 12: Title`` begins a part, ``## `` a heading (as many marks as its level), ``- `` an item
of a list (two spaces before it for each depth), ``| a | b |`` a row of a table, of which ``|---|``
parts the head, and ``> `` the notes of a slide. Other lines are paragraphs, which blank lines part.
"""

import re
from collections.abc import Iterator

from sivusto.documents.cutting import joined, tidied
from sivusto.documents.model import (
    CHAPTER,
    HEADING,
    LIST,
    NOTES,
    PAGE,
    SHEET,
    SLIDE,
    TABLE,
    Block,
    DocumentError,
    Part,
    heading,
    list_of,
    paragraph,
    table_of,
)

PART = re.compile(rf"===\s*({PAGE}|{SLIDE}|{CHAPTER}|{SHEET})\s+(\d{{1,4}})\s*(?::\s*(.*))?$")
HEAD_LINE = re.compile(r"\|[\s|:-]*-[\s|:-]*")
MARKED = re.compile(r"\s*(?:#{1,6} |- |\||> )")


def as_lines(parts: tuple[Part, ...]) -> str:
    """Return the parts as text to be corrected."""
    return "\n\n".join("\n".join(_part_lines(part)) for part in parts) + "\n"


def from_lines(text: str) -> tuple[Part, ...]:
    """Return the parts of a corrected text; raises DocumentError with what is wrong and where."""
    parts: list[Part] = []
    lines: list[str] = []
    seen = set()
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if not line.startswith("==="):
            lines.append(line)
            continue
        _close(parts, lines)
        found = PART.match(line.strip())
        if found is None:
            raise DocumentError(
                f"Rivi {number}: osan alun pitää olla muotoa ”=== sivu 3” tai "
                "”=== dia 12: Otsikko”."
            )
        part = Part(found[1], int(found[2]), tidied(found[3] or ""))
        if part.anchor in seen:
            raise DocumentError(f"Rivi {number}: osa ”{found[1]} {part.number}” on jo edellä.")
        seen.add(part.anchor)
        parts.append(part)
        lines = []
    _close(parts, lines)
    return tuple(parts)


def _close(parts: list[Part], lines: list[str]) -> None:
    """Give the lines to the last part; those before any part make one of their own."""
    blocks = joined(_blocks(lines))
    if not blocks:
        return
    last = parts.pop() if parts else Part(CHAPTER, 1)
    parts.append(Part(last.kind, last.number, last.title, blocks))


def _part_lines(part: Part) -> Iterator[str]:
    title = f": {part.title}" if part.title else ""
    yield f"=== {part.kind} {part.number}{title}"
    for block in part.blocks:
        yield ""
        yield from _block_lines(block)


def _block_lines(block: Block) -> Iterator[str]:
    if block.kind == HEADING:
        yield f"{'#' * block.level} {block.text}"
    elif block.kind == LIST:
        yield from (f"{'  ' * depth}- {text}" for depth, text in block.items)
    elif block.kind == TABLE:
        for place, row in enumerate(block.rows):
            yield f"| {' | '.join(cell.replace('|', '¦') for cell in row)} |"
            if block.has_head and place == 0:
                yield "|---|"
    elif block.kind == NOTES:
        yield f"> {block.text}"
    else:
        yield block.text


def _blocks(lines: list[str]) -> Iterator[Block]:
    group: list[str] = []
    for line in [*lines, ""]:
        kind = _mark(line)
        if group and (not line.strip() or kind != _mark(group[0]) or kind == "#"):
            yield from _of_group(group)
            group = []
        if line.strip():
            group.append(line)


def _mark(line: str) -> str:
    """Return the sign that tells what the line is, "" of a paragraph's."""
    return line.lstrip()[0] if MARKED.match(line) else ""


def _of_group(group: list[str]) -> Iterator[Block]:
    mark = _mark(group[0])
    if mark == "|":
        has_head = any(HEAD_LINE.fullmatch(line.strip()) for line in group[1:2])
        rows = [_cells(line) for line in group if not HEAD_LINE.fullmatch(line.strip())]
        table = table_of(rows, has_head=has_head)
        yield from [table] if table else []
    elif mark == "-":
        yield list_of((_depth(line), tidied(line.lstrip()[2:])) for line in group)
    elif mark == "#":
        marks, _space, text = group[0].lstrip().partition(" ")
        yield heading(tidied(text), len(marks))
    elif mark == ">":
        yield Block(NOTES, tidied(" ".join(line.lstrip()[2:] for line in group)))
    else:
        yield paragraph(tidied(" ".join(group)))


def _depth(line: str) -> int:
    return (len(line) - len(line.lstrip())) // 2


def _cells(line: str) -> list[str]:
    return [tidied(cell) for cell in line.strip().strip("|").split("|")]
