"""What a DOCX file says by looks: styles, lists and colours, as Word itself writes them."""

from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

NO_COLOURS = frozenset({"", "auto", "ffffff"})
NO_PATTERNS = frozenset({"", "clear", "nil"})
PAPER = frozenset({"background1", "light1"})  # the theme's own white
BULLETS = frozenset({"bullet", "none"})
DEEPEST = 20  # styles based on styles


class Looks:
    """The styles and lists of a document, by which its paragraphs are told apart."""

    def __init__(self, document: Any) -> None:
        self.styles = {
            style.get(qn("w:styleId")): style
            for style in document.styles.element.iterfind(qn("w:style"))
        }
        self.formats = _formats(document)

    def style(self, paragraph: Any) -> str:
        """Return the name of a paragraph's style in small letters; Word keeps it in English."""
        return _value(self._style_of(paragraph, "w:pPr/w:pStyle"), "w:name").casefold()

    def is_heading(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is in the style of a heading."""
        return self.style(paragraph).startswith(("heading", "otsikko"))

    def is_item(self, paragraph: Any) -> bool:
        """Tell whether a paragraph stands in a list with bullets.

        A number is not told of: measures are often numbered, and a number that Word has reckoned
        would change a measure's name when another is put before it.
        """
        given = _child(paragraph, "w:pPr/w:numPr")
        if given is None:
            style = self._style_of(paragraph, "w:pPr/w:pStyle")
            given = next(self._said(style, "w:pPr/w:numPr"), None)
        if given is None:
            return self.style(paragraph).startswith(("list bullet", "luettelomerkki"))
        key = _value(given, "w:numId"), _value(given, "w:ilvl") or "0"
        return key[0] != "0" and self.formats.get(key, "bullet") in BULLETS

    def is_strong(self, paragraph: Any, run: Any) -> bool:
        """Tell whether a run of a paragraph is bold, by itself or by a style."""
        if self.is_heading(paragraph):
            return True
        own = _child(run, "w:rPr/w:b")
        if own is not None:
            return is_on(own)
        styles = (
            self._style_of(run, "w:rPr/w:rStyle"),
            self._style_of(paragraph, "w:pPr/w:pStyle"),
        )
        said = (next(self._said(style, "w:rPr/w:b"), None) for style in styles)
        return next((is_on(bold) for bold in said if bold is not None), False)

    def _style_of(self, element: Any, path: str) -> Any:
        return self.styles.get(_value(element, path))

    def _said(self, style: Any, path: str) -> Iterator[Any]:
        """Yield what a style and those that it is based on say of a thing, the nearest first."""
        for _step in range(DEEPEST):
            if style is None:
                return
            found = _child(style, path)
            if found is not None:
                yield found
            style = self._style_of(style, "w:basedOn")


def is_on(toggle: Any) -> bool:
    """Tell whether a property that is there is on: ``<w:b w:val="0"/>`` is not."""
    return toggle.get(qn("w:val")) not in ("0", "false", "off")


def background(shade: Any) -> str:
    """Return the name of a cell's colour, "" for none and white.

    Word writes the theme's colour also as it is at the time; programs that do not reckon it
    leave only its name.
    """
    pattern, fill, ink = (
        (shade.get(qn(name)) or "").casefold() for name in ("w:val", "w:fill", "w:color")
    )
    if pattern not in NO_PATTERNS:
        name = ink if pattern == "solid" else f"{pattern}/{ink}/{fill}"
        return "" if name in NO_COLOURS - {"auto"} else name
    theme = shade.get(qn("w:themeFill")) or ""
    if fill in ("", "auto") and theme:
        tones = [shade.get(qn(name)) or "" for name in ("w:themeFillTint", "w:themeFillShade")]
        return "" if theme in PAPER and not any(tones) else "/".join((theme, *tones))
    return "" if fill in NO_COLOURS else fill


def _child(element: Any, path: str) -> Any:
    return element.find("/".join(map(qn, path.split("/"))))


def _value(element: Any, path: str) -> str:
    found = _child(element, path) if element is not None else None
    return (found.get(qn("w:val")) or "") if found is not None else ""


def _formats(document: Any) -> dict[tuple[str, str], str]:
    """Return how the items of each list are marked, by the list's number and the level."""
    try:
        numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        return {}
    levels: dict[str, dict[str, str]] = {
        kind.get(qn("w:abstractNumId")): {
            level.get(qn("w:ilvl")): _value(level, "w:numFmt")
            for level in kind.iterfind(qn("w:lvl"))
        }
        for kind in numbering.iterfind(qn("w:abstractNum"))
    }
    return {
        (number.get(qn("w:numId")), level): how
        for number in numbering.iterfind(qn("w:num"))
        for level, how in levels.get(_value(number, "w:abstractNumId"), {}).items()
    }
