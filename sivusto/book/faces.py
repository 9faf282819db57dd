"""The faces that bound files embed, each embedded once with all the glyphs that any of them uses.

The printing process keeps the glyphs' numbers when it embeds a part of a face, so that a part with
more glyphs serves every file; only the font program and its name are shared.
"""

import io
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from sivusto.card.printing.fonts import FAMILY

TAG = "SALKKU"  # six capital letters before the name of a face of which only a part is embedded
REGULAR = f"{FAMILY}-Regular"
# What lays text out and tells of the face; a PDF file has its text laid out.
NOT_EMBEDDED = {"GSUB", "GPOS", "GDEF", "name", "OS/2", "post", "cmap"}


class Faces:
    """The faces met in bound files, with the fonts and glyphs that use them."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the face files."""
        self._folder = folder
        self._fonts: dict[str, list[Any]] = defaultdict(list)  # by the name of the face's file
        self._glyphs: dict[str, set[int]] = defaultdict(set)

    def path(self, file: str) -> Path:
        """Return where the file of a face is."""
        return self._folder / f"{file}.ttf"

    def note(self, source: Pdf, book: Pdf) -> None:
        """Note the fonts of a file whose pages have been added to the book."""
        seen = set()
        for page in source.pages:
            for font in _fonts_of(page.obj.get("/Resources")):
                if font.objgen in seen:
                    continue
                seen.add(font.objgen)
                file = self._file_name(str(font.BaseFont))
                if self.path(file).exists():
                    own = font if source is book else book.copy_foreign(font)
                    self.add(file, own, [*_glyphs_of(font.DescendantFonts[0])])

    def met(self, file: str) -> Any:
        """Return a font met in a face; raise LookupError if there is none."""
        return next(iter(self._fonts[file]))

    def add(self, file: str, font: Any, glyphs: Collection[int]) -> None:
        """Add a font of the book's own in a face."""
        self._fonts[file].append(font)
        self._glyphs[file].update(glyphs)

    def share(self) -> None:
        """Embed each face once."""
        for file, fonts in self._fonts.items():
            descriptor = fonts[0].DescendantFonts[0].FontDescriptor
            program = _part_of(self.path(file), self._glyphs[file])
            descriptor.FontFile2.write(program)
            descriptor.FontFile2.Length1 = len(program)
            name = Name(f"/{TAG}+{file.removesuffix('-Regular')}")
            descriptor.FontName = name
            for font in fonts:
                inner = font.DescendantFonts[0]
                font.BaseFont = inner.BaseFont = name
                inner.FontDescriptor = descriptor

    def _file_name(self, base_font: str) -> str:
        name = base_font.lstrip("/").partition("+")[2]
        return REGULAR if name == FAMILY else name


def _fonts_of(resources: Any) -> Iterator[Any]:
    """Yield the fonts of a page and of what is drawn on it as one thing."""
    if resources is None:
        return
    for font in resources.get("/Font", Dictionary()).values():
        if font.get("/Subtype") == Name.Type0:
            yield font
    for drawn in resources.get("/XObject", Dictionary()).values():
        if isinstance(drawn, Stream) and drawn.get("/Subtype") == Name.Form:
            inner = drawn.get("/Resources")
            if inner is not None and inner.objgen != resources.objgen:
                yield from _fonts_of(inner)


def _glyphs_of(font: Any) -> Iterator[int]:
    """Yield the glyphs whose widths the font tells (ISO 32000-1, 9.7.4.3)."""
    widths = list(font.W)
    while widths:
        first, second = int(widths[0]), widths[1]
        if isinstance(second, Array):
            yield from range(first, first + len(second))
            del widths[:2]
        else:
            yield from range(first, int(second) + 1)
            del widths[:3]


def _part_of(face: Path, glyphs: Collection[int]) -> bytes:
    """Return the font program with these glyphs only, their numbers kept."""
    options = subset.Options(
        retain_gids=True, notdef_outline=True, glyph_names=False, hinting=False, layout_features=[]
    )
    with TTFont(face) as font:
        for table in NOT_EMBEDDED & set(font.keys()):  # before they are read for nothing
            del font[table]
        known = set(range(len(font.getGlyphOrder())))
        subsetter = subset.Subsetter(options)
        subsetter.populate(gids=sorted(known.intersection(glyphs)))
        subsetter.subset(font)
        program = io.BytesIO()
        font.save(program)
    return program.getvalue()
