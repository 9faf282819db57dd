"""Queries such as nobody types and machines send, the same ones for the same seed."""

import random
from collections.abc import Callable

from sivusto.search.analysis.tokens import words_of

WORDS = sorted(
    words_of("""
    palvelu palvelut ikäihminen kirjasto hyvinvointi tietojärjestelmä kunta katu yö suo tie talo
    työllisyys nuoret kehittäminen hanke rahoitus energia ilmasto kulttuuri joki terveys
    projektet tjänster utveckling service development STM EAKR 6Aika OuluHealth Making-City
""")
)
STOP_WORDS = sorted(
    words_of("ja tai sekä eli että on oli ei ovat joka mikä kun jos och att det the a of")
)
SYNTAX = ["&", "|", "!", "<->", "<2>", ":*", ":A", "(", ")", "'", "''", "\\", "::tsquery", "@@"]
SQL = ["' OR 1=1 --", "'; DROP TABLE x; --", "%s", "%(x)s", "$1", "{0}", "{% if %}", "{{ x }}"]
MARKUP = ["<script>", "</q>", "&amp;", "&#0;", '"><b>', "javascript:", "<!--"]
SIGNS = list("\"'`´’”“„«»*-–—‑−+/\\|:;,.!?()[]{}<>=&%#@$€_~^°§")
CONTROLS = [chr(code) for code in (*range(1, 32), *range(127, 160))]
INVISIBLE = list("\u00ad\u200b\u200c\u200d\u200e\u202e\u2060\ufeff\u0301\u0308\ufffd\uffff")
SCRIPTS = [
    "Ωμέγα",
    "Привет",
    "日本語",
    "العربية",
    "हिन्दी",
    "ไทย",
    "𝔊𝔬𝔱𝔥",
    "ǅ",
    "ß",
    "İ",
    "ﬁ",
    "½",
    "²",
]
EMOJI = ["👍", "👩‍👩‍👧", "🇫🇮", "🏳️‍🌈", "😀", "♥️", "1️⃣"]
COMPOUNDS = ["yö", "suo", "kuusi", "talo", "tietojärjestelmä", "maa", "sosiaali"]


def queries(number: int, seed: int = 1) -> list[str]:
    """Return so many queries; they may be as long as 10 000 letters, and hold anything but NUL."""
    chance = random.Random(seed)
    return [chance.choice(KINDS)(chance) for _ in range(number)]


def _some(chance: random.Random, things: list[str], most: int, joined: str = " ") -> str:
    return joined.join(chance.choice(things) for _ in range(chance.randint(1, most)))


def _ordinary(chance: random.Random) -> str:
    return _some(chance, WORDS, 4)


def _slips(chance: random.Random) -> str:
    letters = list(chance.choice(WORDS))
    for _ in range(chance.randint(1, 3)):
        letters[chance.randrange(len(letters))] = chance.choice("aäoöeilnst")
    return "".join(letters)


def _quoted(chance: random.Random) -> str:
    signs = ['"', "”", "«", '""', ' "']
    return "".join(chance.choice([*signs, f"{chance.choice(WORDS)} "]) for _ in range(9))


def _without(chance: random.Random) -> str:
    return " ".join(
        chance.choice(["-", "--", "−", "", '-"']) + word + chance.choice(["*", "", "**", '"'])
        for word in (chance.choice(WORDS) for _ in range(chance.randint(1, 8)))
    )


def _syntax(chance: random.Random) -> str:
    return _some(chance, [*SYNTAX, *SQL, *MARKUP, *WORDS], 12, chance.choice(["", " "]))


def _noise(chance: random.Random) -> str:
    things = [*CONTROLS, *INVISIBLE, *SCRIPTS, *EMOJI, *SIGNS, *WORDS, *"0123456789"]
    return _some(chance, things, 60, "")


def _any_letters(chance: random.Random) -> str:
    codes = (chance.choice([chance.randrange(1, 0x3000), chance.randrange(0x10000, 0x1FFFF)])
             for _ in range(chance.randint(1, 120)))  # fmt: skip
    return "".join(map(chr, codes))


def _long(chance: random.Random) -> str:
    unit = chance.choice([*WORDS, *SIGNS, *EMOJI, *SCRIPTS, *INVISIBLE, "a", "ä ", "1", "a-", "a:"])
    return (unit * 10_000)[: chance.choice([200, 399, 400, 401, 10_000])]


def _stop_words(chance: random.Random) -> str:
    return _some(chance, STOP_WORDS, 30)


def _compounds(chance: random.Random) -> str:
    return _some(chance, COMPOUNDS, 14, chance.choice(["", "", "-", "- ", ":", "."]))


def _ellipses(chance: random.Random) -> str:
    return (
        f"{_some(chance, COMPOUNDS, 40, '- ')}- {chance.choice(STOP_WORDS)} -{_compounds(chance)}"
    )


def _numbers(chance: random.Random) -> str:
    things = ["1", "2014", "1/2", "JKL/5/2024", "1.1.2012", "100 000", "0" * 70, "-1", "1e9", "½"]
    return _some(chance, things, 8, chance.choice(["", " ", "-", "/"]))


KINDS: list[Callable[[random.Random], str]] = [
    _ordinary, _slips, _quoted, _without, _syntax, _noise, _any_letters, _long, _stop_words,
    _compounds, _ellipses, _numbers,
]  # fmt: skip
