"""Sessions in which a person stands, such as card texts that wait for their import's approval."""

import base64
import binascii
import zlib

from django.contrib.sessions.models import Session

from sivusto.privacy.person import Person
from sivusto.privacy.places import strings

MOST_BYTES = 20 * 1024 * 1024


def sessions_with(person: Person) -> list[str]:
    """Return the keys of the sessions whose contents, packed ones too, name the person."""
    return [
        session.session_key
        for session in Session.objects.iterator(500)
        if any(person.is_in(_opened(text)) for text in strings(session.get_decoded()))
    ]


def _opened(text: str) -> str:
    """Return the text, unpacked if it is packed as uploads are."""
    try:
        packed = base64.b64decode(text, validate=True)
        return zlib.decompressobj().decompress(packed, MOST_BYTES).decode(errors="replace")
    except (binascii.Error, zlib.error, ValueError):
        return text
