"""Tables and loose lines of a DOCX file; to be run in a process with limits."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from seuranta.report import BULLET
from sivusto.monitoring.reading.blocks import MOST_COLUMNS, Block, Cell, Loose, Table, grid
from sivusto.monitoring.reading.lighttext import from_plain

CONTINUES = "continue"
NOT_COLOURS = frozenset({"", "auto", "FFFFFF", "ffffff"})
SKIPPED = frozenset({"Fallback", "del", "moveFrom"})
CHECKS = {"FC": "✓", "FE": "✓", "FB": "x", "FD": "x", "A8": "■", "6E": "■"}  # of Wingdings
TEXTS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word(data: bytes) -> list[Block]:
    """Return the document's tables and paragraphs in order, headers and footers last."""
    document = Document(io.BytesIO(data))
    styles = {style.style_id: (style.name or "") for style in document.styles}
    blocks = list(_Body(styles).blocks(document.element.body))
    told: dict[str, None] = {}
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header):
            for paragraph in part.paragraphs:
                for line in from_plain(paragraph.text).split("\n"):
                    told.setdefault(line)
    return [*blocks, *(Loose(text, "ylä- tai alatunniste", False) for text in told if text)]


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Body:
    def __init__(self, styles: dict[str, str]) -> None:
        self.styles = styles
        self.tables = self.lines = 0

    def blocks(self, body: Any) -> Iterator[Block]:
        for element in body:
            kind = _local(element)
            if kind == "p":
                yield from self._loose(element)
            elif kind == "tbl":
                self.tables += 1
                yield self._table(element)
            elif kind in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
                yield from self.blocks(element)

    def _loose(self, paragraph: Any) -> Iterator[Loose]:
        style = self._style(paragraph)
        is_heading = style.startswith(("Heading", "heading", "Otsikko"))
        is_title = style in ("Title", "Subtitle", "Caption", "caption")
        for text in from_plain(self._paragraph(paragraph)).split("\n"):
            if text:
                self.lines += 1
                yield Loose(text, f"kappale {self.lines}", is_heading, is_title)

    def _table(self, table: Any) -> Table:
        """Lay a table out; a cell that continues the one above it is covered by it."""
        rows: list[list[tuple[Cell, int]]] = []
        for row in _within(table, "tr"):
            cells: list[tuple[Cell, int]] = [(Cell(), 1)] * _skipped(row)
            cells += [(self._cell(cell), 1) for cell in _within(row, "tc")]
            rows.append(cells)
        return Table(grid(rows, f"taulukko {self.tables}, "), tells_spans=True)

    def _cell(self, cell: Any) -> Cell:
        span, colour, merge = 1, "", ""
        for given in cell.iterfind(f"{qn('w:tcPr')}/*"):
            kind, value = _local(given), given.get(qn("w:val")) or ""
            if kind == "gridSpan":
                span = min(int(value or 1), MOST_COLUMNS)
            elif kind == "shd":
                colour = given.get(qn("w:fill")) or ""
            elif kind == "vMerge":
                merge = value or CONTINUES
        text = from_plain("\n".join(self._paragraph(each) for each in cell.iter(qn("w:p"))))
        return Cell(
            "" if merge == CONTINUES and not text else text,
            span,
            is_covered=merge == CONTINUES and not text,
            colour="" if colour in NOT_COLOURS else colour.casefold(),
            is_strong=bool(text) and self._is_strong(cell),
        )

    def _paragraph(self, paragraph: Any) -> str:
        text = "".join(_texts(paragraph))
        is_item = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
        is_item = is_item or self._style(paragraph).startswith(("List", "Luettelo"))
        return f"{BULLET}{text}" if is_item and text.strip() else text

    def _style(self, paragraph: Any) -> str:
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        key = found.get(qn("w:val")) if found is not None else ""
        return self.styles.get(key or "", "")

    def _is_strong(self, cell: Any) -> bool:
        for run in cell.iter(qn("w:r")):
            bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
            is_bold = bold is not None and bold.get(qn("w:val")) not in ("0", "false")
            if not is_bold and "".join(_texts(run)).strip():
                return False
        return True


def _within(parent: Any, kind: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for element in parent:
        name = _local(element)
        if name == kind:
            yield element
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _within(element, kind)


def _skipped(row: Any) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return min(int(found.get(qn("w:val")) or 0), MOST_COLUMNS) if found is not None else 0


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        kind = _local(child)
        if kind == "t":
            yield child.text or ""
        elif kind in TEXTS:
            yield TEXTS[kind]
        elif kind == "sym":
            yield CHECKS.get((child.get(qn("w:char")) or "")[-2:].upper(), "x")
        elif kind not in SKIPPED and kind not in ("rPr", "pPr", "p", "tbl"):
            yield from _texts(child)
