"""One invented card at a time, as plain values for the tables' columns."""

from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any
from zlib import crc32

from django.utils.text import slugify

from hankkeet.models import Phase, Project, Publication
from sivusto.transfer.make_register.shared import Payer, Shared, Theme
from sivusto.transfer.make_register.words import Words, listed, paragraph

# The register is as it would be on this day, so that a seed always makes the same one.
AS_OF = date(2026, 11, 1)
LAST = date(2028, 12, 31)
PUBLICATIONS = (
    *[(Publication.PUBLISHED, 92)],
    *[(Publication.DRAFT, 3), (Publication.IN_REVIEW, 2), (Publication.WITHDRAWN, 3)],
)
SECTIONS = (
    ("goals", ("Tavoitteet", "Tavoite", "")),
    ("measures", ("Toimenpiteet", "Toimenpiteet/Sisältö", "Toimenpiteet")),
    ("results", ("Tulokset", "Odotettavissa olevat tulokset", "")),
    ("benefits", ("Hyödyt", "Hyödyt asukkaille", "")),
    ("other", ("Mitä opittiin", "Viestintä", "Yhteistyö")),
)
TOPICS = listed(
    "palvelut palvelu keskus malli polku verkosto kokeilu koulutus reitti toiminta ohjaus "
    "suunnitelma kortti ryhmä raati kerho asema neuvonta matka järjestelmä"
)
QUALITIES = listed(
    "Avoin Turvallinen Kestävä Toimiva Yhteinen Esteetön Älykäs Uudistuva Hiilineutraali Oma Elävä"
)
STAGES = (
    *("esiselvitys", "suunnitteluvaihe", "toteutus", "kehittämisvaihe", "jatkohanke"),
    *("juurruttaminen", "kokeilu", "laajentaminen"),
)
ROLES = (
    *("Projektipäällikkö", "Projektikoordinaattori", "Kehittämissuunnittelija"),
    *("Hankevastaava", "Palvelupäällikkö", "Asiantuntija"),
)
FIRST_NAMES = listed("Aino Eero Helmi Ilmari Kerttu Lauri Oili Pentti Saimi Tuomo Venla Väinö")
SURNAME_ENDS = ("linna", "rinne", "harju", "oja", "valli", "kallio", "ranne", "aro")
PAPERS = ("Loppuraportti", "Väliraportti", "Hankesuunnitelma", "Esite", "Rahoituspäätös")
MAIN_PERCENTS = (50, 60, 65, 70, 75, 80, 85)

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Span:
    """When a project runs, by the plan and in fact, and the phase that goes with it."""

    phase: Phase
    planned: tuple[date, date]
    actual: tuple[date | None, date | None]

    @property
    def start(self) -> date:
        """The day it starts on."""
        return self.actual[0] or self.planned[0]

    @property
    def end(self) -> date:
        """The day it ends on."""
        return self.actual[1] or self.planned[1]


class CardMaker:
    """Makes cards one after another; knows which names and numbers it has used."""

    def __init__(self, words: Words, shared: Shared, random: Random, first_number: int) -> None:
        self.words, self.shared, self.random = words, shared, random
        self.number = first_number - 1
        self.rows: Rows = defaultdict(list)
        self._used: set[int] = set()
        self._earlier: list[int] = []
        self._slugs = Project._meta.get_field("slug"), Project()
        self._usual = {
            "payers": list(accumulate(1 / (n + 2) for n in range(len(shared.payers)))),
            "organisations": list(
                accumulate(1 / (n + 5) for n in range(len(shared.organisations)))
            ),
        }

    def make(self, pk: int) -> None:
        """Add the rows of one card, whose project gets the key, to `rows`."""
        self.number += 1
        theme = self.random.choice(self.shared.themes)
        span = self._span(theme)
        cost = Decimal(round(self.random.lognormvariate(11.7, 1.1), -2) + 1000)
        self._add_project(pk, span, cost)
        self._add_links(pk, theme)
        costs = self._add_shares(pk, span, cost)
        self._add_sections(pk, theme.subject, span, costs)
        self._add_people(pk, span)
        self._add_keys_and_attachments(pk, span)
        self._earlier.append(pk)

    def _span(self, theme: Theme) -> Span:
        first = date(theme.first_year, 1, 1)
        days = (date(theme.last_year, 12, 31) - first).days
        start = (first + timedelta(self.random.randrange(days))).replace(day=1)
        end = start + timedelta(round(30.44 * self.random.triangular(3, 48, 24)))
        end = min(end.replace(day=1) - timedelta(1), LAST)
        end = max(end, start)
        chance = self.random.random()
        if start > AS_OF or (end > AS_OF and chance < 0.02):
            return Span(Phase.PLANNED, (start, end), (None, None))
        begun = start + timedelta(self.random.choice((0, 0, 0, 14, 31)))
        begun = begun if begun <= min(end, AS_OF) else start
        if end >= AS_OF or chance < 0.03:
            return Span(Phase.RUNNING, (start, end), (begun, None))
        if chance < 0.08:
            stopped = begun + (end - begun) * self.random.random()
            return Span(Phase.DISCONTINUED, (start, end), (begun, stopped))
        over = end if chance < 0.8 else min(end + timedelta(90), AS_OF)
        return Span(Phase.ENDED, (start, end), (begun, over))

    def _add_project(self, pk: int, span: Span, cost: Decimal) -> None:
        values, weights = zip(*PUBLICATIONS, strict=True)
        publication = self.random.choices(values, weights)[0]
        opened = _moment(min(span.start, AS_OF) - timedelta(self.random.randrange(5, 60)))
        updated = max(opened, _moment(min(span.end, AS_OF) - timedelta(self.random.randrange(90))))
        is_public = publication in (Publication.PUBLISHED, Publication.WITHDRAWN)
        is_over = span.phase in (Phase.ENDED, Phase.DISCONTINUED)
        actual = (cost * Decimal(self.random.randint(80, 108)) / 100) if is_over else None
        name = self._name()
        self._put(
            "project",
            pk,
            name,
            self._slug(name),
            "{}",
            self.random.choices(self.shared.types, range(len(self.shared.types), 0, -1))[0],
            str(span.phase),
            str(publication),
            *span.planned,
            *span.actual,
            cost if self.random.random() > 0.04 else None,
            actual if self.random.random() < 0.5 else None,
            self.random.choice(self._earlier) if self._earlier and self._once_in(30) else None,
            opened,
            updated,
            opened if is_public else None,
        )
        if self._earlier and self._once_in(30):
            self._put("succession", self.random.choice(self._earlier), pk)

    def _name(self) -> str:
        draw = self.random
        topic = self.words.compound(draw.choice(TOPICS))
        name, whose, where = self.words.place()
        made = draw.choice(
            (
                f"{whose} {topic}",
                f"{topic.capitalize()} {where}",
                f"{topic.capitalize()} {where} – {draw.choice(STAGES)}",
                f"{whose} {self.words.compound(draw.choice(TOPICS))} ja {topic}",
                f"{name}: {draw.choice(QUALITIES).lower()} {topic}",
                f"{draw.choice(QUALITIES)} {topic} {where}",
            )
        )
        unique, again = made, 2
        while crc32(unique.encode()) in self._used:
            unique, again = f"{made} {again}", again + 1
        self._used.add(crc32(unique.encode()))
        return unique

    def _slug(self, name: str) -> str:
        field, carrier = self._slugs
        carrier.name, carrier.slug = name, ""
        slug: str = field.pre_save(carrier, add=True)
        return slug

    def _add_links(self, pk: int, theme: Theme) -> None:
        chosen = {theme.pk}
        if self._once_in(8):
            chosen.add(self.random.choice(self.shared.themes).pk)
        for portfolio in sorted(chosen):
            self._put("portfolio", pk, portfolio)
        some = {self._usual_one("organisations") for _n in range(self.random.randint(1, 3))}
        for position, place in enumerate(sorted(some)):
            self._put("implementer", pk, self.shared.organisations[place][0], position)

    def _add_shares(self, pk: int, span: Span, cost: Decimal) -> str:
        """Add who pays what; return the paragraph that tells the same."""
        chosen = {self._usual_one("payers") for _n in range(self.random.randint(1, 3))}
        payers = [self.shared.payers[n] for n in sorted(chosen)]
        percents = self._percents(len(payers))
        told = []
        place = pk, len(self.rows["share"])
        for payer, percent in zip([*payers, self.shared.own_city], percents, strict=True):
            amount = cost * percent / 100
            wrong = self._once_in(25)
            figures = None if self._once_in(25) else amount - (500 if wrong and amount > 500 else 0)
            source = payer.pk, self._programme(payer)
            self._put_share(place, source, "planned", (figures, percent))
            told.append(f"{payer.name} {percent} % ({_figure(amount)} euroa)")
            if span.phase == Phase.ENDED and self._once_in(3):
                spent = amount * self.random.randint(85, 105) / 100
                self._put_share(place, source, "actual", (spent, percent))
        return paragraph(f"Hankkeen kustannukset ovat {_figure(cost)} euroa: {', '.join(told)}.")

    def _percents(self, others: int) -> list[int]:
        main = self.random.choice(MAIN_PERCENTS)
        rest = 100 - main
        small = [max(1, rest // (others + 1)) for _n in range(others - 1)]
        return [main, *small, rest - sum(small)]

    def _programme(self, payer: Payer) -> int | None:
        if not payer.programmes or self._once_in(4):
            return None
        return self.random.choice(payer.programmes)

    def _put_share(
        self,
        place: tuple[int, int],
        source: tuple[int, int | None],
        stage: str,
        figures: tuple[Decimal | None, int],
    ) -> None:
        (pk, first), (amount, percent) = place, figures
        shown = None if self._once_in(5) else percent
        amount = None if amount is None else round(amount, 2)
        kind = "in_kind" if self._once_in(20) else "cash"
        row = (amount, shown, kind, stage, True, False, "", len(self.rows["share"]) - first)
        self._put("share", pk, *source, *row)

    def _add_sections(self, pk: int, subject: str, span: Span, costs: str) -> None:
        is_open = span.phase == Phase.PLANNED
        usual = [part for part in SECTIONS if not (is_open and part[0] in ("results", "other"))]
        count = self.random.randint(1, len(usual))
        for position, (kind, headings) in enumerate(usual[:count]):
            body = self.words.body(subject, kind, blocks=self.random.choice((1, 1, 2, 2, 3)))
            self._put("section", pk, kind, self.random.choice(headings), body, position)
        self._put("section", pk, "costs", "Kustannukset ja rahoitus", costs, count)

    def _add_people(self, pk: int, span: Span) -> None:
        for position in range(self.random.choice((1, 1, 1, 2))):
            unit = self.shared.organisations[self._usual_one("organisations")][1]
            address = f"{slugify(unit)}@example.fi"
            first, last = self.random.choice(FIRST_NAMES), self.words.starts.draw(self.random)
            person = f"{first} {last}{self.random.choice(SURNAME_ENDS)}"
            named = self.random.random() < 0.6
            who = (
                person if named else "",
                f"050 000 0{self.random.randrange(1000):03d}" if named else "",
                f"{slugify(person).replace('-', '.')}@example.fi" if named else "",
            )
            seen = self.random.choice(("all", "name", "role"))
            days = (span.start, span.end)
            role = self.random.choice(ROLES)
            self._put("contact", pk, role, unit, address, *who, None, *days, seen, position)

    def _add_keys_and_attachments(self, pk: int, span: Span) -> None:
        if span.start.year < 2020:
            self._put("key", pk, "old_register", str(self.number))
        else:
            self._put("key", pk, "case", f"JKL/{self.random.randrange(1, 900)}/{span.start.year}")
        if self._once_in(6):
            self._put("key", pk, "eura", f"A{self.number:05d}")
        for position, title in enumerate(self.random.sample(PAPERS, self.random.randint(0, 3))):
            url = f"https://www.example.fi/hankkeet/{self.number}/{slugify(title)}"
            day = min(span.end, AS_OF)
            link = (title, url, "", "", None, "fi", day, self._once_in(40), position)
            self._put("attachment", pk, *link)

    def _put(self, table: str, *values: Any) -> None:
        self.rows[table].append(values)

    def _once_in(self, times: int) -> bool:
        return self.random.random() * times < 1

    def _usual_one(self, what: str) -> int:
        steps = self._usual[what]
        return bisect(steps, self.random.random() * steps[-1])


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _figure(amount: Decimal) -> str:
    return f"{amount:,.0f}".replace(",", " ")
