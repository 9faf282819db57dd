"""Files read as cards and held against the rules; asks nothing of the database."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from sivusto.transfer.cardtext import decode, read_card
from sivusto.transfer.cardtext.model import Card
from sivusto.transfer.own_facts import OwnFacts, own_facts
from sivusto.transfer.register import Identity
from sivusto.transfer.rules import check
from sivusto.transfer.sources import Source

# How the reader's message begins where a text breaks off.
CUT_OFF = "Teksti loppuu kesken"


@dataclass(frozen=True)
class CardText:
    """One file, read: its card, or the reasons why there is none."""

    source: str
    card: Card | None
    own: OwnFacts = field(default_factory=OwnFacts, repr=False)
    old_id: str = ""
    missing: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    is_faulty: bool = False
    is_whole: bool = True

    @property
    def identity(self) -> Identity:
        """What the card is recognised by."""
        card = self.card or Card()
        return self.old_id, card.name, card.start_date


def read(source: Source) -> CardText:
    """Read a file; what is no card, or breaks the rules, is faulty and says why."""
    if source.problem:
        return CardText(source.name, None, messages=(source.problem,), is_faulty=True)
    text, notes = decode(source.data)
    if not text.strip():
        messages = tuple(notes) or (_("Tiedosto on tyhjä."),)
        return CardText(source.name, None, messages=messages, is_faulty=True)
    reading = read_card(text)
    told = (*notes, *reading.messages)
    if not reading.is_card:
        return CardText(source.name, None, missing=reading.missing, messages=told, is_faulty=True)
    checked = check(reading.card)
    is_whole = not any(message.startswith(CUT_OFF) for message in reading.messages)
    if not is_whole and replace(reading.card, name="") == Card():
        checked.faults.append(_("Tekstissä on vain hankkeen nimi, ja sekin voi olla kesken."))
    return CardText(
        source.name,
        checked.card,
        own_facts(checked.card),
        reading.old_id,
        reading.missing,
        (*told, *checked.messages, *checked.faults),
        is_faulty=bool(checked.faults),
        is_whole=is_whole,
    )
