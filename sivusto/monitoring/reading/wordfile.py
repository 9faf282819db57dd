"""Tables and loose lines of a DOCX file; to be run in a process with limits."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart

from seuranta.report import BULLET
from sivusto.monitoring.reading.blocks import MOST_COLUMNS, Block, Cell, Loose, Table, grid
from sivusto.monitoring.reading.lighttext import from_plain
from sivusto.monitoring.reading.wordlooks import Looks, background, is_on

CONTINUES = "continue"
# The second way to say the same, what was deleted or moved away, and how words are pronounced.
SKIPPED = frozenset({"Fallback", "del", "moveFrom", "rt"})
# What is there no more, or is only asked for: deleted rows and cells, placeholders, hidden words.
GONE = {
    "tr": f"{qn('w:trPr')}/{qn('w:del')}",
    "tc": f"{qn('w:tcPr')}/{qn('w:cellDel')}",
    "sdt": f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}",
    "r": f"{qn('w:rPr')}/{qn('w:vanish')}",
}
MORE_KINDS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
CHECKS = {"FC": "✓", "FE": "✓", "FB": "x", "FD": "x", "A8": "■", "6E": "■"}  # of Wingdings
TEXTS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word(data: bytes) -> list[Block]:
    """Return the document's tables and paragraphs in order, then notes, headers and footers.

    It is read as it would be printed with all tracked changes accepted and without comments.
    """
    document = _opened(data)
    body = _Body(Looks(document))
    blocks = list(body.blocks(document.element.body))
    told: dict[str, None] = {}
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header):
            for line in body.text(part._element).split("\n"):
                told.setdefault(line)
    blocks += [Loose(text, "alaviite") for text in _notes(document, body)]
    return [*blocks, *(Loose(text, "ylä- tai alatunniste", False) for text in told if text)]


def _opened(data: bytes) -> Any:
    """Open a document, also one with macros and a template; no macro is run or even read."""
    for kind in MORE_KINDS:
        PartFactory.part_type_for[kind] = DocumentPart
    main = Package.open(io.BytesIO(data)).main_document_part
    return main.document


def _notes(document: Any, body: "_Body") -> Iterator[str]:
    """Yield the lines of footnotes and endnotes; those with a type are only rules of a page."""
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        try:
            notes = parse_xml(document.part.part_related_by(kind).blob)
        except KeyError:
            continue
        for note in notes:
            if note.get(qn("w:type")) is None:
                yield from filter(None, body.text(note).split("\n"))


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _is_gone(element: Any, kind: str) -> bool:
    mark = element.find(GONE[kind]) if kind in GONE else None
    return kind in SKIPPED or (mark is not None and is_on(mark))


def _paragraphs(element: Any) -> Iterator[Any]:
    """Yield the paragraphs within, those of text boxes after the one that they are tied to."""
    for child in element:
        kind = _local(child)
        if not _is_gone(child, kind):
            if kind == "p":
                yield child
            yield from _paragraphs(child)


class _Body:
    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.tables = self.lines = 0

    def blocks(self, body: Any) -> Iterator[Block]:
        for element in body:
            kind = _local(element)
            if kind == "p":
                yield from self._loose(element)
            elif kind == "tbl":
                self.tables += 1
                yield self._table(element)
            elif not _is_gone(element, kind):
                yield from self.blocks(element)

    def text(self, element: Any) -> str:
        """Return the light text of all paragraphs within."""
        return from_plain("\n".join(self._lines(_paragraphs(element))))

    def _loose(self, paragraph: Any) -> Iterator[Loose]:
        is_heading = self.looks.is_heading(paragraph)
        is_title = self.looks.style(paragraph) in ("title", "subtitle", "caption")
        lines = self._lines([paragraph, *_paragraphs(paragraph)])
        for text in from_plain("\n".join(lines)).split("\n"):
            if text:
                self.lines += 1
                yield Loose(text, f"kappale {self.lines}", is_heading, is_title)

    def _lines(self, paragraphs: Iterable[Any]) -> Iterator[str]:
        """Yield texts; a paragraph whose mark was deleted goes on in the next one."""
        begun = ""
        for paragraph in paragraphs:
            text = "".join(_texts(paragraph))
            if not begun and text.strip() and self.looks.is_item(paragraph):
                text = f"{BULLET}{text}"
            begun += text
            if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is None:
                yield begun
                begun = ""
        yield begun

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
                colour = background(given)
            elif kind == "vMerge":
                merge = value or CONTINUES
        text = self.text(cell)
        return Cell(
            text,
            span,
            is_covered=merge == CONTINUES and not text,
            colour=colour,
            is_strong=bool(text) and self._is_strong(cell),
        )

    def _is_strong(self, cell: Any) -> bool:
        """Tell whether every word is bold, or in the style of a heading."""
        return all(
            self.looks.is_strong(paragraph, run)
            for paragraph in _paragraphs(cell)
            for run in _runs(paragraph)
            if "".join(_texts(run)).strip()
        )


def _within(parent: Any, kind: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for element in parent:
        name = _local(element)
        if name == kind and not _is_gone(element, name):
            yield element
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(element, kind)


def _skipped(row: Any) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return min(int(found.get(qn("w:val")) or 0), MOST_COLUMNS) if found is not None else 0


def _inner(element: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a paragraph or a part of it holds, but not what stands on its own within."""
    for child in element:
        kind = _local(child)
        if kind not in ("rPr", "pPr", "p", "tbl") and not _is_gone(child, kind):
            yield kind, child


def _runs(element: Any) -> Iterator[Any]:
    for kind, child in _inner(element):
        if kind == "r":
            yield child
        else:
            yield from _runs(child)


def _texts(element: Any) -> Iterator[str]:
    for kind, child in _inner(element):
        if kind == "t":
            yield child.text or ""
        elif kind in TEXTS:
            yield TEXTS[kind]
        elif kind == "sym":
            yield CHECKS.get((child.get(qn("w:char")) or "")[-2:].upper(), "x")
        else:
            yield from _texts(child)
