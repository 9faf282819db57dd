"""Where the fields of a card begin: labels told apart from the same words in prose.

A card has its twelve fields in one order. Every line that starts with a label is a candidate;
the chain of candidates that keeps the order and earns the most is the card. So a heading
"Rahoittajat" inside the summary loses against the field that the others follow.
"""

import re
from dataclasses import dataclass

FIELDS = (
    "name",
    "project_type",
    "portfolios",
    "summary",
    "phase",
    "start_date",
    "end_date",
    "funders",
    "implementers",
    "contacts",
    "attachments",
    "logos",
)
LABELS = (
    "Hankkeen nimi",
    "Hanketyyppi",
    "Salkku",
    "Tiivistelmä",
    "Käsittelyvaihe",
    "Aloittamispvm",
    "Päättymispvm",
    "Rahoittajat",
    "Toteuttajat",
    "Yhteyshenkilöt",
    "Liitteet",
    "Logot",
)
_VARIANTS = {
    "projektin nimi": 0,
    "hankkeen tyyppi": 1,
    "salkut": 2,
    "kehittämissalkku": 2,
    "käsittelyn vaihe": 4,
    "aloituspvm": 5,
    "alkamispvm": 5,
    "aloittamispäivä": 5,
    "aloittamispäivämäärä": 5,
    "lopetuspvm": 6,
    "päättymispäivä": 6,
    "päättymispäivämäärä": 6,
    "rahoittaja": 7,
    "toteuttaja": 8,
    "yhteyshenkilö": 9,
    "yhteystiedot": 9,
}
_EXACT = {label.lower(): index for index, label in enumerate(LABELS)}
_SUMMARY = FIELDS.index("summary")
_PHASE = FIELDS.index("phase")
_DATES = (FIELDS.index("start_date"), FIELDS.index("end_date"))
_FIRST_TAIL = FIELDS.index("funders")
_JUMP = 25
_BLANK = " \t\xa0"
_LABEL = re.compile(
    r"[ \t\xa0]*("
    + "|".join(
        label.replace(" ", r"[ \xa0]+")
        for label in sorted([*_EXACT, *_VARIANTS], key=len, reverse=True)
    )
    + r")(?=[\s:]|$)",
    re.IGNORECASE,
)
# A copied table may lose its gaps: "SalkkuHyvinvointisalkku", "Aloittamispvm1.1.2011".
_GLUED = re.compile(
    r"[ \t\xa0]*(" + "|".join(label.replace(" ", r"[ \xa0]+") for label in LABELS) + r")"
    r"(?=[A-ZÅÄÖ\d])"
)
_DATE = re.compile(r"\d{1,2}\s*\.\s*\d{1,2}\s*\.|\d{4}-\d\d|\d{1,2}/\d")
_PHASE_WORD = re.compile(r"(?:suunnit|käynn|päätt|keskeyt)\w*\.?(?:\s*\(.*\))?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """A place where a field may begin: its line, the rest of that line, how much it convinces."""

    field: int
    line: int
    value: str
    score: int


@dataclass(frozen=True)
class _Chain:
    """A way to read the card so far; `entry` is the line of its first field after the summary."""

    score: int
    entry: int
    label: Label
    previous: "_Chain | None"


def candidates(lines: list[str]) -> list[Label]:
    """Return every line that may begin a field, in order."""
    found = (_candidate(number, line) for number, line in enumerate(lines))
    return [label for label in found if label]


def _candidate(number: int, line: str) -> Label | None:
    match = _LABEL.match(line)
    glued = None if match else _GLUED.match(line)
    match = match or glued
    if not match:
        return None
    word = re.sub(r"[ \xa0]+", " ", match.group(1)).lower()
    exact = word in _EXACT
    field = _EXACT[word] if exact else _VARIANTS[word]
    rest = line[match.end() :]
    score = _score(field, rest, match.group(1)[0].isupper())
    if glued:
        score = max(score, 6)
    if not exact:
        score = min(score, 6)
    return Label(field, number, rest.strip(_BLANK + ":"), score) if score else None


def _score(field: int, rest: str, capital: bool) -> int:
    value = rest.strip(_BLANK + ":")
    separator = rest[: len(rest) - len(rest.lstrip(_BLANK + ":"))]
    strong = not value or len(separator) > 1 or separator in ("\t", "\xa0", ":")
    if field in _DATES and value:
        return 10 if _DATE.match(value) else 6 if strong else 0
    if field == _PHASE and value:
        return 10 if _PHASE_WORD.match(value) else 6 if strong and len(value) < 60 else 1
    if strong:
        return 10 if capital else 8
    if not capital:
        return 0
    return 5 if value[0].isupper() or value[0].isdigit() else 1


def choose(found: list[Label]) -> dict[int, Label]:
    """Return the chain of candidates that keeps the card's order and earns the most."""
    best: dict[int, _Chain] = {}
    for label in found:
        before = [_extended(chain, label) for field, chain in best.items() if field < label.field]
        alone = _Chain(label.score, label.line, label, None)
        chain = max([alone, *before], key=lambda one: (one.score, one.previous is not None))
        rival = best.get(label.field)
        if not rival or _better(chain, rival):
            best[label.field] = chain
    end = max(best.values(), key=lambda chain: chain.score, default=None)
    return _without_doubtful_tail(_unroll(end))


def _extended(chain: _Chain, label: Label) -> _Chain:
    """Add a label; a jump from the summary over phase and dates is doubtful and costs."""
    before = chain.label.field <= _SUMMARY
    cost = _JUMP if before and label.field >= _FIRST_TAIL else 0
    entry = label.line if before else chain.entry
    return _Chain(chain.score + label.score - cost, entry, label, chain)


def _better(chain: _Chain, rival: _Chain) -> bool:
    """Compare two readings that end in the same field.

    Of equal ones that wins whose fields after the summary begin later: the earlier lines are
    headings of the summary.
    """
    if chain.score != rival.score:
        return chain.score > rival.score
    return chain.label.field > _SUMMARY and chain.entry > rival.entry


def _unroll(chain: _Chain | None) -> dict[int, Label]:
    labels: dict[int, Label] = {}
    while chain:
        labels[chain.label.field] = chain.label
        chain = chain.previous
    return dict(sorted(labels.items()))


def _without_doubtful_tail(chosen: dict[int, Label]) -> dict[int, Label]:
    """Give back to the summary what only looks like fields: no phase, no dates, hardly a tail."""
    if _SUMMARY not in chosen or any(field in chosen for field in (_PHASE, *_DATES)):
        return chosen
    if len([field for field in chosen if field > _FIRST_TAIL + 1]) >= 2:
        return chosen
    return {field: label for field, label in chosen.items() if field <= _SUMMARY}
