"""Text tables: in the encodings and with the separators that spreadsheets write."""

import csv
import io
import re
from collections.abc import Iterator

from sivusto.transfer.tablefile.model import TableError

SEPARATORS = ";,\t"
LONGEST_CELL = 1_000_000
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def rows_of_text(data: bytes) -> Iterator[list[str | None]]:
    """Yield the rows of a text table, empty cells as None.

    Raises TableError for what is no text, or has a quote that never ends.
    """
    text = decoded(data)
    separator, text = _declared(text)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or separator_of(text))
    try:
        for row in reader:
            yield [cell or None for cell in row]
    except csv.Error as error:
        raise TableError(
            f"Rivin {reader.line_num} paikkeilla on jotakin, mikä ei ole taulukkoa. Tallenna "
            "tiedosto uudelleen muodossa XLSX tai ”CSV UTF-8”."
        ) from error


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252."""
    for encoding in (_wide(data) or "utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROLS.search(text):
            return text
    raise TableError("Tiedosto ei ole taulukko. Tallenna se muodossa XLSX tai CSV.")


def _wide(data: bytes) -> str:
    """Return the encoding of a text whose letters take two bytes each, "" for another."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:200]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > len(zeros) // 2:  # as in a text of mostly Latin letters
            return encoding
    return ""


def separator_of(text: str) -> str:
    """Return the separator that the first row that says something has most of, outside quotes."""
    lines = (line for line in text.splitlines() if line.strip())
    bare = "".join(next(lines, "").split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def _declared(text: str) -> tuple[str, str]:
    """Return the separator of Excel's own first line ``sep=;`` and the text after it."""
    first, _newline, rest = text.partition("\n")
    first = first.strip().lower()
    is_declared = first.startswith("sep=") and first[4:] in tuple(SEPARATORS)
    return (first[4:], rest) if is_declared else ("", text)
