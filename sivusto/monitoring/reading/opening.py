"""A file or a pasted text to tables and loose lines; every failure is told in Finnish."""

import json
import re
import subprocess
import sys
from pathlib import Path

from sivusto.monitoring.reading.blocks import Block, UnreadableError, from_data
from sivusto.monitoring.reading.separated import read_separated
from sivusto.monitoring.reading.webpage import read_webpage
from sivusto.transfer.cardtext.decoding import decode

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_TEXT = 5 * 1024 * 1024
SECONDS = 20
ROOT = Path(__file__).resolve().parents[3]
IS_PAGE = re.compile(r"<(?:html|table|body|!doctype)\b", re.IGNORECASE)
HARD = "Tiedostoa ei saatu luettua ajassa. Kopioi taulukko siitä ja liitä tekstinä."
TYPES = "Tuo Word- (.docx), Excel- (.xlsx), HTML-, CSV- tai TSV-tiedosto tai liitä taulukko."


def blocks_of(data: bytes) -> list[Block]:
    """Return what stands in a file of any kind that we know, told by its contents.

    Raises UnreadableError with the reason. Office files are opened in a process of their own.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableError(f"Tiedosto on liian suuri (yli {LARGEST_FILE // 1024**2} Mt).")
    if data.startswith(b"PK\x03\x04"):
        return _in_child("docx" if b"word/" in data else "xlsx", data)
    text, messages = decode(data)
    if not text:
        reason = messages[0] if messages else "Tiedosto on tyhjä."
        raise UnreadableError(f"{reason.partition('. ')[0].rstrip('.')}. {TYPES}")
    return text_blocks(text)


def text_blocks(text: str) -> list[Block]:
    """Return what stands in a text: a page, or cells told apart by tabs or the like."""
    if len(text) > LARGEST_TEXT:
        raise UnreadableError(f"Teksti on liian pitkä (yli {LARGEST_TEXT // 1024**2} Mt).")
    # Cells with HTML in them are not a page: in a page the tags come before the first tab.
    page = IS_PAGE.search(text)
    return read_webpage(text) if page else read_separated(text)


def _in_child(kind: str, data: bytes) -> list[Block]:
    command = [sys.executable, "-m", "sivusto.monitoring.reading.child", kind, str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=data, capture_output=True, timeout=SECONDS * 2, check=False, cwd=ROOT
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise UnreadableError(HARD) from error
    if "problem" in answer:
        raise UnreadableError(answer["problem"])
    return from_data(answer["blocks"])
