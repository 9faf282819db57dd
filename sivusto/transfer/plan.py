"""What an import would do: texts are read, held against the rules and compared with the register.

Nothing is written here. ``apply`` plans once more under a lock before it writes, and refuses if the
plan is no longer the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from hankkeet.models import Project, Publication
from hankkeet.models.necessities import lacking
from sivusto.transfer.cardtext.model import Card
from sivusto.transfer.facts import completed, facts_of_card, facts_of_project, necessities_of
from sivusto.transfer.keys import name_key
from sivusto.transfer.known import AnyText, KnownText, known_texts, states_of, still_known
from sivusto.transfer.merge import Base, Facts, Step, is_row, merge, sure_part
from sivusto.transfer.planned import Action, Plan, PlannedCard, Seen
from sivusto.transfer.register import Register
from sivusto.transfer.sources import Source
from sivusto.transfer.texts import read_all

_DAYS = ("start_date", "end_date")


def plan(
    sources: Iterable[Source],
    publication: Publication = Publication.PUBLISHED,
    *,
    processes: int = 1,
) -> Plan:
    """Say what bringing the texts in would do. Writes nothing; new cards get the publication.

    Many files are read in so many processes; a server with threads reads them in its own.
    """
    files = list(sources)
    texts: dict[str, AnyText] = {**known_texts(files)}
    unread = [file for file in files if file.name not in texts]
    texts |= {text.source: text for text in read_all(unread, processes)}
    return plan_texts([texts[file.name] for file in files], publication)


def plan_texts(texts: Sequence[AnyText], publication: Publication) -> Plan:
    """Compare texts that have been read with the register, in a fixed number of queries."""
    return _planned(texts, publication, None)


def plan_again(earlier: Plan) -> Plan:
    """Lock the cards that a plan is about and compare its texts with what they are now.

    Where nothing has moved since, that costs no comparing and the plan itself is returned.
    """
    return _planned([card.text for card in earlier.cards], earlier.publication, earlier)


def _planned(texts: Sequence[AnyText], publication: Publication, earlier: Plan | None) -> Plan:
    register = Register()
    sound = [text for text in texts if not text.is_faulty]
    register.find_meant((text.identity for text in sound), lock=earlier is not None)
    settled = _settled(sound, register, check=earlier is not None)
    known = (text for text in sound if isinstance(text, KnownText) and text.source in settled)
    states = states_of(register.meant.difference(text.project for text in known))
    seen = Seen(register.catalogues, states, settled)
    if earlier is not None and earlier.seen == seen and not earlier.register.has_made_rows:
        return earlier
    compared = [text for text in sound if text.source not in settled]
    register.load(text.identity for text in compared)
    register.funders.prepare(mention for text in compared for mention in _mentions(text))
    batch = _Batch(register, settled, publication)
    # The fullest copy of a card speaks for it, wherever it stands among the files.
    order = sorted(range(len(texts)), key=lambda place: (*_fullness(texts[place]), place))
    planned = {place: batch.planned(texts[place]) for place in order}
    return Plan(tuple(planned[place] for place in range(len(texts))), publication, register, seen)


def _settled(texts: Sequence[AnyText], register: Register, *, check: bool) -> set[str]:
    """Return the sources whose cards hold just what they say, known without reading either.

    `check` asks the database whether that is so even now.
    """
    known = [text for text in texts if isinstance(text, KnownText)]
    still = still_known(known) if check else {text.project for text in known}
    return {
        text.source
        for text in known
        if text.project in still
        and [project.pk for project in register.find(text.identity)] == [text.project]
    }


def _mentions(text: AnyText) -> list[tuple[str, str]]:
    card = text.card or Card()
    declared = [(name.funder, name.programme) for name in card.funders]
    return declared + [(share.funder, share.programme) for share in card.shares]


def _fullness(text: AnyText) -> tuple[bool, bool, int]:
    return not text.is_whole, not text.old_id, len(text.missing)


class _Batch:
    """Plans the files one by one and knows which of them speak of the same card."""

    def __init__(self, register: Register, settled: set[str], publication: Publication) -> None:
        self.register = register
        self.publication = publication
        self._settled = settled
        self._of_project: dict[int, PlannedCard] = {}
        self._of_name: dict[str, list[PlannedCard]] = {}

    def planned(self, text: AnyText) -> PlannedCard:
        """Return what becomes of the file."""
        if text.is_faulty:
            return PlannedCard(text, Action.FAULTY, text.messages)
        found = self.register.find(text.identity)
        first = self._first(text, found)
        if first is not None:
            return _repeated(text, self.register, first)
        if len(found) > 1:
            return PlannedCard(text, Action.CONFLICT, (*text.messages, _several(found)))
        card = self._met(text, found[0]) if found else self._added(text)
        self._of_name.setdefault(name_key(text.name), []).append(card)
        if card.project is not None:
            self._of_project[card.project.pk] = card
        return card

    def _first(self, text: AnyText, found: list[Project]) -> PlannedCard | None:
        """Return the file of this batch that speaks of the same card."""
        for project in found:
            if project.pk in self._of_project:
                return self._of_project[project.pk]
        old_id, name, start = text.identity
        for card in self._of_name.get(name_key(name), []):
            other_id, _name, other_start = card.text.identity
            if old_id and other_id:
                if old_id == other_id:
                    return card
            elif start == other_start or not (start and other_start):
                return card
        return None

    def _added(self, text: AnyText) -> PlannedCard:
        new = said_of(text, self.register, {}, Base())
        messages = [*text.messages, *self._explanations(text)]
        for other in self.register.namesakes(text.identity[1]):
            messages.append(
                _(
                    "Samanniminen hanke %(code)s on jo rekisterissä, mutta se on eri hanke "
                    "(eri aloittamispäivä tai tunniste)."
                )
                % {"code": other.code}
            )
        lacks = lacking(necessities_of(new, self.register.funders))
        if lacks and self.publication == Publication.PUBLISHED:
            messages.append(
                _("Kortti jää luonnokseksi, sillä siltä puuttuu: %(lacks)s.")
                % {"lacks": ", ".join(lacks)}
            )
        steps = tuple(Step(key, "add", None, fact) for key, fact in new.items())
        return PlannedCard(text, Action.NEW, tuple(messages), new=new, now={}, steps=steps)

    def _met(self, text: AnyText, project: Project) -> PlannedCard:
        if text.source in self._settled:
            return PlannedCard(text, Action.UNCHANGED, code=project.code, project=project)
        return self._compared(text, project)

    def _compared(self, text: AnyText, project: Project) -> PlannedCard:
        base = self.register.base_of(project)
        now = facts_of_project(project, text.old_id, self.register)
        new = said_of(text, self.register, now, base)
        steps = _possible(merge(base, now, new, is_whole=text.is_whole), now)
        action = Action.CHANGED if steps else Action.UNCHANGED
        if any(step.kind == "conflict" for step in steps):
            action = Action.CONFLICT
        messages = (*text.messages, *self._explanations(text))
        return PlannedCard(
            text, action, messages, project.code, project, now, new, tuple(steps), base
        )

    def _explanations(self, text: AnyText) -> list[str]:
        told = (self.register.funders.explanation(funder) for funder, _p in _mentions(text))
        return list(dict.fromkeys(filter(None, told)))


def said_of(text: AnyText, register: Register, now: Facts, base: Base) -> Facts:
    """Return what the text says of a card that is there already (`now`; empty for a new one)."""
    said = facts_of_card(text.card or Card(), text.own, text.old_id, register)
    new = completed(said, now, base)
    return new if text.is_whole or not now else sure_part(now, new)


def _possible(steps: list[Step], now: Facts) -> list[Step]:
    """Turn new days that would end the project before its start into conflicts."""
    days = {key: fact.value for key, fact in now.items() if key in _DAYS}
    days |= {s.key: s.new.value for s in steps if s.key in _DAYS and s.kind != "conflict" and s.new}
    if days.get("end_date", "9") >= days.get("start_date", "0"):
        return steps
    return [replace(step, kind="conflict") if step.key in _DAYS else step for step in steps]


def _repeated(text: AnyText, register: Register, first: PlannedCard) -> PlannedCard:
    """Plan a second copy of a card: it adds nothing, and where it contradicts it is told."""
    source = first.text.source
    said = said_of(first.text, register, {}, Base())
    new = said_of(text, register, said, Base())
    steps = tuple(
        replace(step, kind="conflict")
        for step in merge(Base(), said, new)
        if step.now is not None or (text.is_whole and is_row(step.key))
    )
    message = _("Sama kortti kuin tiedostossa %(source)s.") % {"source": source}
    if steps:
        message = _(
            "Sama kortti kuin tiedostossa %(source)s, mutta tiedot ovat ristiriidassa. Tästä "
            "tiedostosta ei tuoda mitään."
        ) % {"source": source}
    action = Action.CONFLICT if steps else Action.UNCHANGED
    messages = (*text.messages, message)
    return PlannedCard(text, action, messages, first.code, steps=steps, same_as=source)


def _several(found: list[Project]) -> str:
    return _(
        "Kortti voi olla mikä tahansa hankkeista %(codes)s, joten siitä ei tuoda mitään. Lisää "
        "oikealle hankkeelle vanhan rekisterin tunniste tai korjaa aloittamispäivä."
    ) % {"codes": ", ".join(project.code for project in found)}
