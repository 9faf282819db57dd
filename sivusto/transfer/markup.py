"""The few signs with which people write sections in plain text, turned into HTML."""

import re
from html import escape
from itertools import groupby

ITEM = re.compile(r"(?:(-)|\d{1,2}\.) +(.*)")


def html_of(text: str) -> str:
    """Turn plain text into HTML: "- " and "1. " begin list items, "### " a sub-heading.

    A blank line parts paragraphs, any other line goes on from the one before it; **bold** and
    [link](https://…) work within a line.
    """
    html: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text.strip()):
        for tag, pieces in groupby(_pieces(block), key=lambda piece: piece[0]):
            inner = [_inline(piece[1]) for piece in pieces]
            if tag in ("ul", "ol"):
                html.append(f"<{tag}>{''.join(f'<li>{item}</li>' for item in inner)}</{tag}>")
            else:
                html.extend(f"<{tag}>{words}</{tag}>" for words in inner)
    return "".join(html)


def _pieces(block: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    for line in block.splitlines():
        if item := ITEM.match(line):
            pieces.append(("ul" if item[1] else "ol", item[2]))
        elif line.startswith("### "):
            pieces.append(("h3", line[4:]))
        elif pieces:
            tag, words = pieces[-1]
            pieces[-1] = (tag, f"{words} {line.strip()}")
        elif line.strip():
            pieces.append(("p", line.strip()))
    return pieces


def _inline(text: str) -> str:
    bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text, quote=False))
    return re.sub(r"\[([^]]+)\]\(([^)\s\"]+)\)", r'<a href="\2">\1</a>', bold)
