"""Text made safe to read: one kind of line end, no invisible characters."""

import re
import unicodedata

# Marks that page.py puts around a link's address; clean() removes them from what people send.
LINK_START, LINK_END = "\ue000", "\ue001"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\ue000\ue001\x7f-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
_BULLETS = re.compile("[\uf0a7\uf0b7\uf0d8\u2022\u25aa\u25cf\u25e6]")
_QUOTE = re.compile(r"^[ \t]*> ?", re.MULTILINE)
_TABLE_ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*$")
_LINK = re.compile(f"{LINK_START}[^{LINK_END}]*{LINK_END}?")


def clean(text: str) -> str:
    """Return the text composed (NFC), with `\\n` line ends and without invisible characters."""
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _SPACES.sub("\xa0", text)
    # Word's symbol fonts arrive as private-use characters that no other font can show.
    text = _BULLETS.sub("•", text)
    return unicodedata.normalize("NFC", text)


def unframed(text: str) -> str:
    """Return the text without the marks that a mail or a note puts round it.

    Those are "> " before all its lines but a few, and rows of cells between upright strokes,
    which become tabs.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = sum(line.lstrip().startswith(">") for line in lines)
    if quoted > 3 and quoted > 0.8 * len(lines):
        text = _QUOTE.sub("", text)
    rows = sum(bool(_TABLE_ROW.match(line)) for line in lines)
    if rows < 3:
        return text
    return "\n".join(_cells_by_tabs(line) for line in text.split("\n"))


def _cells_by_tabs(line: str) -> str:
    row = _TABLE_ROW.match(line)
    return "\t".join(cell.strip() for cell in row.group(1).split("|")) if row else line


def squeeze(text: str) -> str:
    """Return the text with every run of white space as one plain space, link marks removed."""
    return " ".join(_LINK.sub("", text).split())


def cells(line: str) -> list[str]:
    """Split a line at tabs and at runs of two or more spaces of any kind; drop empty cells."""
    parts = re.split(r"[ \xa0]*\t[ \t\xa0]*|[ \xa0]{2,}", line)
    return [part.strip() for part in parts if part.strip()]
