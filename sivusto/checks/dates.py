"""The project's own days as its text tells them, against the days in the fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sivusto.checks.model import Card, Finding, shortened
from sivusto.transfer.cardtext.periods import find_periods
from sivusto.transfer.cardtext.segments import sentences
from sivusto.wording import day

# The words that make a period the whole project's; a part's words unmake it.
_WHOLE = re.compile(
    r"\b(?:hanke|projekti) (?:\w+ ){0,2}?(?:toteute|toteutu|kest[iä]|ajoittu|sijoittu|alk[ao]"
    r"|käynnisty|päätty|jatkuu(?=.*\b(?:asti|saakka))|on käynnissä|oli käynnissä)"
    r"|\b(?:hanke|projekti)(?:aika|kausi|n kesto|n toteutus)|\btoteutusa(?:ika|jankohta)"
    r"|\b(?:hankkeen|projektin) (?:kesto|toteutusaika|ajankohta|aikataulu|aika|voimassaolo)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^(?:hankkeen |projektin )?(?:aikataulu|kesto|ajankohta|toteutusaika|hankeaika)\b", re.I
)
_PART = re.compile(
    r"vaihe|osahank|osaprojekt|pilot|kokeilu|työpaket|esiselvit|edelt|jatkohan|jatkoa"
    r"|\bhaku|hakuaika|rapor|rahoituska|ensimmäi|toi(?:nen|se)|alkuperäi|aiem|tilaisuu|seminaar"
    r"|palkka|palkat|työsuh|projektipäällik|koordinaattor|kysely|koulutu|valmistel|suunnittelu",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\b(?:alkoi|alkaa|alkaen|käynnistyi|käynnistyy|alkanut)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:päättyi|päättyy|päättynyt|loppui|loppuu|asti|saakka)\b", re.IGNORECASE)
_TYPO = 3  # days: the 30th for the 31st, the 28th for the 1st


@dataclass(frozen=True)
class _Told:
    """A period that the text gives; `is_whole` where its words say that it is the project's."""

    first: date | None
    last: date | None
    sentence: str
    heading: str
    is_whole: bool


def check_dates(card: Card) -> Iterator[Finding]:
    """Yield the days of the text that the fields contradict, each once.

    Dates of meetings, phases and people are many in any text: a period counts only where it is
    said to be the project's own, or where it misses the fields by a day or three at one end.
    """
    told = [period for part in card.sections for period in _periods(part.heading, part.text)]
    starts = {card.planned_start, card.actual_start} - {None}
    ends = {card.planned_end, card.actual_end} - {None}
    agreed_start = any(period.is_whole and period.first in starts for period in told)
    agreed_end = any(period.is_whole and period.last in ends for period in told)
    seen: set[tuple[object, ...]] = set()
    for period in told:
        near = _is_near(period, starts, ends)
        may_start = near or (period.is_whole and not agreed_start)
        may_end = near or (period.is_whole and not agreed_end)
        differs = []
        if may_start and starts and period.first and period.first not in starts:
            differs.append(("aloittamispvm", period.first, card.start))
        if may_end and ends and period.last and period.last not in ends:
            differs.append(("päättymispvm", period.last, card.end))
        for label, said, field in differs:
            if (label, said) not in seen:
                seen.add((label, said))
                yield _finding(label, said, field, period)


def _finding(label: str, said: date, field: date | None, period: _Told) -> Finding:
    where = f"Tekstissä (”{period.heading}”)" if period.heading else "Tekstissä"
    message = f"{where} {label} on {day(said)}, mutta kentässä {day(field)}."
    quote = shortened(period.sentence)
    return Finding("date_differs", "notable", message, quote, None, (label, said, field))


def _periods(heading: str, text: str) -> Iterator[_Told]:
    lines = [line for line in text.split("\n") if re.search(r"\d{4}", line)]
    alone = len(lines) == 1 and bool(_HEADING.search(heading))
    for line in lines[:500]:
        for sentence in sentences(line[:4000]):
            found = find_periods(sentence)
            whole = bool(_WHOLE.search(sentence) or alone) and not _PART.search(sentence)
            for period in found:
                first, last = period.first, period.last
                is_whole = whole and len(found) <= 2
                if first is not None and last is None:
                    first, last = _one_day(sentence[: period.end], period.start, first)
                yield _Told(first, last, sentence, heading, is_whole)


def _one_day(sentence: str, place: int, found: date | None) -> tuple[date | None, date | None]:
    """Tell whether a day alone is a beginning or an end, by the nearest such word."""
    before = sentence[max(0, place - 40) :]
    begins = [match.start() for match in _BEGINS.finditer(before)]
    ends = [match.start() for match in _ENDS.finditer(before)]
    if not begins and not ends:
        return None, None
    if max(begins, default=-1) > max(ends, default=-1):
        return found, None
    return None, found


def _is_near(period: _Told, starts: set[date | None], ends: set[date | None]) -> bool:
    """Tell whether one end is the field's and the other misses it by a slip of the finger."""
    if not (period.first and period.last):
        return False
    if period.first in starts:
        return any(0 < abs((period.last - end).days) <= _TYPO for end in ends if end)
    if period.last in ends:
        return any(0 < abs((period.first - start).days) <= _TYPO for start in starts if start)
    return False
