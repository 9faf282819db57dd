"""Names in a form that compares: the same thing written twice gets the same key."""

import re
import unicodedata
from functools import lru_cache

from sivusto.transfer.cardtext.cleaning import squeeze

_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_PROGRAMME = re.compile(r"[ -]?ohjelma$")


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return the name without case, kinds of dash and blank, and punctuation at its ends."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name))
    words = squeeze(_DASHES.sub("-", visible)).casefold()
    return re.sub(r" ?/ ?", "/", words).strip(" ,.;:-*")


def programme_key(name: str) -> str:
    """Return the key of a programme, the same with and without the word ``-ohjelma``."""
    key = name_key(name)
    return _PROGRAMME.sub("", key) or key


def slug_forms(name: str) -> set[str]:
    """Return the name with each way of writing its dashes, as slugs may have been made of it."""
    return {name, _DASHES.sub("-", name), re.sub(r"[\u2010-\u2015\u2212-]", "", name)}
