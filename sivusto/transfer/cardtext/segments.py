"""A sentence about money cut into pieces of one name and its figures each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from sivusto.transfer.cardtext.figures import Figure, figures

_SEPARATOR = re.compile(
    r",? ?\b(?:josta|joista|mistä|siitä) |,? (?:ja|sekä) (?!noin \d+ ?%)|, |; ?| [|•·] | ?\("
    r"|\) ?(?=[A-ZÅÄÖ])|\. (?=[A-ZÅÄÖ])"
)
_OPENING = re.compile(r"jo[is]|mistä|siitä|\(")
_TO_BRACKET = re.compile(r"[^()]*\)")
_LETTERS = re.compile(r"[^\W\d_]")
# Words that may stand between two figures of the same share ("75 % eli noin 300 026 euroa").
_BETWEEN = re.compile(r"[\W_]*(?:(?:eli|on|noin|n|ts|mikä|joka)\b[\W_]*)*$", re.IGNORECASE)
_FILLERS = re.compile(
    r"\b(?:noin|n|eli|on|max|alv|sis|yht|oman?a?|työ\w*|luontois\w*)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<! n\.)(?<!\bns\.)(?<!milj\.) +(?=[A-ZÅÄÖ(])")
_LONG = 4000


@dataclass(frozen=True)
class Segment:
    """A piece of a sentence; `opens` tells that parts of its sum follow ("josta", "(")."""

    sentence: str
    start: int
    end: int
    figures: tuple[Figure, ...]
    within: bool = False
    opens: bool = False

    @property
    def text(self) -> str:
        return self.sentence[self.start : self.end]

    @property
    def amount(self) -> Decimal | None:
        return next((figure.amount for figure in self.figures if figure.amount is not None), None)

    @property
    def percent(self) -> Decimal | None:
        return next((figure.percent for figure in self.figures if figure.percent is not None), None)

    @property
    def has_currency(self) -> bool:
        return any(figure.currency for figure in self.figures)

    @property
    def before(self) -> str:
        return self.sentence[self.start : self.figures[0].start]

    @property
    def after(self) -> str:
        """Return what follows the first figure, further figures cut out."""
        ends = [figure.end for figure in self.figures]
        starts = [*(figure.start for figure in self.figures[1:]), self.end]
        return "".join(self.sentence[a:b] for a, b in zip(ends, starts, strict=True))


def sentences(line: str) -> list[str]:
    """Split a line into sentences; an endless one is cut at its commas to bound the work."""
    found = []
    for sentence in _SENTENCE_END.split(line):
        if len(sentence) <= _LONG:
            found.append(sentence)
        else:
            found += [part for part in re.split(r"(?<=[,;]) ", sentence) if len(part) <= _LONG]
    return found


def segments(sentence: str) -> list[Segment]:
    """Cut a sentence with figures so that each piece with figures holds one name at most."""
    every = figures(sentence)
    if not every:
        return []
    found: list[Segment] = []
    start, within = 0, False
    for match in _SEPARATOR.finditer(sentence):
        if match.start() < start or not _divides(sentence, match, start, every):
            continue
        found += _pieces(_segment(sentence, start, match.start(), every, within))
        if _OPENING.search(match.group()):
            found[-1] = replace(found[-1], opens=True)
            within = True
        start = match.end()
    found += _pieces(_segment(sentence, start, len(sentence), every, within))
    return _merged(found)


def _segment(sentence: str, start: int, end: int, every: list[Figure], within: bool) -> Segment:
    inside = tuple(figure for figure in every if start <= figure.start < end)
    return Segment(sentence, start, end, inside, within)


def _divides(sentence: str, match: re.Match[str], start: int, every: list[Figure]) -> bool:
    """Tell whether a separator parts two shares: a figure before it, no name cut in two."""
    if not any(start <= figure.start < match.start() for figure in every):
        return False
    if sentence[match.start() - 1] == "-":
        return False
    if "(" not in match.group():
        return True
    bracket = _TO_BRACKET.match(sentence, match.end())
    end = bracket.end() if bracket else len(sentence)
    inside = _segment(sentence, match.end(), end, every, False)
    words = inside.before + inside.after if inside.figures else inside.text
    return bool(_LETTERS.search(_FILLERS.sub("", words)))


def _pieces(segment: Segment) -> list[Segment]:
    """Cut where a second name or a second figure of the same sort begins."""
    found: list[Segment] = []
    while True:
        cut = next(_cuts(segment), None)
        if cut is None:
            return [*found, segment]
        number, place = cut
        found.append(replace(segment, end=place, figures=segment.figures[:number]))
        segment = replace(segment, start=place, figures=segment.figures[number:])


def _cuts(segment: Segment) -> Iterator[tuple[int, int]]:
    """Yield (number of the figure, place of the cut)."""
    every, sentence = segment.figures, segment.sentence
    name_first = bool(every) and bool(_LETTERS.search(segment.before))
    for number in range(1, len(every)):
        last, here = every[number - 1], every[number]
        between = sentence[last.end : here.start]
        same_sort = any((here.amount is None) == (old.amount is None) for old in every[:number])
        if same_sort or (name_first and not _BETWEEN.fullmatch(between)):
            bracket = len(between) - len(between.lstrip(" )"))
            yield number, (last.end + bracket if name_first else here.start)


def _merged(found: list[Segment]) -> list[Segment]:
    """Join a piece that is only a figure with the one before it, where they complete each other."""
    result: list[Segment] = []
    for segment in found:
        last = result[-1] if result else None
        if last and _completes(last, segment):
            joined = (*last.figures, *segment.figures)
            result[-1] = replace(last, end=segment.end, figures=joined, opens=segment.opens)
        else:
            result.append(segment)
    return result


def _completes(last: Segment, segment: Segment) -> bool:
    if len(last.figures) != 1 or len(segment.figures) != 1 or last.opens:
        return False
    words = _FILLERS.sub("", segment.before + segment.after)
    return not _LETTERS.search(words) and (last.amount is None) != (segment.amount is None)
