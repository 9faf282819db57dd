"""TXT and CSV: text without any format."""

import csv
import io
import re

from sivusto.documents.cutting import chapters, held, tidied
from sivusto.documents.model import SHEET, Limits, Part, Text, paragraph, table_of

BETWEEN = re.compile(r"\n\s*\n")
SEPARATORS = ";,\t"


def read_text(data: bytes, limits: Limits) -> Text:
    """Return the paragraphs of a text, which blank lines part."""
    pieces = (tidied(piece) for piece in BETWEEN.split(decoded(data)))
    return held(chapters(paragraph(piece) for piece in pieces if piece), limits)


def read_table(data: bytes, limits: Limits) -> Text:
    """Return a text table, whichever of its usual separators it has most on its first line."""
    text = decoded(data)
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    table = table_of(([tidied(cell) for cell in row] for row in rows), has_head=True)
    return held([Part(SHEET, 1, "", (table,))] if table else [], limits)


def decoded(data: bytes) -> str:
    """Return a text that is UTF-8 or, if it cannot be, Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
