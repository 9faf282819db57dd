"""Bringing planned cards in: the only writer, one transaction, all or nothing."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from hankkeet.models import Project
from hankkeet.models.project import ProjectQuerySet
from sivusto.checks.store import refresh
from sivusto.history.recording import record
from sivusto.transfer.plan import plan_again
from sivusto.transfer.planned import Plan, PlannedCard
from sivusto.transfer.writing import Writer

# Any constant will do, as long as nothing else in the house uses the same.
IMPORT_LOCK = 0x68616E6B


class ImportRefusedError(Exception):
    """Nothing was written; the message tells why in Finnish."""


@dataclass(frozen=True)
class Result:
    """What was written: the plan with the codes that new cards got, and by whom."""

    cards: tuple[PlannedCard, ...]
    by: Any = None

    def written(self, *, new: bool) -> ProjectQuerySet:
        """Return the cards that were made, or those that were changed."""
        cards = [card for card in self.cards if card.steps_taken and (card.project is None) == new]
        return Project.objects.filter(code__in={card.code for card in cards})


def apply(plan: Plan, shown: str = "", by: Any = None) -> Result:
    """Write what the plan shows, exactly and wholly, or nothing at all.

    `shown` is the digest of what a person has agreed to, where that was an earlier plan; `by` is
    the user who did, for the cards' history.

    Raises ImportRefusedError if the register is no longer the one that the plan was compared with.
    """
    try:
        with transaction.atomic():
            _wait_for_other_imports()
            fresh = plan_again(plan)
            is_another = shown or fresh is not plan
            if is_another and fresh.digest != (shown or plan.digest):
                raise ImportRefusedError(
                    _(
                        "Rekisteri on muuttunut sen jälkeen, kun muutokset näytettiin. Mitään ei "
                        "tuotu. Tarkista muutokset uudelleen."
                    )
                )
            result = Result(_with_codes(fresh, Writer(fresh).write()), by)
            if any(card.steps_taken and card.project for card in result.cards):
                record(result.written(new=False), by, _reason())
            return result
    except IntegrityError as error:
        raise ImportRefusedError(
            _("Mitään ei tuotu, sillä tietokanta hylkäsi tiedon: %(reason)s")
            % {"reason": str(error).splitlines()[0]}
        ) from error


def settle(result: Result) -> None:
    """Keep the first versions of new cards and check all cards that an import has written.

    Done once the cards are there to stay, since it takes longer than the writing and would hold up
    other writers. What is interrupted here the nightly commands make up for.
    """
    new, changed = result.written(new=True), result.written(new=False)
    record(new, result.by, _reason())
    refresh((new | changed).values_list("pk", flat=True))


def _reason() -> str:
    return _("Tuotu vanhasta rekisteristä.")


def _wait_for_other_imports() -> None:
    """Let one import at a time compare and write; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _with_codes(plan: Plan, codes: dict[int, str]) -> tuple[PlannedCard, ...]:
    """Give each new card the code it got, and its copies the same."""
    by_source = {plan.cards[place].text.source: code for place, code in codes.items()}
    return tuple(
        replace(card, code=codes.get(place) or card.code or by_source.get(card.same_as))
        for place, card in enumerate(plan.cards)
    )
