"""Cutting text into words, and written-together words into their pieces."""

import re
import unicodedata


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


# A word may hold colons, apostrophes, dots and hyphens inside it, and end or begin in a hyphen.
TOKEN = re.compile(r"[^\W_]+(?:[:'’.‑-][^\W_]+)*[‑-]?|[‑-][^\W_]+")
ENDING = (
    r"ssa|ssä|sta|stä|lla|llä|lle|lta|ltä|iin|ien|ään|aan|hin|han|hön|tta|ttä|nä|na|ksi|"
    r"an|än|en|in|on|ön|un|yn|ta|tä|it|n|a|ä|t|s"
)
INFLECTED_SHORT = re.compile(rf"^(.+?)[:’'](?:{ENDING})$")
GLUED_HYPHEN = re.compile(r"(?<=\w)[‑-](ja|tai|sekä) (?=\w)")
CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
NUMBERED = re.compile(r"(?<=[A-Za-zÅÄÖåäö]{3})(?=\d)")
INNER_SIGN = re.compile(r"[-‑.:'’]")
CODE = re.compile(r"[^\W_]+(?:[/.-][^\W_]+)*/[^\W_]+(?:[/.-][^\W_]+)*")
TERM = re.compile(r"\w{1,80}")
CONJUNCTIONS = frozenset({"ja", "tai", "sekä", "eli", "och", "eller", "and", "or"})
# Words so common that a reader who types them with others does not look for them.
FUNCTION_WORDS = words_of(
    """
    ja tai sekä eli että on oli ei ovat joka jotka mikä mitä kun kuin jos myös mutta niin se ne
    och eller att det den en ett är som för med av på till i
    the a an of and or to in for with is are on at by
    """
)


def normal(text: str) -> str:
    """Return the text in composed form, soft hyphens and zero-width signs left out.

    The hyphen that some word processors glue to a conjunction ("sosiaali-ja") is set free.
    """
    composed = unicodedata.normalize("NFC", re.sub("[\u00ad\u200b\u200c\u200d\ufeff]", "", text))
    return GLUED_HYPHEN.sub(r"- \1 ", composed)


def pieces(raw: str) -> list[str]:
    """Return a token's pieces in lower case.

    STM:n is stm, OuluHealth oulu and health, Oulu2026 oulu and 2026; 6Aika stays whole.
    """
    match = INFLECTED_SHORT.match(raw)
    found = []
    for piece in INNER_SIGN.split(match.group(1) if match else raw):
        found += NUMBERED.sub(" ", CAMEL.sub(" ", piece)).lower().split()
    return [piece for piece in found if TERM.fullmatch(piece)]


def is_hyphen(sign: str) -> bool:
    """Tell whether the sign is a hyphen, breaking or not."""
    return sign in ("-", "‑")
