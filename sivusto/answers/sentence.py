"""One plain Finnish sentence for any list: what was asked, how much it is, and what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

NBSP = "\xa0"
Band = tuple[int | None, int | None]
# Each phase as it stands before "hanke" and before "hanketta".
PHASES = {
    "suunnitteilla": ("suunnitteilla oleva", "suunnitteilla olevaa"),
    "kaynnissa": ("käynnissä oleva", "käynnissä olevaa"),
    "paattynyt": ("päättynyt", "päättynyttä"),
    "keskeytetty": ("keskeytetty", "keskeytettyä"),
}
BEING = re.compile(r" (olevaa?)\b")
# "Kahdelta hankkeelta": small numbers are written as words in running text.
FROM = (
    "",
    "yhdeltä",
    "kahdelta",
    "kolmelta",
    "neljältä",
    "viideltä",
    "kuudelta",
    "seitsemältä",
    "kahdeksalta",
    "yhdeksältä",
    "kymmeneltä",
)
# A name is inflected only where the result is sure: "Hyvinvointisalkku", or words in the genitive
# before "salkku", and perhaps a period after it.
SURE = re.compile(r"((?:[\w-]+n )*[\w-]*sal)kku((?: \d{4} ?[–-] ?\d{4})?)", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What a list was asked for; several values of one filter mean any of them.

    ``phases`` are words of the address (``paattynyt``), ``budgets`` euros from a limit up to but
    not including another, None where costs are not known; the others names as people write them.
    ``others`` are filters without a phrase of their own: label and values.
    """

    words: str = ""
    phases: Sequence[str] = ()
    portfolios: Sequence[str] = ()
    types: Sequence[str] = ()
    funders: Sequence[str] = ()
    programmes: Sequence[str] = ()
    implementers: Sequence[str] = ()
    budgets: Sequence[Band | None] = ()
    years: Sequence[int] = ()
    others: Sequence[tuple[str, Sequence[str]]] = ()


def sentence(asked: Asked, number: int, cost: str, without_cost: int, day: str) -> str:
    """Tell how many projects answer, their cost (``4 812 930 €``, or "") and the day (22.11.2026).

    ``without_cost`` projects have no sum and are not in the cost.
    """
    parts = [_subject(asked, number), _money(number, cost, without_cost), f"tilanne {day}"]
    return "; ".join(part for part in parts if part) + "."


def _subject(asked: Asked, number: int) -> str:
    noun = "hanke" if number == 1 else "hanketta"
    count = _grouped(number) if number else "Ei yhtään"
    head = [count, _phases(asked.phases, is_one=number == 1), noun, _portfolios(asked.portfolios)]
    others = [_essive(label, values) for label, values in _essives(asked)]
    others += [_budgets(asked.budgets), _years(asked.years)]
    others += [f"{label.lower()} {_quoted(values)}" for label, values in asked.others if values]
    others.append(_words(asked.words, is_many=number > 1))
    return ", ".join(part for part in (" ".join(filter(None, head)), *others) if part)


def _essives(asked: Asked) -> list[tuple[str, Sequence[str]]]:
    """Name the roles in the essive, which agrees with one project as well as with many."""
    return [
        ("tyyppinä", asked.types),
        ("rahoittajana", asked.funders),
        ("rahoitusohjelmana", asked.programmes),
        ("toteuttajana", asked.implementers),
    ]


def _essive(role: str, names: Sequence[str]) -> str:
    return f"{role} {_quoted(names)}" if names else ""


def _phases(phases: Sequence[str], *, is_one: bool) -> str:
    forms = [PHASES[phase][0 if is_one else 1] for phase in phases if phase in PHASES]
    for index, (this, following) in enumerate(pairwise(forms)):
        # "suunnitteilla tai käynnissä olevaa": what the two share is said once.
        if BEING.search(this) and BEING.search(following):
            forms[index] = BEING.sub("", this)
    return _either(forms)


def _portfolios(names: Sequence[str]) -> str:
    found = [SURE.fullmatch(name.strip()) for name in names]
    sure = [f"{match[1]}kussa{match[2]}" for match in found if match]
    return _either(sure) if len(sure) == len(names) else f"salkussa {_quoted(names)}"


def _words(words: str, *, is_many: bool) -> str:
    text = " ".join(words.split())
    if not text:
        return ""
    where = "joissa" if is_many else "jossa"
    return f"{where} {'sanat' if ' ' in text else 'sana'} {_quoted([text])}"


def _years(years: Sequence[int]) -> str:
    """Say any of the years; of three or more in a row only the ends."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] + 1 == year:
            runs[-1].append(year)
        else:
            runs.append([year])
    alone = [str(year) for run in runs if len(run) < 3 for year in run]
    spans = [f"jonakin vuosista {run[0]}–{run[-1]}" for run in runs if len(run) > 2]
    said = [f"vuonna {_either(alone)}", *spans] if alone else spans
    return f"käynnissä {' tai '.join(said)}" if said else ""


def _budgets(bands: Sequence[Band | None]) -> str:
    """Say the limits of the costs, bands that touch each other as one."""
    joined: list[Band] = []
    for low, high in sorted((band for band in bands if band), key=lambda band: band[0] or 0):
        if joined and joined[-1][1] == low:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    limits = [_limits(low, high) for low, high in joined if low or high]
    said = [f"kustannuksiltaan {_either(limits)}"] if limits else []
    if joined and not limits:
        said = ["kustannukset tiedossa"]
    if None in bands:
        said.append("ilman tietoa kustannuksista")
    return " tai ".join(said)


def _limits(low: int | None, high: int | None) -> str:
    if low is None:
        return f"alle {_grouped(high or 0)}{NBSP}€"
    if high is None:
        return f"vähintään {_grouped(low)}{NBSP}€"
    return f"{_grouped(low)}–{_grouped(high)}{NBSP}€"


def _money(number: int, cost: str, without_cost: int) -> str:
    if number == 0:
        return ""
    if not cost:
        return "summaa ei ole ilmoitettu" + (" yhdeltäkään hankkeelta" if number > 1 else "")
    total = f"kustannukset {cost}" if number == 1 else f"yhteensä {cost}"
    if not without_cost:
        return total
    many = FROM[without_cost] if without_cost < len(FROM) else _grouped(without_cost)
    return f"{total}, {many} hankkeelta summa puuttuu"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", NBSP)


def _quoted(names: Sequence[str]) -> str:
    return _either([f"”{name.strip()}”" for name in names])


def _either(forms: Sequence[str]) -> str:
    """Join with commas and a last "tai"."""
    return " tai ".join(filter(None, [", ".join(forms[:-1]), *forms[-1:]]))
