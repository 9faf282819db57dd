"""Which lines are titles of work packages, and which texts are torn from their beginning."""

import re

from seuranta.report import BULLET

LONGEST_HEADING = 300
LONGEST_BARE = 110
KINDS = (
    "työpaketti|tavoite|päätavoite|osatavoite|osahanke|osa-alue|osakokonaisuus|kokonaisuus|"
    "tehtäväkokonaisuus|teema|painopiste|päämäärä|hankeosio|osio|kehittämiskohde|tp|wp|"
    "work package|goal|objective|arbetspaket|mål|delprojekt"
)
NUMBERED = re.compile(
    rf"(?P<word>{KINDS})\s*[.:]?\s*(?:\d{{1,3}}(?:\.\d{{1,2}})?|[ivx]{{1,5}}|[a-zåäö])"
    r"(?=\s*[.:)–—-]|\s+[A-ZÅÄÖ0-9(”\"]|\s*$)",
    re.IGNORECASE,
)
NAMED = re.compile(rf"(?P<word>{KINDS})\s*[:–—-]\s+(?=\S)", re.IGNORECASE)
# Words by which a measure begins: verbs in the passive or in the first person plural, and the
# nouns made of verbs in its first words.
DOING = re.compile(r"[^\W\d_]+(?:t[aä]{2}n|d[aä]{2}n|[lrn][aä]{2}n|mme)\b", re.IGNORECASE)
DEED = re.compile(r"\b[^\W\d_]{3,}minen\b", re.IGNORECASE)
PAGE = re.compile(r"(?:sivu|page|sida|s\.)?\s*\d+\s*(?:[(/]\s*\d+\s*\)?)?$", re.IGNORECASE)
DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}")  # a title of work tells no day
CAPTION = re.compile(r"(?:taulukko|kuva|kuvio|liite|lähde|huom|table|figure)\b", re.IGNORECASE)
HAS_WORD = re.compile(r"\w")


def has_words(text: str) -> bool:
    """Tell whether there is anything to read: a ruling of dashes is no text."""
    return bool(HAS_WORD.search(text))


def word_of(text: str) -> str:
    """Return the word by which a title calls its work package ("Työpaketti"), "" without one."""
    found = NUMBERED.match(text) or NAMED.match(text)
    return found["word"].capitalize() if found else ""


def is_named_heading(text: str) -> bool:
    """Tell whether a text says itself that it is a title: ``Työpaketti 4: …``, ``TAVOITE 5.``"""
    return len(text) <= LONGEST_HEADING and "\n" not in text and bool(word_of(text))


def is_bare_heading(text: str) -> bool:
    """Tell whether a short line may be a title though it does not say so.

    A sentence ends in a full stop; a measure says what is done.
    """
    if "\n" in text or len(text) > LONGEST_BARE or text.startswith(BULLET):
        return False
    if not text[0].isupper() or text.endswith((".", ",", ";", "!", "?")):
        return False
    if PAGE.match(text) or CAPTION.match(text) or DAY.search(text):
        return False
    first, _, _ = text.partition(" ")
    return not DOING.fullmatch(first) and not DEED.search(text)


def begins_midway(text: str) -> bool:
    """Tell whether a text looks torn from its beginning: by a small letter, or within a list."""
    return text.startswith(BULLET) or text[:1].islower() or text[:1] in ",;)"


def joined(before: str, after: str) -> str:
    """Put two parts of a torn text together."""
    if not before or not after:
        return before or after
    between = " " if after[:1].islower() or after[:1] in ",;)" else "\n"
    return f"{before}{between}{after}"
