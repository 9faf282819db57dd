"""Funding rows against the stated cost and against their own percentages."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rahoitus.sums import HUNDRED, ROUNDING, fits, same_sum
from sivusto.checks.model import Card, Finding, Share
from sivusto.wording import euros, percent

ZERO = Decimal(0)


def check_rows(card: Card, known_gaps: Sequence[Decimal] = ()) -> Iterator[Finding]:
    """Check the planned rows and the actual ones, each against the cost of their kind.

    `known_gaps` are differences that the text's own sums have been blamed for already.
    """
    for is_actual in (False, True):
        rows = [share for share in card.shares if share.is_actual == is_actual]
        costs = _costs(card, is_actual=is_actual)
        if not rows or (is_actual and not _are_all_there(card)):
            continue
        yield from _percents(rows)
        yield from _total(rows, costs, known_gaps)
        yield from _each(rows, costs)


def _costs(card: Card, *, is_actual: bool) -> list[Decimal]:
    """Return the costs that the rows may add up to: planned ones are often left for actual."""
    if not is_actual and not card.planned_cost:
        return []
    costs = [card.actual_cost] if is_actual else [card.planned_cost]
    if not is_actual and all(not share.is_actual for share in card.shares):
        costs.append(card.actual_cost)
    return [cost for cost in costs if cost]


def _are_all_there(card: Card) -> bool:
    """Tell whether every payer of the plan has an actual share: till then nothing adds up."""
    payers = [{s.name for s in card.shares if s.is_actual == stage} for stage in (False, True)]
    return payers[0] <= payers[1]


def _money(rows: Sequence[Share]) -> list[Share]:
    return [row for row in rows if not row.in_kind]


def _countings(rows: Sequence[Share]) -> list[Sequence[Share]]:
    """Return which rows may be meant by a total: all, those in money, those that make 100 %."""
    stated = [row for row in rows if row.percent is not None]
    total = sum((row.percent for row in stated if row.percent is not None), ZERO)
    is_whole = abs(total - HUNDRED) <= ROUNDING
    return [rows, _money(rows), stated] if is_whole else [rows, _money(rows)]


def _percents(rows: Sequence[Share]) -> Iterator[Finding]:
    stated = [row.percent for row in _money(rows) if row.percent is not None]
    total = sum(stated, ZERO)
    in_all = sum((row.percent for row in rows if row.percent is not None), ZERO)
    parts = " + ".join(percent(value) for value in stated)
    if total > HUNDRED + ROUNDING:
        message = (
            f"Rahoitusosuuksien prosentit ovat yhteensä {percent(total)}, enemmän kuin 100\xa0%."
        )
        yield Finding("percents_over", "serious", message, parts, None, tuple(stated))
    whole = len(rows) > 1 and all(row.percent is not None for row in rows)
    if whole and in_all < HUNDRED - ROUNDING:
        message = (
            f"Rahoitusosuuksien prosentit ovat yhteensä {percent(in_all)}; "
            f"{percent(HUNDRED - in_all)} on vailla maksajaa."
        )
        yield Finding("percents_short", "notable", message, parts, None, tuple(stated))


def _total(
    rows: Sequence[Share], costs: Sequence[Decimal], known_gaps: Sequence[Decimal]
) -> Iterator[Finding]:
    """Compare the sum of the rows with the cost where every row has a sum or gets one from it."""
    if not costs:
        return
    sums = [amounts for cost in costs for amounts in _sums(rows, cost)]
    if not sums or any(same_sum(cost, amounts) for cost in costs for amounts in sums):
        return
    cost, amounts = costs[0], sums[0]
    total = sum(amounts, ZERO)
    gap = cost - total
    is_alone = len(amounts) == 1 and gap > 0
    if is_alone or any(abs(gap) == abs(known) for known in known_gaps):
        return
    end = f"{euros(gap)} on vailla maksajaa" if gap > 0 else f"{euros(-gap)} liikaa"
    message = (
        f"Rahoitusosuudet ovat yhteensä {euros(total)}, mutta kustannukset {euros(cost)}: {end}."
    )
    parts = " + ".join(euros(value) for value in amounts)
    yield Finding("shares_differ_from_cost", "serious", message, parts, None, (total, cost))


def _sums(rows: Sequence[Share], cost: Decimal) -> Iterator[list[Decimal]]:
    """Yield the sums of all rows and of those that count, where every one of them is known."""
    for some in _countings(rows):
        amounts = [_amount(row, cost) for row in some]
        known = [value for value in amounts if value is not None]
        if known and len(known) == len(amounts):
            yield known


def _amount(row: Share, cost: Decimal) -> Decimal | None:
    if row.amount is None and row.percent is not None:
        return cost * row.percent / HUNDRED
    return row.amount


def _each(rows: Sequence[Share], costs: Sequence[Decimal]) -> Iterator[Finding]:
    """Compare a row's euros with its percentage of the cost, or of what the rows add up to."""
    bases = list(costs)
    for some in _countings(rows):
        amounts = [row.amount for row in some if row.amount is not None]
        if amounts and len(amounts) == len(some):
            bases.append(sum(amounts, ZERO))
    bases = [base for base in bases if base]
    for row in rows:
        if row.amount is None or row.percent is None or not bases or len(rows) + len(costs) < 2:
            continue
        if any(fits(row.amount, row.percent, base) for base in bases):
            continue
        base = bases[0]
        real = percent(row.amount / base * HUNDRED)
        message = (
            f"Rahoittajan {row.name} osuudeksi on merkitty {percent(row.percent)}, mutta "
            f"{euros(row.amount)} on {real} summasta {euros(base)}."
        )
        quote = f"{row.name}: {euros(row.amount)}, {percent(row.percent)}"
        about = (row.name, row.amount, row.percent, base)
        yield Finding("share_is_not_its_percentage", "serious", message, quote, None, about)
