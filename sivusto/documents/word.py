"""DOCX: headings, lists, tables and footnotes of a Word document."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sivusto.documents.cutting import chapters, held, tidied
from sivusto.documents.model import (
    Block,
    Limits,
    Text,
    heading,
    list_of,
    paragraph,
    table_of,
)
from sivusto.documents.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DOCUMENT, STYLES, FOOTNOTES = "word/document.xml", "word/styles.xml", "word/footnotes.xml"
NOT_SAID = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", FALLBACK}
SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"}
WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag", f"{W}moveTo"}
HEADING_NAME = re.compile(r"(?:heading|otsikko|rubrik)\s*(\d)")
CONTENTS_NAME = re.compile(r"(?:toc|sisluet|sisällysluettelo)\s*\d")
FIRST_LANGUAGES = f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"


class Style:
    """What a paragraph style means: level of a heading, place in a list, or a contents' line."""

    def __init__(self, name: str, level: int, *, is_list: bool) -> None:
        self.level = level
        self.is_list = is_list
        self.is_contents = bool(CONTENTS_NAME.match(name))


PLAIN = Style("", 0, is_list=False)


def read(package: Package, limits: Limits) -> Text:
    """Return the text of a Word document in chapters; its own table of contents is left out."""
    styles = package.xml(STYLES) if STYLES in package else Element("none")
    meanings = _meanings(styles)
    body = package.xml(DOCUMENT).find(f"{W}body")
    blocks = list(_blocks(body, meanings)) if body is not None else []
    if FOOTNOTES in package:
        blocks += _footnotes(package.xml(FOOTNOTES))
    declared = styles.find(FIRST_LANGUAGES)
    language = declared.get(f"{W}val", "") if declared is not None else ""
    return held(chapters(blocks), limits, language[:2].lower())


def _meanings(styles: Element) -> dict[str, Style]:
    found: dict[str, Style] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        key, name = style.get(f"{W}styleId", ""), _value(style, "name").lower()
        level = _heading_level(style, name)
        is_list = style.find(f"{W}pPr/{W}numPr") is not None or name.startswith("list ")
        found[key] = Style(name, level, is_list=is_list and not level)
        based[key] = _value(style, "basedOn")
    for key, meaning in found.items():
        parent = found.get(based[key], PLAIN)
        if not meaning.level and not meaning.is_list:
            meaning.level, meaning.is_list = parent.level, parent.is_list
    return found


def _heading_level(style: Element, name: str) -> int:
    named = HEADING_NAME.fullmatch(name)
    if named:
        return int(named[1])
    if name in ("title", "otsikko", "rubrik"):
        return 1
    outline = style.find(f"{W}pPr/{W}outlineLvl")
    level = outline.get(f"{W}val", "9") if outline is not None else "9"
    return int(level) + 1 if level in "012345" else 0


def _blocks(parent: Element, styles: dict[str, Style]) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, styles)
        elif child.tag == f"{W}tbl":
            table = table_of(_rows(child), has_head=_has_head(child))
            if table:
                yield table
        elif child.tag in WRAPPERS:
            yield from _blocks(child, styles)


def _paragraph(element: Element, styles: dict[str, Style]) -> Iterator[Block]:
    text = tidied("".join(_texts(element)))
    style = styles.get(_value(element, "pPr", "pStyle"), PLAIN)
    if not text or style.is_contents:
        return
    numbering = element.find(f"{W}pPr/{W}numPr")
    if style.level:
        yield heading(text, style.level)
    elif style.is_list or (numbering is not None and _value(numbering, "numId") != "0"):
        depth = _value(numbering, "ilvl") if numbering is not None else ""
        yield (
            list_of([(0, text)])
            if not depth.isdecimal()
            else Block("list", items=((min(int(depth), 5), text),))
        )
    else:
        yield paragraph(text)


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in NOT_SAID:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SPACES:
            yield " "
        elif child.tag == f"{W}noBreakHyphen":
            yield "\u2011"
        elif child.tag == f"{W}footnoteReference":
            yield f" [{child.get(f'{W}id', '')}]"
        else:
            yield from _texts(child)
            if child.tag == f"{W}p":
                yield " "


def _rows(table: Element) -> Iterator[list[str]]:
    for row in table.iter(f"{W}tr"):
        cells: list[str] = []
        for cell in row.findall(f"{W}tc"):
            cells.append(tidied("".join(_texts(cell))))
            span = _value(cell, "tcPr", "gridSpan")
            cells += [""] * (min(int(span), 60) - 1 if span.isdecimal() else 0)
        yield cells


def _has_head(table: Element) -> bool:
    first = table.find(f"{W}tr")
    if first is None:
        return False
    look = table.find(f"{W}tblPr/{W}tblLook")
    is_styled = look is not None and look.get(f"{W}firstRow") == "1"
    return is_styled or first.find(f"{W}trPr/{W}tblHeader") is not None


def _footnotes(root: Element) -> list[Block]:
    notes = [
        f"[{note.get(f'{W}id', '')}] {text}"
        for note in root.findall(f"{W}footnote")
        if note.get(f"{W}type") is None and (text := tidied("".join(_texts(note))))
    ]
    return [list_of((0, note) for note in notes)] if notes else []


def _value(element: Element, *path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path))
    return found.get(f"{W}val", "") if found is not None else ""
