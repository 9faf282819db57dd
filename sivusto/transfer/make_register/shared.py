"""What the cards refer to: portfolios, funders with programmes, organisations, project types.

Taken from the demo register as far as it goes, invented beyond that; what the register already
has by the same name is used and not made again.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from hankkeet.models import Organisation, ProjectType
from rahoitus.models import Funder, FunderKind, Programme
from salkut.models import Portfolio
from sivusto.transfer.make_register.words import Words

THEMES = (
    "Hyvinvointi",
    "Osaaminen",
    "Avoin kaupunki",
    "Ilmasto ja vesi",
    "Elinvoima",
    "Lapset ja nuoret",
    "Liikkuminen",
    "Kulttuuri",
)
# The files of the demo whose words a portfolio's projects speak with, in the order of THEMES.
SUBJECTS = ("2-hyvinvointi", "4-osaaminen", "5-digi", "6-ilmasto", "7-elinvoima", "3-arki")
PERIODS = ((2005, 2009), (2010, 2013), (2014, 2017), (2018, 2021), (2022, 2028))
OWN_CITY = "Jokilahti"
PAYERS = (
    ("{whose} säätiö", FunderKind.FOUNDATION),
    ("{whose} kunta", FunderKind.MUNICIPALITY),
    ("{whose} Osuuskauppa", FunderKind.COMPANY),
    ("{whose} yrittäjät ry", FunderKind.FOUNDATION),
    ("{name} Energia Oy", FunderKind.COMPANY),
    ("{name} Rakennus Oy", FunderKind.COMPANY),
    ("{whose} seutukunta", FunderKind.REGION),
)
UNITS = ("{whose} koulu", "{whose} kyläyhdistys ry", "{compound}", "{name} Palvelut Oy")
UNIT_HEADS = ("palvelut", "keskus", "verkosto", "toiminta", "koulutus")
CALLS = ("avustukset", "kehittämisraha", "kokeiluraha", "ohjelma")


@dataclass(frozen=True)
class Payer:
    """A funder and the keys of its programmes."""

    pk: int
    name: str
    programmes: tuple[int, ...]


@dataclass(frozen=True)
class Theme:
    """A portfolio, the years it gathers projects from, and what they speak of."""

    pk: int
    subject: str
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Shared:
    """Everything that cards refer to, the most usual first."""

    types: tuple[int, ...]
    themes: tuple[Theme, ...]
    own_city: Payer
    payers: tuple[Payer, ...]
    organisations: tuple[tuple[int, str], ...]


def make_shared(folder: Path, count: int, words: Words, random: Random) -> Shared:
    """Make what a register of so many projects refers to; the folder holds the demo's files."""
    types = [
        ProjectType.objects.get_or_create(name=row["name"], defaults={"position": position})[0].pk
        for position, row in enumerate(_rows(folder, "project_type"))
    ]
    own_city, payers = _payers(folder, count, words, random)
    return Shared(
        tuple(types),
        tuple(_themes(min(40, 8 + round(count**0.3)))),
        own_city,
        tuple(payers),
        tuple(_organisations(min(600, 20 + round(count**0.5)), words, random)),
    )


def _rows(folder: Path, kind: str) -> list[dict[str, Any]]:
    content = tomllib.loads((folder / f"{kind}s.toml").read_text("utf-8"))
    rows: list[dict[str, Any]] = content[kind]
    return rows


def _themes(count: int) -> list[Theme]:
    themes: list[Theme] = []
    for place in range(count):
        turn, period = divmod(place, len(PERIODS))
        first, last = PERIODS[period]
        portfolio, _is_new = Portfolio.objects.get_or_create(
            name=f"{THEMES[turn]} {first}–{last}",
            defaults={
                "owner": "Toimialajohtaja, konsernipalvelut",
                "start_date": date(first, 1, 1),
                "end_date": date(last, 12, 31),
                "predecessor_id": themes[-1].pk if period else None,
            },
        )
        themes.append(Theme(portfolio.pk, SUBJECTS[turn % len(SUBJECTS)], first, last))
    return themes


def _payers(folder: Path, count: int, words: Words, random: Random) -> tuple[Payer, list[Payer]]:
    payers: list[Payer] = []
    own: Payer | None = None
    kept = ("short_name", "aliases", "kind", "url")
    for row in _rows(folder, "funder"):
        programmes = row.pop("programmes", [])
        defaults: dict[str, Any] = {key: row[key] for key in kept if key in row}
        payer = _payer(row["name"], defaults, programmes)
        own = payer if row.get("short_name") == OWN_CITY else own
        payers.append(payer)
    if own is None:
        own = _payer(OWN_CITY, {}, [])
    names = {payer.name for payer in payers}
    # A hundred projects have some thirty funders, a hundred thousand some two hundred.
    while len(payers) < min(200, 26 + round(count**0.45)):
        pattern, kind = random.choice(PAYERS)
        name, whose, _where = words.place()
        called = pattern.format(name=name, whose=whose)
        if called in names:
            continue
        names.add(called)
        calls = [{"name": words.compound(head).capitalize()} for head in random.sample(CALLS, 2)]
        payers.append(_payer(called, {"kind": str(kind)}, calls[: random.randint(0, 2)]))
    return own, [payer for payer in payers if payer.pk != own.pk]


def _payer(name: str, defaults: dict[str, Any], programmes: list[dict[str, Any]]) -> Payer:
    funder = Funder.objects.filter(name__iexact=name).first()
    if funder is None:
        funder = Funder.objects.create(name=name, **defaults)
        for each in programmes:
            Programme.objects.create(funder=funder, **each)
    known = funder.programmes.order_by("pk").values_list("pk", flat=True)
    return Payer(funder.pk, funder.name, tuple(known))


def _organisations(count: int, words: Words, random: Random) -> list[tuple[int, str]]:
    made: dict[str, int] = {}
    while len(made) < count:
        name, whose, _where = words.place()
        compound = words.compound(random.choice(UNIT_HEADS)).capitalize()
        called = random.choice(UNITS).format(name=name, whose=whose, compound=compound)
        if called not in made:
            made[called] = Organisation.objects.get_or_create(name=called)[0].pk
    return [(pk, name) for name, pk in made.items()]
