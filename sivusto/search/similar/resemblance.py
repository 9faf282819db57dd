"""How much two projects resemble each other, and by what: plain values in, plain values out.

A shared word or thing is worth the more the fewer projects have it (its information in bits), as
in inverse document frequency (Spärck Jones 1972). Words found everywhere are worth nothing.
"""

import math
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from sivusto.search.analysis.tokens import FUNCTION_WORDS, words_of

FUNDER, PROGRAMME, PORTFOLIO, IMPLEMENTER = "funder", "programme", "portfolio", "implementer"
KINDS = (FUNDER, PROGRAMME, PORTFOLIO, IMPLEMENTER)
# What a shared thing counts for beside a word of the same rarity in the project's name.
SHARES = {FUNDER: 0.35, PROGRAMME: 0.5, PORTFOLIO: 0.35, IMPLEMENTER: 0.5}
AT_ONE_TIME = 0.5  # bits
IN_NAME = 1.6  # a word in the other project's name, too
SMOOTHING = 8  # projects: in a register of a few, everything is rare
SATURATION = 1.2
COMMON = 0.05  # of projects; a word of more of them tells nothing
ALWAYS_RARE = 5  # projects
MOST_WORDS = 40  # looked up of one project
MOST_HITS = 2_000  # projects that a project's words may bring, all together
ENOUGH = 2.0  # bits
SHORTEST = 3  # letters
READING = 0.75  # of a word's letters, if the others are another reading of its form
SPEAKS_OF_LITTLE = 1.5  # bits; a thing of more than a third of projects is no reason
# What every application for money says of every project.
EMPTY = FUNCTION_WORDS | words_of(
    """
    aika aikana alkaa alue antaa asia avulla edelleen edistää edistäminen erilainen ero hanke
    hankkia he hyvä hyöty hyödyntää ihminen itse jatkaa jokainen kaikki kanssa kautta kehittyä
    kehittää kehittäminen kehitys keskeinen koko kokonaisuus koskea kuulua käyttää käyttö käytäntö
    käytännön laatia lisätä lisäksi luoda löytää malli mahdollinen mahdollistaa mahdollisuus
    merkittävä moni mukaan muodostaa muu myötä määrä niin nykyinen olla oma osa osallistua ottaa
    paljon parantaa paras perustaa pitää projekti pyrkiä päästä päättyä ratkaisu saada saattaa sama
    samalla sisältää suuri suunnitella syntyä tapa tarjota tarve tarvita tavoite tehdä tehtävä
    tieto toimia toiminta toimenpide toteuttaa toteutus toteutua tukea tulla tulos tuoda tuottaa
    tuki työ uusi vaikuttaa varten vastata viedä voida vuosi vähintään yhdessä yhteinen yksi yli
    """
)
Thing = tuple[str, int]  # a kind and a key
Parts = Mapping[str, Container[str]]
NONE: Parts = {}


@dataclass(frozen=True)
class Profile:
    """What of a project is compared: its words with their weights, its things, and its time."""

    words: Mapping[str, float] = field(default_factory=dict)
    things: frozenset[Thing] = frozenset()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Other:
    """A project that may resemble: the shared words, those of its name, its things and time."""

    key: int
    words: frozenset[str]
    name: frozenset[str] = frozenset()
    things: frozenset[Thing] = frozenset()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Worths:
    """How many bits sharing each word and each thing is worth; ``parts`` are words' own parts."""

    words: Mapping[str, float] = field(default_factory=dict)
    things: Mapping[Thing, float] = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)


@dataclass(frozen=True)
class Resemblance:
    """How many bits tell that the projects are alike, and what they share, the rarest first."""

    key: int
    bits: float
    words: tuple[str, ...]
    things: tuple[Thing, ...]
    is_at_one_time: bool


def telling(weights: Mapping[str, float], besides: Iterable[str] = ()) -> dict[str, float]:
    """Return the terms that may tell what a project is about, the weightiest first.

    Stems, numbers and what ``besides`` names are left out.
    """
    left_out = EMPTY | set(besides)
    able = {
        term: weight
        for term, weight in weights.items()
        if len(term) >= SHORTEST
        and "_" not in term
        and not any(sign.isdigit() for sign in term)
        and term not in left_out
    }
    return dict(sorted(able.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS])


def rarity(frequency: int, total: int) -> float:
    """Return how many bits it tells that a project has what so many of all have."""
    return max(0.0, math.log2((total + SMOOTHING) / (frequency + 1)))


def is_common(frequency: int, total: int) -> bool:
    """Tell whether so many projects have it that having it tells nothing."""
    return frequency > max(ALWAYS_RARE, COMMON * total)


def worth(
    weights: Mapping[str, float], frequencies: Mapping[str, int], total: int
) -> dict[str, float]:
    """Return what each word is worth where it is shared; common ones and those met once are out."""
    return {
        term: rarity(frequencies[term], total) * weight / (weight + SATURATION)
        for term, weight in weights.items()
        if frequencies.get(term, 0) > 0 and not is_common(frequencies[term], total)
    }


def affordable(worths: Mapping[str, float], frequencies: Mapping[str, int]) -> list[str]:
    """Return the most valuable words that together bring at most MOST_HITS projects."""
    chosen, hits = [], 0
    for term in sorted(worths, key=lambda term: (-worths[term], term)):
        if hits + frequencies[term] <= MOST_HITS:
            chosen.append(term)
            hits += frequencies[term]
    return chosen


def each_once(words: Iterable[str], worths: Mapping[str, float], parts: Parts = NONE) -> list[str]:
    """Return the words, the most valuable first.

    No part of a compound stands beside the whole (``parts`` tells their base forms), and of the
    readings of one form ("Mäntysalossa" may be of mäntysalo or mäntysalko) one is enough.
    """
    chosen: list[str] = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if not any(word in longer or word in parts.get(longer, ()) for longer in chosen):
            chosen = [other for other in chosen if not _are_readings(word, other)] + [word]
    return sorted(chosen, key=lambda word: (-worths[word], word))


def _are_readings(one: str, other: str) -> bool:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _pair in alike) >= READING * max(len(one), len(other))


def overlap(one: Profile, other: Other) -> bool:
    """Tell whether two projects run at one time; one without a start is at none."""
    if one.start is None or other.start is None:
        return False
    begins_in_time = one.end is None or other.start <= one.end
    return begins_in_time and (other.end is None or one.start <= other.end)


def compare(one: Profile, other: Other, worths: Worths) -> Resemblance | None:
    """Return how the other resembles; None where it is too little to be told.

    A shared thing alone, or a time alone, makes no two projects alike.
    """
    words, things = worths.words, worths.things
    shared_words = each_once(other.words & words.keys(), words, worths.parts)
    shared = one.things & other.things & things.keys()
    bits = sum(words[word] * (IN_NAME if word in other.name else 1.0) for word in shared_words)
    bits += sum(things[thing] for thing in shared)
    telling_of = [t for t in shared if things[t] >= SPEAKS_OF_LITTLE * SHARES[t[0]]]
    kinds = {kind for kind, _key in telling_of}
    if bits < ENOUGH or not (shared_words or len(kinds) > 1):
        return None
    is_at_one_time = overlap(one, other)
    return Resemblance(
        other.key,
        round(bits + AT_ONE_TIME * is_at_one_time, 6),
        tuple(shared_words),
        tuple(sorted(telling_of, key=lambda t: (KINDS.index(t[0]), -things[t], t[1]))),
        is_at_one_time,
    )


def most_alike(
    one: Profile, others: Iterable[Other], worths: Worths, number: int
) -> list[Resemblance]:
    """Return so many of the others, the most alike first, of those alike the newest."""
    found = [found for other in others if (found := compare(one, other, worths))]
    return sorted(found, key=lambda r: (-r.bits, -r.key))[:number]
