"""Lines of a page put together: headings by size, paragraphs by distance, cut words made whole."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from sivusto.documents.cutting import tidied
from sivusto.documents.model import Block, heading, list_of, paragraph

BULLET = re.compile(r"^[•●○▪■□◦‣⁃∙·➢➤►✓✔\uf0b7\uf0a7\uf076][ \t\u00a0]*(?=\S|$)")
DASH = re.compile(r"^[–—-][ \t\u00a0]+(?=\S)")
LONGEST_HEADING = 160
LARGER, FARTHER = 1.12, 1.3  # times the body's size and leading
VOWELS = "aeiouyåäö"


@dataclass(frozen=True)
class Line:
    """A line with the size of its letters and its height above the page's foot, in points."""

    text: str
    size: float
    height: float


def heading_sizes(lines: list[Line]) -> list[float]:
    """Return the sizes that are headings', the largest first: those larger than most letters."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    if not letters:
        return []
    body = letters.most_common(1)[0][0]
    return sorted((size for size in letters if size >= body * LARGER), reverse=True)[:6]


def common_leading(pages: list[list[Line]]) -> float:
    """Return the usual distance of lines as a multiple of their size."""
    gaps = [
        (above.height - below.height) / above.size
        for page in pages
        for above, below in pairwise(page)
        if above.size and 0 < above.height - below.height < 3 * above.size
    ]
    return median(gaps) if gaps else 1.2


def lone_marks_joined(lines: list[Line]) -> list[Line]:
    """Put a bullet that was drawn apart before the line at its height."""
    marks = [line for line in lines if _is_mark(line.text.strip())]
    kept = []
    for line in lines:
        if line in marks:
            continue
        beside = any(abs(mark.height - line.height) < max(line.size, 4) / 3 for mark in marks)
        kept.append(replace(line, text=f"• {line.text}") if beside else line)
    return kept


def blocks_of(lines: list[Line], sizes: list[float], leading: float) -> Iterator[Block]:
    """Yield the blocks of one page."""
    for group in _groups(lines, leading):
        text = joined_words([tidied_line(line.text) for line in group])
        mark = BULLET.match(text) or DASH.match(text)
        if mark:
            if text[mark.end() :]:
                yield list_of([(0, text[mark.end() :])])
        elif group[0].size in sizes and len(text) <= LONGEST_HEADING:
            yield heading(text, sizes.index(group[0].size) + 1)
        elif text:
            yield paragraph(text)


def _groups(lines: list[Line], leading: float) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if not line.text.strip():
            continue
        if group and _is_apart(group[-1], line, leading):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_apart(above: Line, below: Line, leading: float) -> bool:
    gap = above.height - below.height
    text = below.text.lstrip()
    return (
        abs(above.size - below.size) > 0.1 * above.size
        or gap < -above.size  # a new column
        or gap > FARTHER * leading * above.size
        or bool(BULLET.match(text) or DASH.match(text))
    )


def joined_words(lines: list[str]) -> str:
    """Return lines as one text; a word cut at a line's end is whole again.

    A hyphen stays where it belongs to the word: between like vowels (``linja-auto``), before a
    capital or a figure, after a figure or a capital (``EU-rahoitus``), and where a part is left out
    (``kunta- ja``).
    """
    text = ""
    for line in lines:
        if not text or not line:
            text += line
        elif text.endswith("\u00ad"):
            text = text[:-1] + line
        elif _is_cut(text):
            text = _without_hyphen(text, line)
        else:
            text += " " + line
    return tidied(text)


def tidied_line(text: str) -> str:
    """Return the line without needless spaces, with a soft hyphen at its end kept."""
    bare = text.rstrip()
    return tidied(bare) + ("\u00ad" if bare.endswith("\u00ad") else "")


def _is_cut(text: str) -> bool:
    return len(text) > 1 and text[-1] in "-‐\u2011" and text[-2].isalnum()


def _without_hyphen(text: str, line: str) -> str:
    before, after = text[-2], line[0]
    if re.match(r"(?:ja|tai|sekä|eli|och|and|or)\b", line):
        return f"{text} {line}"
    is_kept = not after.islower() or not before.islower() or (before == after and after in VOWELS)
    return text + line if is_kept else text[:-1] + line


def _is_mark(text: str) -> bool:
    return text in ("-", "–") or bool(BULLET.fullmatch(text))
