"""PDF: pages whose lines are put together to headings, paragraphs and lists."""

from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from sivusto.documents.cutting import held, joined
from sivusto.documents.lines import (
    Line,
    blocks_of,
    common_leading,
    heading_sizes,
    lone_marks_joined,
)
from sivusto.documents.model import HEADING, PAGE, DocumentError, Limits, Part, Text
from sivusto.documents.package import BROKEN, PROTECTED, TOO_LARGE
from sivusto.documents.running import without_running

TOO_FEW = 4  # letters a page on an average: less is a scanned document with stray signs
FAULTS = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


def read(file: IO[bytes], limits: Limits) -> Text:
    """Return the text by pages, without what runs at their heads and feet.

    A document of pictures gives a text without parts.
    """
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(PROTECTED)
        count = len(reader.pages)
        pages = [list(_lines(reader.pages[place])) for place in range(min(count, limits.pages))]
        language = str(reader.root_object.get("/Lang") or "")[:2].lower()
    except LimitReachedError as error:
        raise DocumentError(TOO_LARGE) from error
    except FAULTS as error:
        raise DocumentError(BROKEN) from error
    if sum(len(line.text) for page in pages for line in page) < TOO_FEW * max(len(pages), 1):
        return Text((), language)
    return held(_parts(pages), limits, language, is_cut=count > limits.pages)


def _parts(pages: list[list[Line]]) -> list[Part]:
    kept = [lone_marks_joined(page) for page in without_running(pages)]
    every = [line for page in kept for line in page]
    sizes, leading = heading_sizes(every), common_leading(kept)
    parts = []
    for number, page in enumerate(kept, start=1):
        blocks = joined(blocks_of(page, sizes, leading))
        is_titled = bool(blocks) and blocks[0].kind == HEADING
        title = blocks[0].text if is_titled else ""
        parts.append(Part(PAGE, number, title, blocks[1:] if is_titled else blocks))
    return parts


def _lines(page: Any) -> Iterator[Line]:
    """Yield the lines of a page in the order in which it draws them."""
    pieces: list[tuple[str, float, float]] = []

    def take(text: str, cm: Any, tm: Any, _font: Any, size: Any) -> None:
        if text:
            drawn = abs(float(size) * float(tm[3] or 1) * float(cm[3] or 1))
            pieces.append((text, round(drawn, 1), float(tm[5]) * float(cm[3]) + float(cm[5])))

    page.extract_text(visitor_text=take)
    if not pieces and (contents := page.get_contents()) is not None:
        contents.get_data()  # which tells a bomb, passed over above, from a page of pictures
    said: list[tuple[str, float, float]] = []
    for text, size, height in pieces:
        first, *others = text.split("\n")
        said.append((first, size, height))
        for other in others:
            yield from _line(said)
            said = [(other, size, height)]
    yield from _line(said)


def _line(said: list[tuple[str, float, float]]) -> Iterator[Line]:
    drawn = [piece for piece in said if piece[0].strip()]
    if drawn:
        _text, size, height = max(drawn, key=lambda piece: len(piece[0]))
        yield Line("".join(piece[0] for piece in said), size, height)
