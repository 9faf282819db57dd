"""The likeliest words for one that is not found.

Candidates share a key: a word with letters deleted, one on the dictionary's side and two on the
query's (after Garbe's symmetric deletion). They are then weighed by edit distance, in which the
slips that Finns make are cheap.
"""

import math
import re

FOLD = str.maketrans("äöåéèüáóšž", "aoaeeuaosz")
DOUBLES = re.compile(r"(.)\1+")
KEY_LENGTH = 14
SHORTEST = 3
LONGEST = 40
TOO_FAR = 9.0
SHORT_WORD = 4
SAME_SOUND, DOUBLED, SWAPPED = 0.2, 0.6, 0.8
OTHER_START = 0.5  # people seldom slip at the first letter


def dictionary_keys(word: str) -> set[str]:
    """Return the keys under which a word is kept: itself, and short of one letter.

    Dots and doubled letters do not count.
    """
    start = DOUBLES.sub(r"\1", word.translate(FOLD))[:KEY_LENGTH]
    return {start} | _shortened(start)


def query_keys(word: str) -> set[str]:
    """Return the keys under which to look: the word short of at most two letters."""
    start = word.translate(FOLD)[:KEY_LENGTH]
    one = dictionary_keys(word) | {start} | _shortened(start)
    return one | {key for shorter in one for key in _shortened(shorter)}


def limit_for(word: str) -> float:
    """Return how far from the word a correction may be."""
    return 1.2 if len(word) <= SHORT_WORD else 2.0


def best(word: str, dictionary: dict[str, int]) -> list[str]:
    """Return the words near enough, the likeliest first; the dictionary counts documents.

    A word in ten times as many documents makes up for a tenth of an edit.
    """
    limit = limit_for(word)
    near = ((cost(word, other, limit), other) for other in dictionary if other != word)
    return [
        other
        for _cost, other in sorted(
            (far - 0.12 * math.log10(dictionary[other] + 1), other)
            for far, other in near
            if far <= limit
        )
    ]


def cost(word: str, other: str, limit: float) -> float:
    """Return how far the other word is, another first letter making it farther still."""
    same_start = word[:1].translate(FOLD) == other[:1].translate(FOLD)
    return distance(word, other, limit) + (0 if same_start else OTHER_START)


def distance(first: str, second: str, limit: float) -> float:
    """Return the weighted optimal string alignment, or TOO_FAR beyond the limit.

    a/ä and o/ö cost 0.2, a doubled letter 0.6, two letters swapped 0.8, any other edit 1.
    """
    if abs(len(first) - len(second)) > limit:
        return TOO_FAR
    before: list[float] = []
    above = [float(column) for column in range(len(second) + 1)]
    for row, letter in enumerate(first, 1):
        now = [float(row)]
        for column, other in enumerate(second, 1):
            is_double = row > 1 and letter == first[row - 2]
            other_is_double = column > 1 and other == second[column - 2]
            least = min(
                above[column - 1] + _change(letter, other),
                above[column] + (DOUBLED if is_double else 1),
                now[-1] + (DOUBLED if other_is_double else 1),
            )
            if before and column > 1 and (letter, first[row - 2]) == (second[column - 2], other):
                least = min(least, before[column - 2] + SWAPPED)
            now.append(least)
        if min(now) > limit:
            return TOO_FAR
        before, above = above, now
    return above[-1]


def _change(letter: str, other: str) -> float:
    if letter == other:
        return 0
    return SAME_SOUND if letter.translate(FOLD) == other.translate(FOLD) else 1


def _shortened(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}
