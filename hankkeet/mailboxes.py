"""E-mail addresses and phone numbers in free text, kept from those who gather them.

Nobody can tell a person's address from a unit's by its looks. So every address in free text is
written as registers here write it, `etunimi.sukunimi(at)kunta.fi`, and leads nowhere; a unit's box
that people are to write to has its own field, which becomes a link.
"""

import re
from html import unescape

HIDDEN_PHONE = "…"
_TAGS = r"(?:</?(?:strong|em)>)*+"
_AT = re.compile(rf"(?<=[^\s>/(@])({_TAGS})[@＠](?={_TAGS}[\w-])")
_MAIL_LINK = re.compile(r'<a href="mailto:([^"?]*+)[^"]*+">(.*?)</a>', re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r'(<a href=")([^"]*+)(")')
_HOST = re.compile(r"[a-z]+:/*+[^/?#]*+")
# Begins with 0 or a country's code, seven digits at least; a business id (0123456-7) is none.
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?!\d{7}-\d\b)(?:\+\d{1,3}|\(?0\d{1,3}\)?)(?:[ \u00a0/-]{0,2}\d){5,10}(?![\w/])"
)


def hidden(text: str) -> str:
    """Return plain text with its e-mail addresses written with (at)."""
    return _AT.sub(r"\1(at)", text)


def hidden_in_html(html: str) -> str:
    """Return cleaned rich text with its addresses written with (at), and no link to a mailbox.

    An address that only a link knew is written beside the link's words. In other links, the
    addresses that they carry are written so that they still lead where they did.
    """
    pieces = re.split(r"(<a [^>]*+>)", _MAIL_LINK.sub(_written_out, html))
    return "".join(
        _LINK.sub(_disarmed, piece) if piece.startswith("<a ") else hidden(piece)
        for piece in pieces
    )


def without_phones(text: str) -> str:
    """Return plain text with its phone numbers left out, for lists; sums and dates stay."""
    return _PHONE.sub(HIDDEN_PHONE, text)


def _written_out(link: re.Match[str]) -> str:
    address, words = link.group(1).replace("%40", "@"), link.group(2)
    plain = unescape(re.sub(r"<[^>]*+>", "", words))
    return words if unescape(address) in plain or not address else f"{words} ({address})"


def _disarmed(link: re.Match[str]) -> str:
    host = _HOST.match(link.group(2))
    start = host.end() if host else 0
    address = link.group(2)
    rest = re.sub(r"(?<=[\w.+%-])@(?=[\w-])", "%40", address[start:])
    return f"{link.group(1)}{address[:start]}{rest}{link.group(3)}"
