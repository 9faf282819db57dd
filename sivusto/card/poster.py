"""The poster (juliste, A3) and the one-pager (tiiviste, A4): a card's gist on one sheet.

Funders of the European Union require a poster of at least A3 with the project's aim, its support
and the Union's emblem where people pass by: Regulation (EU) 2021/1060, article 50(1)(e).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hankkeet.mailboxes import hidden, without_phones
from hankkeet.models import Project, Section
from hankkeet.models.contents import SectionKind
from hankkeet.richtext import plain_text
from sivusto.card.card import Card
from sivusto.card.fitting import Filling, Paper, points_for
from sivusto.card.paper import file_name, printed
from sivusto.pages.context import finnish_mark
from sivusto.wording import euros, unbroken

MOST_EMBLEMS, MOST_STATEMENTS, MOST_IMPLEMENTERS = 8, 3, 8
FEWEST_LETTERS = 60
LENGTHS = {"short": 3.1, "middling": 2.4, "long": 1.7}  # em of a name's letters
SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet: its name in files and addresses, its paper, and the most that is put on it.

    ``view`` names its address. Letters and lines are of each text, and funders those by name;
    ``aim_em`` is the size of the aim's letters against the others.
    """

    name: str
    view: str
    paper: Paper
    letters: int
    lines: int
    funders: int
    aim_em: float


POSTER = Sheet(
    "juliste",
    "card_poster",
    Paper(297, 420, (25, 23, 21, 19, 17, 15.5, 14, 12.5, 11)),
    letters=400,
    lines=4,
    funders=5,
    aim_em=1.2,
)
ONE_PAGER = Sheet(
    "tiiviste",
    "card_one_pager",
    Paper(210, 297, (14, 13, 12, 11, 10, 9, 8, 7.5)),
    letters=800,
    lines=7,
    funders=8,
    aim_em=1,
)


@dataclass(frozen=True)
class Payer:
    """A funder's name and euros; None where they are not told."""

    name: str
    amount: Decimal | None


def poster_pdf(project: Project, sheet: Sheet) -> tuple[Path, str]:
    """Return the printed sheet of a project loaded by ``cards()``, and the name to save it by.

    Raises the errors of ``sivusto.card.printing`` when it cannot be printed.
    """
    path = printed(poster_html(project, sheet), owner=project.code)
    return path, f"{sheet.name}-{file_name(project)}"


def poster_html(project: Project, sheet: Sheet) -> str:
    """Return what is printed."""
    card = Card(project)
    address = f"{settings.PUBLIC_ADDRESS}{project.get_absolute_url()}"
    points, filled = _filled(card, sheet)
    return render_to_string(
        "card/poster.html",
        filled
        | {
            "card": card,
            "project": project,
            "sheet": sheet.name,
            "points": Decimal(str(points)),
            "length": _length(project.name),
            "code": _code(address),
            "address": address.removeprefix("https://").removeprefix("http://"),
            "municipality": settings.MUNICIPALITY,
            "brand_style": settings.BRAND_STYLE,
            "fi": finnish_mark(),
            "LANGUAGE_CODE": get_language(),
        },
    )


def _filled(card: Card, sheet: Sheet) -> tuple[float, dict[str, Any]]:
    """Return the letters' points and what the sheet holds: less text where it does not fit."""
    payers = _payers(card)
    shown = payers[: sheet.funders]
    emblems, statements = card.emblems[:MOST_EMBLEMS], card.statements[:MOST_STATEMENTS]
    implementers = [each.name for each in card.implementers]
    named = ", ".join(implementers[:MOST_IMPLEMENTERS])
    letters = sheet.letters
    while True:
        goal = _text(card.sections, [SectionKind.GOALS], sheet, letters)
        aim = goal or _text(
            card.sections, [SectionKind.OTHER, SectionKind.MEASURES], sheet, letters
        )
        result = _text(card.sections, [SectionKind.RESULTS, SectionKind.BENEFITS], sheet, letters)
        filling = Filling(
            name=card.project.name,
            title_em=LENGTHS[_length(card.project.name)],
            aim=aim,
            result=result,
            payers=[f"{payer.name} {euros(payer.amount)}" for payer in shown],
            implementers=named,
            emblems=len(emblems),
            statements=[text for text, _language in statements],
        )
        points = points_for(sheet.paper, filling, sheet.aim_em)
        if points or letters < FEWEST_LETTERS:
            break
        letters //= 2
    return points or sheet.paper.sizes[-1], {
        "aim": aim,
        "is_goal": bool(goal),
        "result": result,
        "payers": shown,
        "more_payers": len(payers) - len(shown),
        "implementers": named,
        "more_implementers": len(implementers[MOST_IMPLEMENTERS:]),
        "emblems": emblems,
        "statements": statements,
    }


def gist(text: str, most: int) -> str:
    """Return the whole sentences that fit into so many letters, or words where none does.

    >>> gist("Yksi. Kaksi on pidempi.", 12)
    'Yksi.'
    >>> gist("Pitkä lause ilman loppua", 12)
    'Pitkä lause …'
    """
    if len(text) <= most:
        return text
    ends = [end.end() for end in SENTENCE_END.finditer(text, 0, most + 1)]
    if ends and ends[-1] > most // 3:
        return text[: ends[-1]].strip()
    return text[: most - 1].rsplit(None, 1)[0].rstrip(",;:–- ") + " …"


def _text(
    sections: Sequence[Section], kinds: Iterable[str], sheet: Sheet, letters: int
) -> list[str]:
    """Return the lines of the sections of the first kind that has any, as much as fits."""
    for kind in kinds:
        texts = [plain_text(section.body) for section in sections if section.kind == kind]
        whole = without_phones(hidden("\n".join(filter(None, texts))))
        if whole:
            shown = [line for line in gist(whole, letters).split("\n") if line]
            lines = shown[: sheet.lines]
            # What leads to a list that does not fit is left out with it.
            while len(lines) > 1 and "\n".join(lines) != whole and lines[-1][-1] not in ".!?…":
                lines.pop()
            return list(map(unbroken, lines))
    return []


def _payers(card: Card) -> Sequence[Payer]:
    """Return the funders of the first funding table, the biggest first; else the declared ones."""
    if card.funding:
        found = [Payer(row.share.funder.name, row.line.amount) for row in card.funding[0].rows]
    else:
        found = [Payer(share.funder.name, None) for share in card.declared_funders]
    amounts: dict[str, list[Decimal | None]] = {}
    for payer in found:
        amounts.setdefault(payer.name, []).append(payer.amount)
    payers = [Payer(name, _sum(each)) for name, each in amounts.items()]
    return sorted(payers, key=lambda payer: -(payer.amount or 0))


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _length(name: str) -> str:
    """Return the class by which a name of many letters is set smaller."""
    return "long" if len(name) > 110 else "middling" if len(name) > 55 else "short"


def _code(address: str) -> SafeString:
    """Draw the address as a QR code; what it says is written beside it."""
    told = escape(_("QR-koodi, joka vie hankekortille"))
    code = segno.make(address, error="m")
    drawn = code.svg_inline(border=0, omitsize=True, svgclass="qr", title=told)
    return mark_safe(drawn)  # the title escaped, the rest numbers
