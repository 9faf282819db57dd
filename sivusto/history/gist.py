"""What changed in a text, in so few words that one reads them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from hankkeet.html_tokens import plain_text

MOST_SPOTS = 3
MOST_WORDS = 14  # of one spot, old and new together
MOST_LETTERS = 280
COMPARED = 400  # words; a longer stretch is only counted, since comparing takes quadratic time
GAP = 2  # equal words between two changes that are told as one

Words = Sequence[str]


def gist(old_html: str, new_html: str) -> str:
    """Tell how a text changed, as the end of a sentence; "" if its words are the same."""
    old, new = plain_text(old_html).split(), plain_text(new_html).split()
    if old == new:
        return ""
    old, new = _middle(old, new)
    if max(len(old), len(new)) <= COMPARED:
        spots = list(_spots(old, new))
        told = "; ".join(_told(a, b) for a, b in spots)
        is_short = all(len(a) + len(b) <= MOST_WORDS for a, b in spots)
        if is_short and len(spots) <= MOST_SPOTS and len(told) <= MOST_LETTERS:
            return told
    return _counted(old, new)


def _middle(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Leave out the words with which both begin and end."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


def _spots(old: Words, new: Words) -> Iterator[tuple[Words, Words]]:
    """Yield the changed stretches, those near each other as one."""
    spots: list[list[int]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if spots and a1 - spots[-1][1] <= GAP:
            spots[-1][1], spots[-1][3] = a2, b2
        else:
            spots.append([a1, a2, b1, b2])
    for a1, a2, b1, b2 in spots:
        yield old[a1:a2], new[b1:b2]


def _told(old: Words, new: Words) -> str:
    before, after = " ".join(old), " ".join(new)
    if not before:
        return f"lisättiin ”{after}”"
    return f"”{before}” → ”{after}”" if after else f"poistettiin ”{before}”"


def _counted(old: Words, new: Words) -> str:
    before, after = Counter(old), Counter(new)
    added, removed = (after - before).total(), (before - after).total()
    told = [
        f"{verb} {number} {'sana' if number == 1 else 'sanaa'}"
        for verb, number in (("lisättiin", added), ("poistettiin", removed))
        if number
    ]
    return " ja ".join(told) or "sanojen järjestystä muutettiin"
