"""A card's dates against its phase, the calendar, its portfolios and its contacts' times."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from sivusto.checks.model import Card, Change, Finding, Fix, Portfolio, shortened
from sivusto.transfer.cardtext.periods import find_periods
from sivusto.wording import day

# A project may start a little before its portfolio, and end within a year after it.
EARLY, LATE = timedelta(days=183), timedelta(days=366)
# A draft of a running project is somebody's work in progress for so long.
DRAFT = timedelta(days=30)
_YEARS = re.compile(r"\b((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)\b")


def check_calendar(card: Card) -> Iterator[Finding]:
    """Yield what the dates contradict."""
    yield from _order(card)
    yield from _phase(card)
    yield from _publication(card)
    yield from _portfolios(card)
    yield from _contacts(card)


def _order(card: Card) -> Iterator[Finding]:
    if card.start and card.end and card.end < card.start:
        message = f"Hanke päättyy {day(card.end)}, ennen kuin se alkaa {day(card.start)}."
        yield Finding("ends_before_start", "serious", message, about=(card.start, card.end))


def _phase(card: Card) -> Iterator[Finding]:
    start, end, today = card.start, card.end, card.today
    if card.phase == "running" and end and end < today:
        yield _overdue(card, end)
    elif card.phase == "running" and start and start > today:
        message = f"Hanke on käynnissä, mutta aloittamispvm {day(start)} on vasta tulossa."
        yield Finding("running_before_start", "notable", message, "", about=(start,))
    elif card.phase == "ended" and end and end > today:
        message = f"Hanke on päättynyt, mutta päättymispvm {day(end)} on vasta tulossa."
        yield Finding("ended_before_end", "notable", message, "", about=(end,))
    elif card.phase == "discontinued" and card.actual_end and card.actual_end > today:
        message = f"Hanke on keskeytetty, mutta päättymispvm {day(end)} on vasta tulossa."
        yield Finding("ended_before_end", "notable", message, "", about=(end,))
    elif card.phase == "planned" and end and end < today:
        message = f"Hanke on yhä suunnitteilla, vaikka sen piti päättyä {day(end)}."
        yield Finding("planned_after_end", "notable", message, "", about=(end,))
    elif card.phase == "planned" and start and start < today:
        begun = card.actual_start is not None
        said = "se on alkanut" if begun else "sen piti alkaa"
        message = f"Hanke on yhä suunnitteilla, vaikka {said} {day(start)}."
        fix = _to_phase("running", "käynnissä olevaksi") if begun else None
        yield Finding("planned_after_start", "notable", message, "", fix, (start,))


def _overdue(card: Card, end: date) -> Finding:
    """Tell that the end has passed; where the text knows a later day, the phase may be right."""
    message = f"Hanke on yhä käynnissä, vaikka se päättyi {day(end)}."
    later = _later_day(card, end)
    if later:
        return Finding(
            "running_after_end",
            "notable",
            f"{message} Tekstissä on myöhempi päivä.",
            later,
            None,
            (end,),
        )
    fix = _to_phase("ended", "päättyneeksi")
    return Finding("running_after_end", "notable", message, "", fix, (end,))


def _later_day(card: Card, end: date) -> str:
    for part in card.sections:
        for line in part.text.split("\n"):
            for period in find_periods(line[:4000]):
                if any(found and found > end for found in (period.first, period.last)):
                    return shortened(line)
    return ""


def _to_phase(phase: str, label: str) -> Fix:
    return Fix(f"Merkitse hanke {label}", (Change("project", {"phase": phase}),))


def _publication(card: Card) -> Iterator[Finding]:
    hidden = {"draft": "luonnos", "in_review": "tarkastettavana"}.get(card.publication)
    days = (card.start, card.created)
    is_late = all(found and found + DRAFT < card.today for found in days)
    if hidden and card.phase == "running" and is_late:
        message = f"Hanke on käynnissä {day(card.start)} alkaen, mutta kortti on yhä {hidden}."
        yield Finding("running_unpublished", "minor", message, about=(card.publication,))


def period_of(portfolio: Portfolio) -> tuple[date | None, date | None]:
    """Return when a portfolio runs: its own days, else the years in its name."""
    if portfolio.start or portfolio.end:
        return portfolio.start, portfolio.end
    years = _YEARS.search(portfolio.name)
    if not years or years.group(1) > years.group(2):
        return None, None
    return date(int(years.group(1)), 1, 1), date(int(years.group(2)), 12, 31)


def _portfolios(card: Card) -> Iterator[Finding]:
    """Compare the project's time with that of its portfolios together."""
    spans = [period_of(portfolio) for portfolio in card.portfolios]
    if not spans:
        return
    first = min(start or date.min for start, _end in spans)
    last = max(end or date.max for _start, end in spans)
    names = ", ".join(f"”{portfolio.name}”" for portfolio in card.portfolios)
    one = "Salkku" if len(spans) == 1 else "Salkut"
    start, end = card.start, card.end
    about = (start, end, first, last)
    if start and start > last:
        message = f"Hanke alkaa {day(start)}, mutta {one.lower()} {names} päättyi {day(last)}."
        yield Finding("outside_portfolio", "notable", message, names, None, about)
    elif end and end < first:
        message = f"Hanke päättyy {day(end)}, mutta {one.lower()} {names} alkaa {day(first)}."
        yield Finding("outside_portfolio", "notable", message, names, None, about)
    elif start and start + EARLY < first:
        message = f"Hanke alkaa {day(start)}, ennen kuin {one.lower()} {names} alkaa {day(first)}."
        yield Finding("starts_before_portfolio", "minor", message, names, None, about)
    elif end and last < date.max - LATE and end > last + LATE:
        message = f"Hanke päättyy {day(end)}, mutta {one.lower()} {names} jo {day(last)}."
        yield Finding("ends_after_portfolio", "minor", message, names, None, about)


def _contacts(card: Card) -> Iterator[Finding]:
    """Tell of a running project a role of which nobody has any more.

    The text of an old card lists former persons beside present ones and does not always repeat
    the role; there the time of all of them must be over.
    """
    roles: dict[str, list[date | None]] = {}
    for contact in card.contacts:
        role = "" if card.from_text else contact.role
        roles.setdefault(role, []).append(contact.end)
    for role, ends in roles.items():
        last = max((end for end in ends if end), default=None)
        if card.phase != "running" or last is None or None in ends or last >= card.today:
            continue
        who = f"yhteyshenkilön ({role})" if role else "yhteyshenkilön"
        message = f"Hanke on käynnissä, mutta {who} aika päättyi {day(last)}."
        yield Finding("contact_is_over", "notable", message, "", None, (role, last))
