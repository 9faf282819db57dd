"""Names of organisations: genitive to nominative, abbreviations to full names. No gazetteer."""

import re
from functools import lru_cache

# Genitive ending of a common head → its nominative. Longer endings first.
_PLURAL_HEADS = (
    ("kaupunkien", "kaupungit"),
    ("kuntayhtymien", "kuntayhtymät"),
    ("kuntien", "kunnat"),
    ("kunnilta", "kunnat"),
    ("ministeriöiden", "ministeriöt"),
    ("piirien", "piirit"),
    ("liittojen", "liitot"),
    ("keskusten", "keskukset"),
    ("keskuksien", "keskukset"),
    ("yliopistojen", "yliopistot"),
    ("korkeakoulujen", "korkeakoulut"),
    ("virastojen", "virastot"),
    ("laitosten", "laitokset"),
    ("yritysten", "yritykset"),
    ("yrityksien", "yritykset"),
    ("yhdistysten", "yhdistykset"),
    ("järjestöjen", "järjestöt"),
    ("säätiöiden", "säätiöt"),
    ("oppilaitosten", "oppilaitokset"),
    ("kumppanien", "kumppanit"),
    ("kumppaneiden", "kumppanit"),
    ("rahoittajien", "rahoittajat"),
    ("toteuttajien", "toteuttajat"),
    ("osallistujien", "osallistujat"),
    ("osapuolten", "osapuolet"),
    ("toimijoiden", "toimijat"),
    ("palveluiden", "palvelut"),
    ("palvelujen", "palvelut"),
    ("koulujen", "koulut"),
    ("seurojen", "seurat"),
    ("tahojen", "tahot"),
)
_HEADS = (
    ("kaupungin", "kaupunki"),
    ("kunnan", "kunta"),
    ("yhtymän", "yhtymä"),
    ("ministeriön", "ministeriö"),
    ("piirin", "piiri"),
    ("liiton", "liitto"),
    ("keskuksen", "keskus"),
    ("yliopiston", "yliopisto"),
    ("koulun", "koulu"),
    ("viraston", "virasto"),
    ("laitoksen", "laitos"),
    ("yrityksen", "yritys"),
    ("yhdistyksen", "yhdistys"),
    ("hallituksen", "hallitus"),
    ("hallinnon", "hallinto"),
    ("järjestön", "järjestö"),
    ("säätiön", "säätiö"),
    ("ohjelman", "ohjelma"),
    ("rahaston", "rahasto"),
    ("valtion", "valtio"),
    ("unionin", "unioni"),
    ("neuvoston", "neuvosto"),
    ("yhtiön", "yhtiö"),
    ("konsernin", "konserni"),
    ("toimen", "toimi"),
    ("pankin", "pankki"),
    ("komission", "komissio"),
    ("maan", "maa"),
    ("seudun", "seutu"),
    ("hankkeen", "hanke"),
    ("rahan", "raha"),
    ("rahoituksen", "rahoitus"),
    ("tuen", "tuki"),
    ("akatemian", "akatemia"),
    ("avustuksen", "avustus"),
    ("tahon", "taho"),
)
_BASES = dict((*_PLURAL_HEADS, *_HEADS))
# The leftmost match is the longest ending.
_ENDING = re.compile(rf"(?:{'|'.join(_BASES)})$", re.IGNORECASE)
_PRONOUNS = {"muiden": "muut", "muitten": "muut", "kaikkien": "kaikki", "useiden": "useat"}
_FROM_ENDING = re.compile(r"(?<=\w{4})(?:lt[aä]|st[aä])$")
_CASE_ENDING = re.compile(r"(?:lt[aä]|ll[eaä]|st[aä]|ss[aä])$")
_ACRONYM = re.compile(r"^((?:[\w-]*[A-ZÅÄÖ0-9]\+?)):\w{1,4}$")
_CAPS_WITH_ENDING = re.compile(r"^([A-ZÅÄÖ]{2,})(?:in|n|ilt[aä]|ill[aä]|ille|lt[aä]|ll[aä]|lle)$")


@lru_cache(maxsize=8192)
def nominative(text: str) -> str:
    """Return a funder named in the genitive as it is named alone; what is not known stays."""
    words = text.split()
    if not words:
        return ""
    given = words[-1]
    last, plural = _head(given, proper=all(word[0].isupper() for word in words))
    words[-1] = last
    if plural:
        words[:-1] = _agreeing(words[:-1])
    elif last != given:
        words[:-1] = [_adjective(word) for word in words[:-1]]
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def _head(word: str, *, proper: bool) -> tuple[str, bool]:
    """Return the nominative of the last word, and whether it is plural."""
    for pattern in (_ACRONYM, _CAPS_WITH_ENDING):
        match = pattern.match(word)
        if match:
            return match.group(1), False
    for form in (word, _CASE_ENDING.sub("n", word)):
        match = _ENDING.search(form)
        if match:
            base = _BASES[match.group().lower()]
            return form[: match.start()] + _cased(base, form), base.endswith("t")
    if proper:
        return _proper_name(_FROM_ENDING.sub("n", word)), False
    return word, False


def _cased(base: str, form: str) -> str:
    """Keep a capital where the ending is the whole word."""
    return base.capitalize() if len(form) <= len(base) + 3 and form[0].isupper() else base


def _proper_name(word: str) -> str:
    """Undo the genitive of a capitalised name where the rule is plain (Sitran, Tekesin)."""
    if word.endswith("gin"):
        return word[:-3] + "ki"
    if word.endswith("een"):
        return word[:-2]
    if word.endswith("esin"):
        return word[:-2]
    if len(word) > 4 and re.search(r"[aeouyäö]n$", word):
        return word[:-1]
    return word


def same_place(name: str, genitive: str) -> bool:
    """Tell whether a place is the one in the genitive: Vaara–Vaaran, Muhos–Muhoksen.

    The forms may part only in their last letters, which gradation and the ending change.
    """
    one, other = name.casefold(), genitive.casefold()
    if nominative(genitive).casefold() == one:
        return True
    alike = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    ends = other.endswith("n") and 0 < len(other) - alike <= 4
    return ends and alike >= max(2, len(one) - 3)


def _agreeing(words: list[str]) -> list[str]:
    """Put the attributes of a plural genitive into the nominative (muiden → muut)."""
    return [_agreeing_word(word) for word in words]


def _agreeing_word(word: str) -> str:
    lower = word.lower()
    if lower in _PRONOUNS:
        return _PRONOUNS[lower]
    if lower.endswith("vien"):
        back = re.search("[aou]", lower)
        return word[:-4] + ("vat" if back else "vät")
    return word[:-4] + "set" if lower.endswith("sten") else word


def _adjective(word: str) -> str:
    return word[:-3] + "nen" if word[:1].islower() and word.endswith("isen") else word


_CONNECTORS = {"ja", "sekä", "ry", "oy", "ab", "oyj", "ry.", "the", "of", "and"}
_VOWELS = set("aeiouyåäö")
_ABBREVIATION = re.compile(r"[A-ZÅÄÖ][\wÅÄÖåäö]{1,9}")
_BETWEEN_WORDS = re.compile(r"[\s\-–,/.]+")


def is_abbreviation(name: str) -> bool:
    """Tell whether the name has the shape of an abbreviation: one short word with a capital."""
    return bool(_ABBREVIATION.fullmatch(name.strip()))


@lru_cache(maxsize=32_768)
def matches_abbreviation(short: str, long: str) -> bool:
    """Tell whether `short` can stand for `long`: its letters begin the words in order.

    In the last word letters may also begin inner syllables (terveysministeriö → TM), since
    Finnish compounds are one word. Every word must give a letter, and all letters are used.
    """
    short = short.strip()
    if short.casefold() == long.strip().casefold():
        return bool(short)
    if not _ABBREVIATION.fullmatch(short):
        return False
    parts = [part for part in _BETWEEN_WORDS.split(long.casefold()) if part]
    words = [part for part in parts if part not in _CONNECTORS]
    if not 2 <= len(words) <= 8 or len(short) < len(words):
        return False
    return _fits(short.casefold(), words)


def _fits(letters: str, words: list[str]) -> bool:
    word, rest = words[0], words[1:]
    if not rest:
        return _fits_compound(letters, word)
    longest = min(len(letters) - len(rest), len(word), 4)
    return any(
        letters[:size] == word[:size] and _fits(letters[size:], rest)
        for size in range(1, longest + 1)
    )


def _fits_compound(letters: str, word: str) -> bool:
    """Match the first letters with the word's start, each other one with a later syllable."""
    for size in range(min(len(letters), 4), 0, -1):
        if letters[:size] == word[:size] and _fits_syllables(letters[size:], word, size):
            return True
    return False


def _fits_syllables(letters: str, word: str, start: int) -> bool:
    if not letters:
        return True
    for place in range(max(start, 2), len(word) - 1):
        begins = word[place] not in _VOWELS and word[place + 1] in _VOWELS
        if begins and word[place] == letters[0] and _fits_syllables(letters[1:], word, place + 2):
            return True
    return False
