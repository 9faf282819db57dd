"""The short fields of a card: portfolios, phase, dates, funders, implementers."""

import re
from collections.abc import Sequence
from datetime import date

from sivusto.transfer.cardtext.cleaning import cells, squeeze

PHASES = ("Suunnitteilla", "Käynnissä", "Päättynyt", "Keskeytetty")
_PHASE_STEMS = (
    ("suunnit", "Suunnitteilla"),
    ("käynnissä", "Käynnissä"),
    ("käynnistyn", "Käynnissä"),
    ("käynnistett", "Käynnissä"),
    ("päättyn", "Päättynyt"),
    ("päätett", "Päättynyt"),
    ("keskeyt", "Keskeytetty"),
)
_FINNISH_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4})(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_TWO_PERIODS = re.compile(r"(?<=\d{4}) (?=[A-ZÅÄÖ0-9].*\d{4}\s?[-–]\s?\d{4}$)")
_MARKER = re.compile(r"^(?:[-–•·*]|o )\s*(?=\S)")


def one_line(lines: Sequence[str]) -> str:
    """Return a field's lines as one line."""
    return squeeze(" ".join(lines))


def rows(lines: Sequence[str]) -> tuple[str, ...]:
    """Return a list field's entries: one a line or cell, list markers dropped."""
    entries = (_MARKER.sub("", squeeze(cell)) for line in lines for cell in cells(line))
    parts = (part.strip() for entry in entries for part in entry.split(";"))
    return tuple(part for part in parts if part.strip("*"))


def portfolios(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the portfolios' names, parted by lines, wide gaps or the end of a period."""
    names: list[str] = []
    for entry in rows(lines):
        rest = entry
        while (gap := _period_gap(rest)) is not None:
            names.append(rest[:gap])
            rest = rest[gap + 1 :]
        names.append(rest)
    return tuple(dict.fromkeys(names))


def _period_gap(entry: str) -> int | None:
    """Return where a second name starts after a first one's period, both with a period."""
    match = re.search(r"\d{4} ?[-–] ?\d{4}( )(?=[A-ZÅÄÖ])", entry)
    if match and _TWO_PERIODS.match(entry, match.start(1)):
        return match.start(1)
    return None


def phase(lines: Sequence[str]) -> tuple[str, str]:
    """Return the phase as the register names it, and a message where the word is unknown."""
    words = next((squeeze(line) for line in lines if squeeze(line)), "")
    for stem, label in _PHASE_STEMS:
        if words.lower().startswith(stem):
            return label, ""
    if not words:
        return "", ""
    known = ", ".join(PHASES)
    return "", f"Käsittelyvaihetta ”{words[:60]}” ei tunneta; tunnetut ovat {known}."


def project_date(lines: Sequence[str], label: str) -> tuple[date | None, str]:
    """Return the field's date, and a message where it is no date of the calendar."""
    text = one_line(lines)
    if not text:
        return None, ""
    day = find_date(text)
    if day is None:
        return None, f"{label}: ”{text[:60]}” ei ole päivämäärä (muoto 1.4.2013)."
    if len(_FINNISH_DATE.findall(text)) > 1:
        return day, f"{label}: kentässä on useita päivämääriä, niistä luettiin ensimmäinen."
    return day, ""


def find_date(text: str) -> date | None:
    """Return the first date of the text, None where there is none or it is not in the calendar."""
    finnish, iso = _FINNISH_DATE.search(text), _ISO_DATE.search(text)
    if finnish and not (iso and iso.start() < finnish.start()):
        day, month, year = (int(part) for part in finnish.groups())
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        return None
    return safe_date(year, month, day)


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return the date, None where the calendar has no such day or the year is out of reason."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= year <= 2100 else None
