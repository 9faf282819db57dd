"""What runs at the heads and feet of pages: told by its coming back, and left out."""

import re
from collections import Counter

from sivusto.documents.lines import Line, heading_sizes

DEPTH = 3  # lines from the head and from the foot that are looked at
OFTEN = 0.4  # of the pages
FEWEST = 3  # pages
NUMBERS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:(?:sivu|sida|page|s\.)\s*)?\d{1,4}\s*(?:(?:/|\(|av|of)\s*\d{1,4}\s*\)?)?[-–\s]*",
    re.IGNORECASE,
)


def without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers and without heads and feet that many of them share."""
    headings = set(heading_sizes([line for page in pages for line in page]))
    edges = [[line for line in _edges(page) if line.size not in headings] for page in pages]
    seen = Counter(key for page in edges for key in {_key(line) for line in page})
    least = max(FEWEST, OFTEN * len(pages))
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        running = {id(line) for line in edge if seen[_key(line)] >= least}
        outermost = {id(line) for line in _outermost(page) if PAGE_NUMBER.fullmatch(line.text)}
        if len(running | outermost) == len(page):  # slides alike, of which it is all that there is
            running = set()
        kept.append([line for line in page if id(line) not in running | outermost])
    return kept


def _edges(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.height)
    return by_height[:DEPTH] + by_height[DEPTH:][-DEPTH:]


def _outermost(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.height)
    return [*by_height[:1], *by_height[1:][-1:]] if len(page) > 1 else []


def _key(line: Line) -> tuple[str, int]:
    """Return what is alike on other pages: the words without their numbers, and the height."""
    return NUMBERS.sub("#", " ".join(line.text.split())), round(line.height / 4)
