"""Text that the shipped font can draw, and the words that hyphenation must treat apart."""

import html as entities
import re
import unicodedata
from collections.abc import Callable, Iterator

from sivusto.card.printing.fonts import covered_letters
from sivusto.card.printing.limits import INLINE_ELEMENTS
from sivusto.card.printing.markup import Kind, pieces

MISSING = "□"
SOFT_HYPHEN = "\u00ad"
# Drawn as nothing or as a break by every font.
WITHOUT_A_GLYPH = frozenset("\t\n\r\f" + SOFT_HYPHEN + "\u2060")

_WORD = re.compile(r"[^\W\d_]+")
_SOFT_HYPHENATED = re.compile(rf"[^\W\d_]++(?:{SOFT_HYPHEN}+[^\W\d_]++)++")
_GLUE = re.compile("[\u00a0\u2007\u202f]")
_UNBROKEN = re.compile(r"[^ \t\n\r\f]{100,}+")
_ADDRESS = re.compile(r"@|://|\(at\)|www\.", re.IGNORECASE)


def printable_text(html: str) -> str:
    """Return the HTML with every character that the font lacks replaced; the tags stay.

    A look-alike made of letters that it has comes first (a full-width "Ａ" becomes "A", "①"
    becomes "1"); what is left, such as an emoji or Chinese, becomes a square, one for a whole
    emoji sequence. Invisible characters that steer other scripts are dropped. A missing glyph
    would make the PDF break PDF/UA. Doing it twice changes nothing more.
    """
    return _replace_text(html, _drawable)


def loosened_text(html: str) -> str:
    """Return the HTML with plain spaces in paragraphs that no-break ones make unbreakable.

    Text copied from a web page may hold no other spaces. To find where such a paragraph breaks
    takes time in the square of its length, and it would break in the middle of words.
    """
    written: list[str] = []
    texts: list[int] = []
    for piece in pieces(html):
        if piece.kind is Kind.TEXT:
            texts.append(len(written))
        elif piece.kind is not Kind.OTHER and piece.name not in INLINE_ELEMENTS:
            _loosen(written, texts)
            texts = []
        written.append(piece.raw)
    _loosen(written, texts)
    return "".join(written)


def _loosen(written: list[str], texts: list[int]) -> None:
    whole = entities.unescape("".join(written[place] for place in texts))
    if any(_GLUE.search(stretch) for stretch in _UNBROKEN.findall(whole)):
        for place in texts:
            loose = _GLUE.sub(" ", entities.unescape(written[place]))
            written[place] = entities.escape(loose, quote=False)


def take_hyphens(html: str) -> tuple[str, dict[str, tuple[int, ...]]]:
    """Return the HTML without soft hyphens, and the words that break only at given points.

    A soft hyphen left in the text would switch automatic hyphenation off around it and be
    copied from the PDF. Words of web and mail addresses get no points at all.
    """
    exceptions: dict[str, tuple[int, ...]] = {}

    def take(text: str) -> str:
        for chunk in text.split():
            if _ADDRESS.search(chunk):
                exceptions.update({word.lower(): () for word in _WORD.findall(chunk)})
        for found in _SOFT_HYPHENATED.findall(text):
            exceptions[found.replace(SOFT_HYPHEN, "").lower()] = tuple(_points(found))
        return text.replace(SOFT_HYPHEN, "")

    return _replace_text(html, take), exceptions


def _points(word: str) -> Iterator[int]:
    at = 0
    for part in word.split(SOFT_HYPHEN)[:-1]:
        at += len(part)
        if part:
            yield at


def _replace_text(html: str, replace: Callable[[str], str]) -> str:
    written = []
    for piece in pieces(html):
        if piece.kind is not Kind.TEXT:
            written.append(piece.raw)
            continue
        text = entities.unescape(piece.raw)
        replaced = replace(text)
        unchanged = replaced == text
        written.append(piece.raw if unchanged else entities.escape(replaced, quote=False))
    return "".join(written)


def _drawable(text: str) -> str:
    if text.isascii() and (text.isprintable() or not _lacking(text)):
        return text
    text = unicodedata.normalize("NFC", text)
    return "".join(_pieces_drawn(text)) if _lacking(text) else text


def _lacking(text: str) -> set[str]:
    return {c for c in set(text) if ord(c) not in covered_letters() and c not in WITHOUT_A_GLYPH}


def _pieces_drawn(text: str) -> Iterator[str]:
    lacking = _lacking(text)
    joined = False
    for character in text:
        if character not in lacking:
            joined = False
            yield character
        elif character == "\u200d":
            joined = True
        elif not _is_invisible(character) and not joined:
            yield _look_alike(character)
        else:
            joined = False


def _is_invisible(character: str) -> bool:
    """Tell of control and format characters, variation selectors, skin tones and stray marks."""
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me"}
        or 0x1F3FB <= ord(character) <= 0x1F3FF
    )


def _look_alike(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and not _lacking(plain) else MISSING
