"""PPTX: each slide with its title, texts, lists, tables and notes."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sivusto.documents.cutting import held, joined, tidied
from sivusto.documents.model import (
    NOTES,
    SLIDE,
    Block,
    DocumentError,
    Limits,
    Part,
    Text,
    paragraph,
    table_of,
)
from sivusto.documents.package import BROKEN, Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PRESENTATION = "ppt/presentation.xml"
TITLES, LISTS = ("title", "ctrTitle"), ("body", "obj", "")
FURNITURE = ("sldNum", "ftr", "dt", "hdr", "sldImg")
BULLETS = (f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip")


def read(package: Package, limits: Limits) -> Text:
    """Return the slides in their order; hidden ones are left out and keep their numbers."""
    relations = package.relations(PRESENTATION)
    listed = package.xml(PRESENTATION).iter(f"{P}sldId")
    paths = [relations.get(each.get(f"{R}id", ""), ("", ""))[0] for each in listed]
    if not paths:
        raise DocumentError(BROKEN)
    languages: Counter[str] = Counter()
    parts = []
    for number, path in enumerate(paths[: limits.pages], start=1):
        root = package.xml(path)
        if root.get("show") != "0":
            parts.append(_slide(package, path, root, number, languages))
    language = languages.most_common(1)[0][0] if languages else ""
    return held(parts, limits, language, is_cut=len(paths) > limits.pages)


def _slide(
    package: Package, path: str, root: Element, number: int, languages: Counter[str]
) -> Part:
    for run in root.iter(f"{A}r"):
        properties = run.find(f"{A}rPr")
        code = properties.get("lang", "") if properties is not None else ""
        if code:
            languages[code[:2].lower()] += len(run.findtext(f"{A}t") or "")
    shapes = list(_shapes(root))
    titles = [_whole(shape) for shape in shapes if _placeholder(shape) in TITLES]
    title = " ".join(filter(None, titles))
    blocks = [block for shape in shapes for block in _blocks(shape)]
    notes = _notes(package, path)
    if notes:
        blocks.append(Block(NOTES, notes))
    return Part(SLIDE, number, title, joined(blocks))


def _shapes(root: Element) -> Iterator[Element]:
    tree = root.find(f"{P}cSld/{P}spTree")
    for each in tree.iter() if tree is not None else ():
        if each.tag in (f"{P}sp", f"{P}graphicFrame"):
            yield each


def _placeholder(shape: Element) -> str | None:
    """Return the kind of place that a shape fills; None for a shape of its own."""
    place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return None if place is None else place.get("type", "")


def _blocks(shape: Element) -> Iterator[Block]:
    place = _placeholder(shape)
    if place in TITLES or place in FURNITURE:
        return
    if shape.tag == f"{P}graphicFrame":
        for table in shape.iter(f"{A}tbl"):
            found = table_of(_rows(table), has_head=_has_head(table))
            if found:
                yield found
        return
    paragraphs = list(_paragraphs(shape))
    is_list = place in LISTS and len(paragraphs) > 1
    for depth, text, is_bulleted in paragraphs:
        listed = is_list if is_bulleted is None else is_bulleted
        yield Block("list", items=((depth, text),)) if listed else paragraph(text)


def _paragraphs(shape: Element) -> Iterator[tuple[int, str, bool | None]]:
    """Yield depth and text of each paragraph, and whether it says that it has a bullet."""
    for each in shape.iter(f"{A}p"):
        text = _text(each)
        properties = each.find(f"{A}pPr")
        depth, is_bulleted = 0, None
        if properties is not None:
            level = properties.get("lvl", "0")
            depth = min(int(level), 5) if level.isdecimal() else 0
            if properties.find(f"{A}buNone") is not None:
                is_bulleted = False
            elif any(properties.find(bullet) is not None for bullet in BULLETS):
                is_bulleted = True
        if text:
            yield depth, text, is_bulleted


def _text(element: Element) -> str:
    spoken = (f"{A}t", f"{A}br")
    return tidied(
        "".join(
            (e.text or "") if e.tag == spoken[0] else " " for e in element.iter() if e.tag in spoken
        )
    )


def _whole(shape: Element) -> str:
    return " ".join(text for _depth, text, _is_bulleted in _paragraphs(shape))


def _rows(table: Element) -> Iterator[list[str]]:
    for row in table.iter(f"{A}tr"):
        yield [
            " ".join(filter(None, map(_text, cell.iter(f"{A}p")))) for cell in row.iter(f"{A}tc")
        ]


def _has_head(table: Element) -> bool:
    properties = table.find(f"{A}tblPr")
    return properties is not None and properties.get("firstRow") == "1"


def _notes(package: Package, path: str) -> str:
    for target, kind in package.relations(path).values():
        if kind == "notesSlide" and target in package:
            shapes = _shapes(package.xml(target))
            # What the speaker wrote beside the place for notes is a note, too.
            texts = [_whole(shape) for shape in shapes if _placeholder(shape) not in FURNITURE]
            return " ".join(filter(None, texts))
    return ""
