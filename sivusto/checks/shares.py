"""What the text gives a funder, against that funder's rows."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rahoitus.sums import fits, same_sum
from sivusto.checks.funders import Declared
from sivusto.checks.model import LOOSE, Card, Change, Finding, Fix, Share, shortened
from sivusto.transfer.cardtext.model import ShareText
from sivusto.transfer.cardtext.money import Money
from sivusto.wording import euros, percent

ZERO = Decimal(0)


def check_shares(card: Card, money: Money) -> Iterator[tuple[Finding, Decimal]]:
    """Compare what the text gives a funder with that funder's rows, where both say it once.

    Yields findings with the difference in euros, 0 where there is none to tell.
    """
    declared = Declared(card.shares, card.implementers)
    by_funder: dict[tuple[int, ...], list[ShareText]] = {}
    for share in money.shares:
        rows = declared.meant(share.funder, share.programme)
        if rows:
            by_funder.setdefault(tuple(row.row for row in rows), []).append(share)
    for told in by_funder.values():
        rows = declared.meant(told[0].funder, told[0].programme)
        if not money.total_is_actual:  # the text of a plan does not speak of the outcome
            rows = [row for row in rows if not row.is_actual] or rows
        if len(told) == 1 and not LOOSE.search(told[0].quote):
            yield from _amount(card, told[0], rows)
            yield from _percent(told[0], rows)


def _amount(
    card: Card, told: ShareText, rows: Sequence[Share]
) -> Iterator[tuple[Finding, Decimal]]:
    if told.amount is None or told.amount in (card.planned_cost, card.actual_cost):
        return
    known = [row.amount for row in rows if row.amount is not None]
    if any(same_sum(told.amount, [value]) for value in (*known, *_sums(rows))):
        return
    name, quote = rows[0].name, shortened(told.quote)
    said = f"Tekstissä rahoittajan {name} osuus on {euros(told.amount)}, mutta"
    if known:
        message = f"{said} rahoitusosuuksissa {euros(known[0])}."
        about: tuple[object, ...] = (name, told.amount, known[0])
        gap = told.amount - known[0]
        yield Finding("share_differs", "serious", message, quote, None, about), gap
    elif len(rows) == 1 and not _follows(rows[0], told.amount, card.cost):
        message = f"{said} rahoitusosuuksista summa puuttuu."
        change = Change("share", {"amount": str(told.amount), "is_proposal": False}, rows[0].row)
        fix = Fix(f"Kirjaa osuudeksi {euros(told.amount)}", (change,))
        about = (name, told.amount)
        yield Finding("share_lacks_sum", "minor", message, quote, fix, about), ZERO


def _sums(rows: Sequence[Share]) -> Iterator[Decimal]:
    """Yield what the rows of each stage make together."""
    for is_actual in (False, True):
        some = [row.amount for row in rows if row.is_actual == is_actual]
        yield sum((amount for amount in some if amount is not None), ZERO)


def _follows(row: Share, amount: Decimal, cost: Decimal | None) -> bool:
    """Tell whether the sum is known already, as the row's percentage of the cost."""
    return row.percent is not None and bool(cost) and fits(amount, row.percent, cost or ZERO)


def _percent(told: ShareText, rows: Sequence[Share]) -> Iterator[tuple[Finding, Decimal]]:
    known = [row.percent for row in rows if row.percent is not None]
    if told.percent is None or not known or told.percent in (*known, sum(known, ZERO)):
        return
    name = rows[0].name
    message = (
        f"Tekstissä rahoittajan {name} osuus on {percent(told.percent)}, mutta "
        f"rahoitusosuuksissa {percent(known[0])}."
    )
    about = (name, told.percent, known[0])
    quote = shortened(told.quote)
    yield Finding("percent_differs", "serious", message, quote, None, about), ZERO
