"""The few blocks that a card's text consists of, and how they are written.

Whatever came in, what goes out has this shape and no other, so that a card's layout holds, its
PDF keeps to PDF/UA (nothing but text inside a link) and rebuilding again changes nothing:

    text      = block*
    block     = <p>inline</p> | <h3>inline</h3> | list
    list      = <ul>item+</ul> | <ol start?>item+</ol>
    item      = <li>inline list*</li> | <li>(<p>inline</p> | list)+</li>
    inline    = text, <br>, <strong>, <em>, <a href>, in this order of nesting
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

BREAK = "\n"  # the text of a run that is a line break
BLANKS = " \xa0\n"

# A word processor's lists arrive as paragraphs that begin with a mark and no-break spaces.
BULLET = re.compile(r"(?:[·•▪●\uf0b7\uf0a7]\s*|[o§-]\xa0{2}\s*)(?=\S)")
NUMBER = re.compile(r"([0-9]{1,3})[.)]\xa0{2}\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look, or a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""

    def like(self, other: "Run") -> bool:
        """Whether the two differ in nothing but their words."""
        mine = (self.strong, self.emphasis, self.href)
        return BREAK not in (self.text, other.text) and mine == (
            other.strong,
            other.emphasis,
            other.href,
        )

    def saying(self, text: str) -> "Run":
        """Return other words of the same look."""
        return Run(text, self.strong, self.emphasis, self.href)


@dataclass(slots=True)
class Paragraph:
    """A paragraph or a sub-heading."""

    runs: list[Run]
    tag: str = "p"


@dataclass(slots=True)
class Listing:
    """A list; each item holds paragraphs and lists."""

    tag: str
    start: int = 1
    items: list[list["Paragraph | Listing"]] = field(default_factory=list)
    from_marks: bool = False


Block = Paragraph | Listing


def written(block: Block) -> str:
    """Return a block's HTML, or "" for a list without items."""
    if isinstance(block, Paragraph):
        return f"<{block.tag}>{_inline(block.runs)}</{block.tag}>"
    items = "".join(map(_written_item, block.items))
    start = f' start="{block.start}"' if block.start != 1 else ""
    return f"<{block.tag}{start}>{items}</{block.tag}>" if items else ""


def _written_item(item: list[Block]) -> str:
    paragraphs = sum(isinstance(block, Paragraph) for block in item)
    write: Callable[[Block], str] = written
    if paragraphs == 1:
        write = _written_bare
    inside = "".join(map(write, item))
    return f"<li>{inside}</li>" if inside else ""


def _written_bare(block: Block) -> str:
    return _inline(block.runs) if isinstance(block, Paragraph) else written(block)


def _inline(runs: list[Run]) -> str:
    """Write runs with as few tags as their looks allow."""
    out: list[str] = []
    strong = emphasis = False
    for run in [*runs, Run("")]:
        if emphasis and (not run.emphasis or run.strong != strong):
            out.append("</em>")
            emphasis = False
        if strong and not run.strong:
            out.append("</strong>")
            strong = False
        if run.strong and not strong:
            out.append("<strong>")
            strong = True
        if run.emphasis and not emphasis:
            out.append("<em>")
            emphasis = True
        words = "<br>" if run.text == BREAK else escape(run.text, quote=False)
        out.append(f'<a href="{escape(run.href)}">{words}</a>' if run.href else words)
    return "".join(out)


def tidy_runs(runs: list[Run]) -> list[Run]:
    """Return a paragraph's runs without blanks at its edges and at those of its links."""
    tidy: list[Run] = []
    for run in runs:
        core = run.text.strip(" ") if run.href else run.text
        before, _, after = run.text.partition(core)
        for part in filter(lambda part: part.text, (Run(before), run.saying(core), Run(after))):
            joined = tidy.pop().text if tidy and tidy[-1].like(part) else ""
            tidy.append(part.saying(joined + part.text))
    while tidy and not (kept := tidy[-1].text.rstrip(BLANKS)):
        tidy.pop()
    if tidy:
        tidy[-1] = tidy[-1].saying(kept)
    while tidy and not (kept := tidy[0].text.lstrip(BLANKS)):
        tidy.pop(0)
    if tidy:
        tidy[0] = tidy[0].saying(kept)
    return tidy if any(run.text.strip() for run in tidy) else []


def add_lines(top: list[Block], runs: list[Run]) -> None:
    """Add a paragraph, making a list of those of its lines that begin with a list's mark."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        lines.append([]) if run.text == BREAK else lines[-1].append(run)
    joins = False
    for line in lines:
        mark = line and (BULLET.match(line[0].text) or NUMBER.match(line[0].text))
        if mark:
            _add_item(top, [line[0].saying(line[0].text[mark.end() :]), *line[1:]], mark)
        elif joins:
            top[-1].runs.extend([Run(BREAK), *line])  # type: ignore[union-attr]
        else:
            top.append(Paragraph(line))
        joins = not mark


def _add_item(top: list[Block], runs: list[Run], mark: re.Match[str]) -> None:
    number = int(mark[1]) if mark.re is NUMBER else None
    tag = "ul" if number is None else "ol"
    last = top[-1] if top else None
    if not (
        isinstance(last, Listing)
        and last.from_marks
        and last.tag == tag
        and number in (None, last.start + len(last.items))
    ):
        last = Listing(tag, 1 if number is None else number, from_marks=True)
        top.append(last)
    last.items.append([Paragraph(runs)])
