"""Numbers at the heads of a book's pages, drawn as what they are: artifacts, not text to be read.

A reader on paper finds a page by them; a screen reader has the page labels.
"""

from typing import Any

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream

from sivusto.book.faces import REGULAR, Faces

DIGITS = "0123456789"
SIZE, FROM_RIGHT, FROM_TOP = 8.5, 51.0, 30.0  # points; the right margin of the card is 18 mm
INK = "0.275 0.333 0.392"
FONT = "/Sivunumero"
TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{number} beginbfchar
{lines}
endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"""


class PageNumbers:
    """Draws numbers in the face of running text."""

    def __init__(self, pdf: Pdf, faces: Faces) -> None:
        """Make the font that the numbers are drawn in, to be embedded with the other faces."""
        with TTFont(faces.path(REGULAR), lazy=True) as font:
            letters, unit = font.getBestCmap(), 1000 / font["head"].unitsPerEm
            self._glyph = {digit: font.getGlyphID(letters[ord(digit)]) for digit in DIGITS}
            self._width = {
                digit: round(font["hmtx"][letters[ord(digit)]][0] * unit) for digit in DIGITS
            }
        self._pdf = pdf
        self._font = self._made(faces.met(REGULAR))
        faces.add(REGULAR, self._font, self._glyph.values())

    def put(self, page: Page, number: int) -> None:
        """Draw the number at the head of the page, to the right."""
        text = str(number)
        width = sum(self._width[digit] for digit in text) * SIZE / 1000
        left, bottom, right, top = map(float, page.mediabox)
        x, y = right - left - FROM_RIGHT - width, top - bottom - FROM_TOP
        glyphs = "".join(f"{self._glyph[digit]:04x}" for digit in text)
        drawn = (
            f"Q /Artifact <</Type /Pagination /Subtype /Header>> BDC q {INK} rg BT "
            f"{FONT} {SIZE} Tf {x:.2f} {y:.2f} Td <{glyphs}> Tj ET Q EMC"
        )
        page.contents_add(b"q ", prepend=True)
        page.contents_add(drawn.encode())
        if FONT not in page.obj.Resources.Font:
            page.obj.Resources.Font[FONT] = self._font

    def _made(self, like: Any) -> Any:
        """Return a font of the digits with the descriptor of another one of the same face."""
        inner = like.DescendantFonts[0]
        widths = [part for d in DIGITS for part in (self._glyph[d], Array([self._width[d]]))]
        lines = "\n".join(f"<{self._glyph[d]:04x}> <{ord(d):04x}>" for d in DIGITS)
        spoken = TO_UNICODE.format(number=len(DIGITS), lines=lines).encode()
        own = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=inner.BaseFont,
            CIDSystemInfo=inner.CIDSystemInfo,
            CIDToGIDMap=inner.CIDToGIDMap,
            FontDescriptor=inner.FontDescriptor,
            W=Array(widths),
        )
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=like.BaseFont,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([self._pdf.make_indirect(own)]),
                ToUnicode=self._pdf.make_indirect(Stream(self._pdf, spoken)),
            )
        )
