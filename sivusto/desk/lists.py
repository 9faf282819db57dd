"""The lists of the desk: what each asks, what is done about it, and what its table holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, Window
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from hankkeet.models import Weight
from hankkeet.models.project import ProjectQuerySet
from sivusto.answers.columns import Column, Kind, address, phase
from sivusto.desk import questions, rows
from sivusto.desk.rows import Line
from sivusto.staff import rights

PLURALS = {
    Weight.SERIOUS: gettext_lazy("vakavia"),
    Weight.NOTABLE: gettext_lazy("huomattavia"),
    Weight.MINOR: gettext_lazy("pieniä"),
}


@dataclass(frozen=True)
class Desk:
    """Whose it is, the cards that she edits and those she judges, her feedback, and the day."""

    user: Any
    cards: ProjectQuerySet
    judged: ProjectQuerySet
    handled: Any
    today: date


@dataclass(frozen=True)
class DeskList:
    """One list; ``name`` stands in addresses, ``hint`` says what to do.

    It is shown to those with the permission, without one to who edits cards.
    """

    name: str
    title: Any
    hint: Any
    ask: Callable[[Desk], Any]
    line: Callable[[Any], Line]
    columns: tuple[Column, ...]
    permission: str = "hankkeet.change_project"
    is_confirmed_here: bool = False
    is_mailed: bool = True
    totals: dict[str, Any] = field(default_factory=dict)


class Shown:
    """A list with its number and first rows: one query, made when somebody looks."""

    def __init__(self, of: DeskList, desk: Desk, most: int, start: int = 0) -> None:
        self.of, self._desk, self._most, self._start = of, desk, most, start

    @cached_property
    def _rows(self) -> list[Any]:
        counted = {"found": Window(Count("*")), **self.of.totals}
        asked = self.of.ask(self._desk).annotate(**counted)
        return list(asked[self._start : self._start + self._most])

    @cached_property
    def count(self) -> int:
        """How many rows there are in all."""
        return self._rows[0].found if self._rows else 0

    @cached_property
    def lines(self) -> list[Line]:
        """The rows to show."""
        return [self.of.line(row) for row in self._rows]

    @property
    def more(self) -> int:
        """How many rows are not shown."""
        return self.count - len(self.lines)

    @property
    def numbers(self) -> list[tuple[str, str, int]]:
        """The number of rows of each weight that there are: its name, its word and how many."""
        if not self._rows:
            return []
        found = [(w.value, str(word), getattr(self._rows[0], w, 0)) for w, word in PLURALS.items()]
        return [each for each in found if each[2]]


OF_CARD = (
    Column("Tunnus", "code", lambda row: rows.project_of(row).code),
    Column("Hankkeen nimi", "name", lambda row: rows.project_of(row).name),
    Column("Osoite", "address", lambda row: address(rows.project_of(row))),
    Column("Käsittelyvaihe", "phase", lambda row: phase(rows.project_of(row))),
    Column(
        "Julkaisutila", "publication", lambda row: rows.project_of(row).get_publication_display()
    ),
)


def _columns(*more: Column) -> tuple[Column, ...]:
    return (*OF_CARD, *more)


LISTS = (
    DeskList(
        "palautetut",
        gettext_lazy("Palautettu korjattavaksi"),
        gettext_lazy("Korjaa ja lähetä uudelleen tarkastettavaksi."),
        lambda desk: questions.returned(desk.cards, desk.user),
        rows.returned,
        _columns(Column("Viesti", "note", lambda r: r.note)),
    ),
    DeskList(
        "tarkastettavana",
        gettext_lazy("Tarkastettavana"),
        gettext_lazy("Lue, hyväksy tai palauta."),
        lambda desk: questions.in_review(desk.judged),
        rows.in_review,
        _columns(
            Column(
                "Odottaa", "kind", lambda r: "muutosehdotus" if rows.is_revision(r) else "kortti"
            ),
            Column(
                "Alkaen",
                "since",
                lambda r: rows.local_day(
                    r.revision.updated_at if rows.is_revision(r) else r.updated_at
                ),
                Kind.DATE,
            ),
        ),
        permission="hankkeet.publish_project",
    ),
    DeskList(
        "palaute",
        gettext_lazy("Palautetta odottamassa"),
        gettext_lazy("Korjaa kortti ja vastaa lukijalle."),
        lambda desk: questions.waiting(desk.handled),
        rows.feedback,
        _columns(
            Column("Tila", "state", lambda r: r.get_state_display()),
            Column("Saapunut", "created", lambda r: rows.local_day(r.created_at), Kind.DATE),
            Column("Viesti", "message", lambda r: r.message),
        ),
        permission="hankkeet.view_feedback",
    ),
    DeskList(
        "paattyneet",
        gettext_lazy("Päättynyt, mutta yhä käynnissä"),
        gettext_lazy("Vaihda vaiheeksi Päättynyt tai siirrä päättymispäivää."),
        lambda desk: questions.overdue(desk.cards, desk.today),
        rows.overdue,
        _columns(Column("Päättymispvm", "end_date", lambda r: r.end_date, Kind.DATE)),
    ),
    DeskList(
        "hiljaiset",
        gettext_lazy("Hiljaiset kortit"),
        gettext_lazy("Tarkista kortti. Jos kaikki on ennallaan, vahvista se."),
        lambda desk: questions.fallen_silent(desk.cards, desk.today),
        rows.silent,
        _columns(
            Column("Katsottu viimeksi", "looked", lambda r: rows.local_day(r.looked_at), Kind.DATE),
            Column("Hiljaa alkaen", "heard", lambda r: r.heard_on, Kind.DATE),
        ),
        is_confirmed_here=True,
    ),
    DeskList(
        "raportit",
        gettext_lazy("Puuttuvat seurantaraportit"),
        gettext_lazy("Täytä raportti ja lähetä se."),
        lambda desk: questions.missing_reports(desk.cards, desk.today),
        rows.missing_report,
        _columns(
            Column("Jakso", "period", str),
            Column("Jakso päättyi", "end_date", lambda r: r.end_date, Kind.DATE),
            Column("Määräpäivä", "due_date", lambda r: r.due_date, Kind.DATE),
            Column("Muistutettu", "reminded", lambda r: rows.local_day(r.reminded_at), Kind.DATE),
        ),
    ),
    DeskList(
        "lukittavat",
        gettext_lazy("Lähetetyt seurantaraportit"),
        gettext_lazy("Lue raportti, lukitse ja julkaise se."),
        lambda desk: questions.sent_reports(desk.judged),
        rows.sent_report,
        _columns(
            Column("Jakso", "period", str),
            Column("Jakso päättyi", "end_date", lambda r: r.end_date, Kind.DATE),
            Column("Lähetetty", "sent", lambda r: rows.local_day(r.submitted_at), Kind.DATE),
        ),
        permission="hankkeet.publish_project",
    ),
    DeskList(
        "tulokset",
        gettext_lazy("Mitä hankkeesta jäi?"),
        gettext_lazy("Kirjaa tulokset, tai tarkista, ovatko ne yhä käytössä."),
        lambda desk: questions.to_tell_results(desk.cards, desk.today),
        rows.results,
        _columns(
            Column("Päättymispvm", "end_date", lambda r: r.end_date, Kind.DATE),
            Column("Tuloksia kirjattu", "told", lambda r: str(r.told)),
        ),
    ),
    DeskList(
        "vajaat",
        gettext_lazy("Vajaat kortit"),
        gettext_lazy("Täydennä, niin kortin voi julkaista."),
        lambda desk: questions.incomplete(desk.cards),
        rows.incomplete,
        _columns(Column("Puuttuu", "lacks", rows.lacks)),
    ),
    DeskList(
        "havainnot",
        gettext_lazy("Havainnot"),
        gettext_lazy("Korjaa tai merkitse tunnetuksi."),
        lambda desk: questions.findings(desk.cards),
        rows.finding,
        _columns(
            Column("Paino", "weight", lambda r: r.get_weight_display()),
            Column("Havainto", "message", lambda r: r.message),
            Column("Kohta", "quote", lambda r: r.quote),
            Column("Havaittu", "found", lambda r: rows.local_day(r.found_at), Kind.DATE),
        ),
        is_mailed=False,
        totals={w.value: Window(Count("pk", filter=Q(weight=w))) for w in Weight},
    ),
    DeskList(
        "tekstit",
        gettext_lazy("Liitteet, joita kaikki eivät pysty lukemaan"),
        gettext_lazy(
            "Vaihda tilalle tiedosto, jossa teksti on tekstinä, tai merkitse skannatuksi."
        ),
        lambda desk: questions.unreadable(desk.cards),
        rows.unreadable,
        _columns(
            Column("Liite", "attachment", lambda r: r.title),
            Column("Miksi", "why", lambda r: r.text_message or "tiedostossa ei ole tekstiä"),
        ),
        is_mailed=False,
    ),
    DeskList(
        "yhteyshenkilot",
        gettext_lazy("Yhteyshenkilö poistuu pian näkyvistä"),
        gettext_lazy("Nimeä uusi yhteyshenkilö, tai tarkista hankkeen päättymispäivä."),
        lambda desk: questions.expiring(desk.cards, desk.today),
        rows.expiring,
        # Roles only: the table is to outlive the persons.
        _columns(
            Column("Tehtävä", "role", lambda r: r.role),
            Column("Yksikkö", "unit", lambda r: r.unit),
            Column("Viimeinen päivä", "last_day", lambda r: r.last_public_day, Kind.DATE),
        ),
    ),
)
BY_NAME = {each.name: each for each in LISTS}


def desk_of(user: Any, today: date) -> Desk:
    """Return the desk of somebody: every card that she may edit."""
    cards, judged = rights.editable_by(user), rights.published_by(user)
    return Desk(user, cards, judged, rights.handled_by(user), today)


def own_desk_of(user: Any, today: date) -> Desk:
    """Return the desk of what is somebody's own work, though she may edit more."""
    own = rights.answered_for_by(user)
    keys = own.values("pk")
    handled = rights.handled_by(user).filter(project__in=keys)
    return Desk(user, own, rights.published_by(user).filter(pk__in=keys), handled, today)


def lists_for(user: Any) -> list[DeskList]:
    """Return the lists on which somebody may have something."""
    return [each for each in LISTS if user.has_perm(each.permission)]
