"""ODT, ODP and ODS: the open formats, which share their words."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sivusto.documents.cutting import chapters, held, joined, tidied
from sivusto.documents.model import (
    NOTES,
    SHEET,
    SLIDE,
    Block,
    DocumentError,
    Limits,
    Part,
    Text,
    heading,
    paragraph,
    table_of,
)
from sivusto.documents.package import BROKEN, PROTECTED, Package

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE = f"{{{NAMES}office:1.0}}", f"{{{NAMES}text:1.0}}", f"{{{NAMES}table:1.0}}"
DRAW, SHOW = f"{{{NAMES}drawing:1.0}}", f"{{{NAMES}presentation:1.0}}"
LANGUAGE = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}language"
MANIFEST, CONTENT, STYLES = "META-INF/manifest.xml", "content.xml", "styles.xml"
ENCRYPTED = f"{{{NAMES}manifest:1.0}}encryption-data"
NOT_SAID = {
    f"{TEXT}tracked-changes",
    f"{TEXT}table-of-content",
    f"{TEXT}note-citation",
    f"{OFFICE}annotation",
    f"{OFFICE}forms",
    f"{SHOW}notes",
    f"{TABLE}shapes",
}
FURNITURE = ("page-number", "footer", "header", "date-time")
MOST_REPEATED = 60  # columns or rows that one element may stand for


def read(package: Package, limits: Limits) -> Text:
    """Return the chapters of a text, the slides of a presentation or the sheets of a workbook."""
    if MANIFEST in package and next(package.xml(MANIFEST).iter(ENCRYPTED), None) is not None:
        raise DocumentError(PROTECTED)
    body = package.xml(CONTENT).find(f"{OFFICE}body")
    inner = next(iter(body), None) if body is not None else None
    if inner is None:
        raise DocumentError(BROKEN)
    language = _language(package)
    if inner.tag == f"{OFFICE}text":
        return held(chapters(_blocks(inner)), limits, language)
    pages = inner.findall(f"{DRAW}page")
    parts = [_slide(page, number) for number, page in enumerate(pages[: limits.pages], start=1)]
    parts += _sheets(inner.findall(f"{TABLE}table"))
    return held(parts, limits, language, is_cut=len(pages) > limits.pages)


def _language(package: Package) -> str:
    if STYLES not in package:
        return ""
    found = (
        each.get(LANGUAGE, "") for each in package.xml(STYLES).iter() if LANGUAGE in each.attrib
    )
    return next((code[:2].lower() for code in found if code not in ("", "none")), "")


def _blocks(parent: Element, depth: int = 0) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{TEXT}h":
            level = child.get(f"{TEXT}outline-level", "1")
            if text := _text(child):
                yield heading(text, int(level) if level.isdecimal() else 1)
        elif child.tag == f"{TEXT}p":
            if text := _text(child):
                yield paragraph(text)
            yield from _boxes(child)
        elif child.tag == f"{TEXT}list":
            yield from _items(child, depth)
        elif child.tag == f"{TABLE}table":
            if table := _table(child):
                yield table
        elif child.tag not in NOT_SAID:
            yield from _blocks(child, depth)


def _boxes(element: Element) -> Iterator[Block]:
    """Yield what stands in the text boxes of a paragraph."""
    for box in element.iter(f"{DRAW}text-box"):
        yield from _blocks(box)


def _items(listed: Element, depth: int) -> Iterator[Block]:
    for item in listed:
        for block in _blocks(item, depth + 1):
            if block.kind == "paragraph":
                yield Block("list", items=((min(depth, 5), block.text),))
            else:
                yield block


def _text(element: Element) -> str:
    return tidied("".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}note":
            body = child.find(f"{TEXT}note-body")
            if body is not None:
                yield f" ({tidied(''.join(body.itertext()))})"
        elif child.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
            yield " "
        elif child.tag not in NOT_SAID and child.tag != f"{DRAW}frame":
            yield from _texts(child)
        yield child.tail or ""


def _table(element: Element) -> Block | None:
    head = element.find(f"{TABLE}table-header-rows")
    return table_of(_rows(element), has_head=head is not None)


def _rows(element: Element) -> Iterator[list[str]]:
    for child in element:
        if child.tag == f"{TABLE}table-row":
            yield [cell for each in child for cell in _cells(each)]
        elif child.tag in (
            f"{TABLE}table-header-rows",
            f"{TABLE}table-row-group",
            f"{TABLE}table-rows",
        ):
            yield from _rows(child)


def _cells(cell: Element) -> list[str]:
    """Return the cell as often as it says to be repeated, within reason."""
    repeated = cell.get(f"{TABLE}number-columns-repeated", "1")
    times = min(int(repeated), MOST_REPEATED) if repeated.isdecimal() else 1
    paragraphs = [_text(each) for each in cell.iter(f"{TEXT}p")]
    return [" ".join(filter(None, paragraphs))] * times


def _slide(page: Element, number: int) -> Part:
    titles, blocks = [], list[Block]()
    for frame in page:
        kind = frame.get(f"{SHOW}class", "")
        if kind == "title":
            titles.append(" ".join(_text(each) for each in frame.iter(f"{TEXT}p")))
        elif kind not in FURNITURE and frame.tag not in NOT_SAID:
            blocks += _blocks(frame)
    notes = page.find(f"{SHOW}notes")
    said = [_text(each) for each in notes.iter(f"{TEXT}p")] if notes is not None else []
    if any(said):
        blocks.append(Block(NOTES, " ".join(filter(None, said))))
    return Part(SLIDE, number, " ".join(filter(None, titles)), joined(blocks))


def _sheets(tables: list[Element]) -> list[Part]:
    parts = []
    for number, table in enumerate(tables, start=1):
        found = table_of(_rows(table), has_head=True)
        blocks = (found,) if found else ()
        parts.append(Part(SHEET, number, tidied(table.get(f"{TABLE}name", "")), blocks))
    return parts
