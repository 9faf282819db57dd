"""The sums of a funding table: plain values in, a table whose figures add up out.

Nothing is invented: a figure that follows from the others (75 % of a known total) is calculated
and marked so; a share that is not known stays empty and the totals say that they are not whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
# Percentages are stated with at most two decimals, so a hundred rows may miss 100 by this much.
ROUNDING = Decimal("0.5")
# Each of the parts of a sum may have been rounded to whole euros.
EURO = Decimal(1)


@dataclass(frozen=True)
class Share:
    """One stated share, euros and percent as far as they are known."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    in_kind: bool = False


@dataclass(frozen=True)
class Line:
    """A share with what can be calculated of it."""

    amount: Decimal | None
    percent: Decimal | None
    amount_is_calculated: bool
    percent_is_calculated: bool


@dataclass(frozen=True)
class Segment:
    """A piece of the bar, in percent of its width."""

    start: Decimal
    width: Decimal


@dataclass(frozen=True)
class FundingSums:
    """The lines in the given order, their totals, and the bar (empty unless all is known)."""

    lines: tuple[Line, ...]
    amount: Decimal | None
    percent: Decimal | None
    is_whole: bool
    gap: Decimal
    segments: tuple[Segment, ...]


def sum_up(shares: Sequence[Share], total_cost: Decimal | None = None) -> FundingSums:
    """Complete the shares against their own sum, or against the cost where that is more.

    The percentages are added up only where every line has one. ``gap`` is the cost minus the sum
    (positive: money without a named payer), 0 where either is unknown.
    """
    base = _base(shares, total_cost)
    some_percent_is_stated = any(share.percent is not None for share in shares)
    lines = tuple(_line(share, base, some_percent_is_stated) for share in shares)
    amounts = [line.amount for line in lines if line.amount is not None]
    percents = [line.percent for line in lines if line.percent is not None]
    is_whole = bool(lines) and len(amounts) == len(lines)
    amount = sum(amounts, Decimal(0)) if amounts else None
    gap = total_cost - amount if is_whole and amount is not None and total_cost else Decimal(0)
    return FundingSums(
        lines=lines,
        amount=amount,
        percent=_total_percent(percents) if percents and len(percents) == len(lines) else None,
        is_whole=is_whole,
        gap=gap,
        segments=_segments(amounts, gap) if is_whole else (),
    )


def same_sum(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Tell whether the parts make the total, each part rounded to a euro at most."""
    return abs(sum(parts, Decimal(0)) - total) <= EURO * len(parts)


def fits(amount: Decimal, percent: Decimal, base: Decimal) -> bool:
    """Tell whether the euros are the percentage of the base, as precisely as it is stated.

    "37 %" means 36.5–37.5, "12.5 %" means 12.45–12.55; a euro either way is rounding too.
    """
    decimals = -min(int(percent.normalize().as_tuple().exponent), 0)
    half = Decimal("0.5").scaleb(-decimals)
    stated = base * percent / HUNDRED
    return abs(amount - stated) <= max(EURO, base * half / HUNDRED)


def _base(shares: Sequence[Share], total_cost: Decimal | None) -> Decimal | None:
    """Return what a percentage is a part of: the cost, or the money where that is more.

    Work in kind beside stated percentages is not counted: those were stated of the money.
    """
    if all(share.amount is not None for share in shares):
        stated = any(share.percent is not None for share in shares)
        counted = [s.amount or Decimal(0) for s in shares if not (stated and s.in_kind)]
        return max(sum(counted, Decimal(0)), total_cost or Decimal(0)) or None
    return total_cost or _implied_total(shares)


def _implied_total(shares: Sequence[Share]) -> Decimal | None:
    for share in shares:
        if share.amount and share.percent:
            return share.amount / share.percent * HUNDRED
    return None


def _line(share: Share, base: Decimal | None, some_percent_is_stated: bool) -> Line:
    amount, percent = share.amount, share.percent
    if amount is None and percent is not None and base:
        amount = (base * percent / HUNDRED).quantize(CENT, ROUND_HALF_UP)
    can_tell = not (share.in_kind and some_percent_is_stated)
    if percent is None and amount is not None and base and can_tell:
        percent = (amount / base * HUNDRED).quantize(CENT, ROUND_HALF_UP)
    return Line(
        amount=amount,
        percent=percent,
        amount_is_calculated=share.amount is None and amount is not None,
        percent_is_calculated=share.percent is None and percent is not None,
    )


def _total_percent(percents: Sequence[Decimal]) -> Decimal:
    total = sum(percents, Decimal(0))
    return HUNDRED if abs(total - HUNDRED) <= ROUNDING else total


def _segments(amounts: Sequence[Decimal], gap: Decimal) -> tuple[Segment, ...]:
    whole = sum(amounts, Decimal(0)) + max(gap, Decimal(0))
    if not whole:
        return ()
    start, segments = Decimal(0), []
    for amount in amounts:
        width = (amount / whole * HUNDRED).quantize(CENT)
        segments.append(Segment(start, width))
        start += width
    return tuple(segments)
