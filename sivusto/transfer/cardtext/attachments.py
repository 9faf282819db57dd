"""Attachments and logos: rows of a title, a link or a file name, and a size."""

import re
from collections.abc import Iterator, Sequence
from math import ceil

from sivusto.transfer.cardtext.cleaning import LINK_END, LINK_START, cells, squeeze
from sivusto.transfer.cardtext.model import AttachmentText

_LINK = re.compile(f"{LINK_START}([^{LINK_END}]*){LINK_END}?")
_SIZE = re.compile(
    r"(\d[\d \xa0]*(?:[.,]\d+)?)[ \xa0]?(kt|kb|mt|mb|gt|gb|t|tavua|b)\.?", re.IGNORECASE
)
_SIZE_AT_END = re.compile(rf"\s\(?({_SIZE.pattern})\)?$", re.IGNORECASE)
_FILE = re.compile(r".*\.[A-Za-z][A-Za-z0-9]{1,4}$")
# A file's name may end in loose figures: "loppuraportti 1610 2015.pdf".
_FILE_AT_END = re.compile(r"((?:\S*[^\W\d_]\S* (?:\d+ )*\d+|\S+)\.[A-Za-z][A-Za-z0-9]{1,4})$")
_URL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_URL_AT_END = re.compile(r":? ((?:https?://|www\.)\S+)$", re.IGNORECASE)
_LINK_WORDS = ("linkki", "link", "avaa")
_IN_KT = {"k": 1024, "m": 1024**2, "g": 1024**3, "t": 1, "b": 1}


def attachments(lines: Sequence[str]) -> tuple[AttachmentText, ...]:
    """Read one attachment a line; a line with only a link or a size completes the one before."""
    found: list[AttachmentText] = []
    for line in _one_each(lines):
        row = _row(line)
        if row is None:
            continue
        last = found[-1] if found else None
        if last and not row.title and _completes(last, row):
            url = row.url if row.url else last.url
            size = last.size_kt if row.size_kt is None else row.size_kt
            found[-1] = AttachmentText(last.title, row.file or last.file, size, url)
        else:
            found.append(row)
    named = (_named(row) for row in found)
    return tuple(row for row in named if row.title)


def _one_each(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines; one that holds several attachments is cut behind each link and size."""
    for line in lines:
        start: list[str] = []
        for cell in re.split(r"(?<=\S)(?:[ \xa0]{2,}|[ \xa0]*\t[ \t\xa0]*)(?=\S)", line):
            text = squeeze(cell)
            start.append(cell)
            if text.lower() in _LINK_WORDS or _SIZE.fullmatch(text.strip("()")):
                yield "\t".join(start)
                start = []
        if start:
            yield "\t".join(start)


def _completes(last: AttachmentText, row: AttachmentText) -> bool:
    if row.file:
        return not last.file and not last.url and last.size_kt is None
    return not (row.url and last.url) and not (row.size_kt is not None and last.size_kt is not None)


def _named(row: AttachmentText) -> AttachmentText:
    """Let the file's name or the address stand for a missing title."""
    title = row.title or row.file or row.url
    return AttachmentText(title, row.file, row.size_kt, row.url)


def _row(line: str) -> AttachmentText | None:
    """Read one line; None where it holds nothing. A link without title or address is dropped."""
    title, file, url, size = "", "", "", None
    linked = False
    for cell in _split(line):
        address = _LINK.search(cell)
        if address and not address.group(1).startswith("img:"):
            url, linked = address.group(1), True
        text = squeeze(cell)
        if not text or text in ("*", "-", "–") or text.startswith("©"):
            continue
        if text.lower() in _LINK_WORDS:
            linked = True
        elif _SIZE.fullmatch(text.strip("()")):
            size = size_kt(text.strip("()"))
        elif _URL.match(text):
            url, linked = url or text, True
        elif _FILE.match(text):
            title, file = f"{title} {file}".strip(), text
        else:
            title = f"{title} {text}".strip()
    if not (title or file or url or linked or size is not None):
        return None
    return AttachmentText(title, file, size, url)


def _split(line: str) -> list[str]:
    """Split a row into cells; a row with single blanks is cut at its size, link and file name."""
    parts = cells(line)
    if not parts:
        return []
    *parts, rest = parts
    tail: list[str] = []
    size = None if _SIZE.fullmatch(rest.strip("()")) else _SIZE_AT_END.search(rest)
    if size:
        rest, tail = rest[: size.start()].strip(), [size.group(1)]
    address = _URL_AT_END.search(rest)
    if rest.endswith(" Linkki"):
        rest, tail = rest[: -len(" Linkki")], ["Linkki", *tail]
    elif address:
        rest, tail = rest[: address.start()], [address.group(1), *tail]
    name = None if parts else _FILE_AT_END.search(rest)
    if name and size and name.start():
        return [rest[: name.start()].strip(), name.group(1), *tail]
    return [*parts, rest, *tail]


def size_kt(text: str) -> int | None:
    """Return a size in units of 1024 bytes, rounded up as the old register did."""
    match = _SIZE.fullmatch(text.strip())
    if not match:
        return None
    number = float(re.sub(r"[ \xa0]", "", match.group(1)).replace(",", "."))
    return ceil(number * _IN_KT[match.group(2)[0].lower()] / 1024)


def logos(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the logos' file names, alternative texts or words."""
    found: list[str] = []
    for line in lines:
        found += [mark[4:].strip() for mark in _LINK.findall(line) if mark.startswith("img:")]
        found += [squeeze(cell) for cell in cells(line)]
    kept = (entry for entry in found if entry.strip("*-– ") and not entry.startswith("©"))
    return tuple(dict.fromkeys(kept))
