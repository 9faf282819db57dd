"""Finnish hyphenation by rule, given to pyphen (which has no Finnish) as a dictionary.

A line may break before the last consonant of a run that a vowel follows, and between two vowels
that cannot share a syllable; never inside a diphthong or a long vowel. Where the second part of
a compound begins with a vowel or a cluster the rule alone steals a letter from the first part
("kaupungi-nosa"): the frequent such places are listed as marks.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import pyphen

LANGUAGE = "fi"
SHORTEST_SIDE = 2
LONGEST_WORD = 120
# Six capitals or fewer are an abbreviation; more are a word in a heading.
LONGEST_ABBREVIATION = 6

VOWELS = "aeiouyåäöàáâãæèéêëìíîïòóôõøœùúûüý"
CONSONANTS = "bcdfghjklmnpqrstvwxzçñšžčđŋŧ"
LONG_VOWELS = frozenset({"aa", "ee", "ii", "oo", "uu", "yy", "ää", "öö"})
_DIPHTHONG_LIST = "ai ei oi ui yi äi öi au eu iu ou ey iy äy öy ie uo yö"
DIPHTHONGS = frozenset(_DIPHTHONG_LIST.split())
GLIDES = LONG_VOWELS | DIPHTHONGS

_VOWEL = re.compile(f"[{VOWELS}]")
_VOWELS_TOGETHER = re.compile(f"[{VOWELS}]{{2,}}")
_CONSONANT_BEFORE_VOWEL = re.compile(f"[{CONSONANTS}](?=[{VOWELS}])")
_PART = re.compile(f"[{VOWELS}{CONSONANTS}]+")

# "gin|osa": a compound boundary at the bar wherever these letters meet. Each mark was right in
# at least 98 of 100 of its places in a list of 200 000 Finnish word forms.
_MARKS = """
    s|aamu hyt|ai n|aihe s|aihe n|aika s|aika s|aiko us|ain s|ainee s|ainei ian|aj is|aj us|aj
    ys|aj |ajatte an|ajo |aktiiv s|aktiv den|al tus|al mis|ala ys|ala en|alaist s|alal us|alan
    |alennu n|alk s|aloit s|aloj is|alu us|alu ys|alu |aluee |aluei n|alus s|ammat än|an |analy
    n|antaj on|anto |antr eus|ap ion|ap ys|ap |arkisto s|arkk |armeij s|arti n|arv us|arv |arvio
    s|arvo mis|as us|as ys|as as|ase |asema s|asia s|asio is|asu es|aut s|auto |avauk |avustu
    |blo |brä d|dh |draam |dram n|ed |edelly |edus s|ehd s|ehto |eleme us|eli is|elin |elokuv
    s|eläi n|eläk s|eläk |elämä |energ s|ennuste |ennäty |epid |epäil us|eri |eristy uus|ero
    ys|ero n|erä s|erä us|esi s|esit s|este n|esto en|ets s|etuu |flun i|fr o|fr o|gl |graf
    |gram |grill s|idea s|ideo |ihmi |ikkuna |ikäi män|il n|ilm s|ilma |ilmiö |ilmo |imuri s|ind
    us|inf s|info us|ins s|inve en|isk s|istu |klaan |klas |klini |klu is|kr mo|kr ro|kr to|kr
    a|krii |kriit |kristi |krit |krop |kru |odot n|ohj s|ohj |oike |oire n|oksa s|olen n|oloi
    |olosu us|oma an|omai n|omais |ominai |omistaj |omistu |onge |onnetto us|opa |opera n|opet
    s|opet s|opis |opisk s|oppi |orga es|os gin|os ion|os tus|os ys|os an|osa is|osa us|osa
    s|osaa |osasto en|oso |osuus aan|ot ais|ot nan|ot ön|ot en|oto s|otsi en|ott kin|ott on|ott
    os|ott us|ott an|otto s|pl |plane a|pr o|pr s|pre |prio |prof |proj |prop |pros |prot |psyk
    |sfä |skaala |skanda |skena |skoop o|staat |stand |strate |stres |struktu |stud |trakto
    |tree |tren |uhr n|ulk n|ura us|ura |urhei in|usko s|uskon |uudi s|uutis n|yh s|yh tär|yht
    s|yksik |yksilö |yleis n|ylit |ymmär |ympär s|yrit |yrity n|ystäv s|ystäv |äiti n|ääne
    s|ääne s|öis |ölj
"""
_BOUNDARIES = {mark.replace("|", ""): mark.index("|") for mark in _MARKS.split()}
_BOUNDARY = re.compile(f"(?=({'|'.join(sorted(_BOUNDARIES, key=len, reverse=True))}))")


@lru_cache(maxsize=4096)
def break_points(word: str) -> tuple[int, ...]:
    """Return the indexes before which the word may be cut, at least two letters on each side.

    Abbreviations in capitals, words with digits, dots or colons (numbers, addresses, "STM:n") and
    names with capitals inside get none. A hyphen of the word's own separates parts.
    """
    if len(word) > LONGEST_WORD or not _is_plain(word):
        return ()
    points: list[int] = []
    for part in _PART.finditer(word.lower()):
        points += [part.start() + point for point in _part_points(part.group())]
    return tuple(points)


def _is_plain(word: str) -> bool:
    parts = word.split("-")
    if not all(part.isalpha() for part in parts if part) or len(word.lower()) != len(word):
        return False
    return all(
        part[1:].islower() or (part.isupper() and len(part) > LONGEST_ABBREVIATION)
        for part in parts
        if len(part) > 1
    )


def _part_points(part: str) -> list[int]:
    first_vowel = _VOWEL.search(part)
    if first_vowel is None:
        return []
    points = {m.start() for m in _CONSONANT_BEFORE_VOWEL.finditer(part, first_vowel.end())}
    for run in _VOWELS_TOGETHER.finditer(part):
        at = _hiatus(run.group(), part[run.end() : run.end() + 2])
        if at:
            points.add(run.start() + at)
    _move_to_boundaries(part, points)
    return sorted(p for p in points if SHORTEST_SIDE <= p <= len(part) - SHORTEST_SIDE)


def _hiatus(run: str, following: str) -> int:
    """Return where a run of vowels may be cut, 0 where it is in doubt.

    Two vowels are cut only before a closed syllable, so that no vowel is left alone on a line's
    end; longer runs only where one side is a long vowel or the only possible diphthong.
    """
    head, tail = run[:2], run[-2:]
    if len(run) == 2:
        closed = len(following) == 1 or not _VOWEL.search(following)
        return 1 if following and closed and run not in GLIDES else 0
    if len(run) == 3:
        if head in LONG_VOWELS or (head in DIPHTHONGS and tail not in GLIDES):
            return 2
        return 1 if tail in LONG_VOWELS or (tail in DIPHTHONGS and head not in GLIDES) else 0
    return 2 if len(run) == 4 and head in GLIDES and tail in GLIDES else 0


def _move_to_boundaries(part: str, points: set[int]) -> None:
    """Put a point on each known compound boundary and take away those that belong to it."""
    for found in _BOUNDARY.finditer(part):
        boundary = found.start() + _BOUNDARIES[found.group(1)]
        vowel = _VOWEL.search(part, boundary)
        in_second_part = boundary > SHORTEST_SIDE and _VOWEL.search(part, 0, boundary)
        if not in_second_part or vowel is None or part[boundary - 1 : boundary + 1] in GLIDES:
            continue
        points.difference_update(range(boundary - 1, vowel.start() + 1))
        points.add(boundary)


class FinnishDictionary(pyphen.HyphDict):  # type: ignore[misc]
    """Answer pyphen's question about a word by the rule instead of by patterns.

    `exceptions` maps words in small letters to their only points: the soft hyphens that an author
    put in, or nothing for a word of an address.
    """

    def __init__(self) -> None:
        self.exceptions: Mapping[str, tuple[int, ...]] = {}

    def positions(self, word: str) -> list[pyphen.DataInt]:
        """Return the points of one word as pyphen wants them."""
        points = self.exceptions.get(word.lower())
        return [pyphen.DataInt(p) for p in (break_points(word) if points is None else points)]


def register() -> FinnishDictionary:
    """Make pyphen, and so WeasyPrint's `hyphens: auto`, know Finnish in this process.

    The dictionary is put where pyphen keeps the ones it has read, under a name that stands for
    the path of a pattern file.
    """
    known = pyphen.hdcache.get(LANGUAGE)
    if isinstance(known, FinnishDictionary):
        return known
    dictionary = FinnishDictionary()
    pyphen.LANGUAGES[LANGUAGE] = LANGUAGE
    pyphen.LANGUAGES_LOWERCASE[LANGUAGE] = LANGUAGE
    pyphen.hdcache[LANGUAGE] = dictionary
    return dictionary
