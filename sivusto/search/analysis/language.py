"""Telling Finnish, Swedish and English apart by their most common words."""

import re

from sivusto.search.analysis.tokens import words_of

COMMON = {
    "fi": words_of(
        "ja on ei että se sekä tai ovat joka jotka kun myös mutta kuin oli hankkeen hanke "
        "hankkeessa sen niiden mukaan kanssa varten tulee voi"
    ),
    "sv": words_of(
        "och att det som en ett är för med av på till i den de inom kommunen projektet har "
        "om kan ska från eller blir sig"
    ),
    "en": words_of(
        "the of and to in a is for with that are on as by be this from will its their an "
        "project at or it"
    ),
}
ANY_COMMON = frozenset().union(*COMMON.values())
WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 2


def language_of(text: str) -> str:
    """Return "fi", "sv" or "en"; "fi" where another language has too little to show."""
    words = WORD.findall(text[:5000].lower())
    met = [word for word in words if word in ANY_COMMON]
    counts = {code: sum(word in common for word in met) for code, common in COMMON.items()}
    best = max(counts, key=lambda code: counts[code])
    clear = counts[best] >= ENOUGH and counts[best] > 2 * counts["fi"]
    return best if clear and counts[best] * 12 >= len(words) else "fi"
