"""Periods and working shares as contacts state them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sivusto.transfer.cardtext.fields import safe_date

_DAY = r"(\d{1,2}) ?\. ?(\d{1,2}) ?\. ?(\d{4})"
_LEAD = r"\(?(?:\b(?:ajalla|aikana|ajalta|ajan|ajaksi|aikavälillä|kaudella) )?"
_BOTH = re.compile(
    _LEAD
    + rf"(?<![\d.])(\d{{1,2}}) ?\.(?: ?(\d{{1,2}}) ?\.)?(?: ?(\d{{4}}))? ?[-–—] ?{_DAY}(?!\d)\)?"
)
_UNTIL = re.compile(
    _LEAD + rf"(?:(?:asti|saakka) )?(?:(?<!\d)[-–] ?)?(?<![\d.]){_DAY}(?!\d) ?(asti|saakka)\)?"
)
_UNTIL_DASH = re.compile(_LEAD + rf"(?<![\d.] )(?<![\d.])[-–] ?{_DAY}(?!\d)\)?")
_FROM = re.compile(
    _LEAD + rf"(?:\b(?:alkaen|lähtien|alk\.) )?(?<![\d.]){_DAY}(?!\d)"
    r"(?: ?(?:alkaen|lähtien|alk\.|[-–](?! ?\d)))?\)?"
)
_SHARE = re.compile(
    r"\(? ?(?:\b(?:työ)?(?:osuus|panos|aika)(?: on)?:? )?"
    r"(?<!\d)(\d{1,3}(?:,\d+)?) ?%(?:[:-]?\w{1,3}\b)?"
    r"(?: ?(?:työajasta|työajalla|työaika|työpanos|osa-aikainen|osuus))? ?\)?"
)


@dataclass(frozen=True)
class Period:
    """A period with open ends, and where it stands in the text."""

    start: int
    end: int
    first: date | None
    last: date | None


def find_periods(text: str) -> list[Period]:
    """Return the periods of the text; a first day without year or month takes the last one's."""
    found: list[Period] = []
    for pattern, read in ((_BOTH, _both), (_UNTIL, _until), (_UNTIL_DASH, _until), (_FROM, _from)):
        for match in pattern.finditer(text):
            if all(match.end() <= old.start or old.end <= match.start() for old in found):
                first, last = read(match)
                found.append(Period(match.start(), match.end(), first, last))
    return sorted(found, key=lambda period: period.start)


def _both(match: re.Match[str]) -> tuple[date | None, date | None]:
    day, month, year, last_day, last_month, last_year = match.groups()
    first = safe_date(int(year or last_year), int(month or last_month), int(day))
    return first, safe_date(int(last_year), int(last_month), int(last_day))


def _until(match: re.Match[str]) -> tuple[date | None, date | None]:
    return None, _day(match)


def _from(match: re.Match[str]) -> tuple[date | None, date | None]:
    return _day(match), None


def _day(match: re.Match[str]) -> date | None:
    day, month, year = match.groups()[:3]
    return safe_date(int(year), int(month), int(day))


def find_share(text: str) -> tuple[int, int, Decimal] | None:
    """Return the place and the percentage of a working share, None where there is none."""
    match = _SHARE.search(text)
    if not match:
        return None
    percent = Decimal(match.group(1).replace(",", "."))
    return (match.start(), match.end(), percent) if percent <= 100 else None
