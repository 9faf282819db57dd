"""The money that a card's text speaks of, against its funding rows and its cost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rahoitus.sums import same_sum
from sivusto.checks.funders import Declared
from sivusto.checks.model import LOOSE, Card, Change, Finding, Fix, shortened
from sivusto.transfer.cardtext.money import Money, read_money
from sivusto.transfer.cardtext.names import matches_abbreviation
from sivusto.wording import euros, percent

_NEAR = Decimal("0.1")


@dataclass(frozen=True)
class _Named:
    """A funder that is not declared: from a row of its own, or from the text alone."""

    name: str
    programme: str
    amount: Decimal | None
    percent: Decimal | None
    in_kind: bool
    quote: str
    row: int | None = None


def read(card: Card) -> Money:
    """Read the money out of the card's text, with its own funders known by all their names."""
    return read_money(card.sections, Declared(card.shares).names())


def check_prose(card: Card, money: Money) -> Iterator[Finding]:
    """Yield funders and costs on which text and fields differ."""
    yield from _missing(card, money, Declared(card.shares, card.implementers))
    yield from _cost(card, money)


# Funders


def _missing(card: Card, money: Money, declared: Declared) -> Iterator[Finding]:
    named = [
        _Named(s.name, "", s.amount, s.percent, s.in_kind, s.quote, s.row)
        for s in card.shares
        if not s.is_declared
    ]
    named += [
        _Named(s.funder, s.programme, s.amount, s.percent, s.kind == "in_kind", s.quote)
        for s in money.shares
        if not declared.meant(s.funder, s.programme)
    ]
    groups: dict[str, list[_Named]] = {}
    for each in named:
        is_whole_cost = each.row is None and each.amount is not None and each.amount == card.cost
        if not is_whole_cost and not declared.covers(each.name, each.programme):
            groups.setdefault(each.name.casefold(), []).append(each)
    for group in groups.values():
        yield _missing_funder(card, group)


def _missing_funder(card: Card, group: Sequence[_Named]) -> Finding:
    first = group[0]
    amounts = [each.amount for each in group if each.amount is not None]
    total = sum(amounts, Decimal(0)) if amounts else None
    figure = euros(total) or percent(first.percent)
    within = f" ({figure})" if figure else ""
    message = (
        f"Tekstissä rahoittajana on {first.name}{within}, mutta kortin Rahoittajat-kentässä "
        "sitä ei ole."
    )
    short = _abbreviation(card, first.name)
    label = f"Lisää rahoittaja {short}" + (f", {figure}" if figure else "")
    fix = Fix(label, tuple(_declaring(each) for each in group))
    quote = shortened(" … ".join(dict.fromkeys(each.quote for each in group if each.quote)))
    about = (first.name, total, first.percent)
    return Finding("funder_missing", "serious", message, quote, fix, about)


def _declaring(named: _Named) -> Change:
    """Return what makes a funder a declared one, with its figures as read."""
    if named.row is not None:
        return Change("share", {"is_declared": True, "is_proposal": False}, named.row)
    values = {
        "funder": named.name,
        "programme": named.programme,
        "amount": None if named.amount is None else str(named.amount),
        "percent": None if named.percent is None else str(named.percent),
        "kind": "in_kind" if named.in_kind else "cash",
        "quote": named.quote,
    }
    return Change("new_share", values)


def _abbreviation(card: Card, name: str) -> str:
    """Return the abbreviation that the card itself uses of a long name, else the name."""
    if len(name.split()) < 2:
        return name
    text = " ".join(part.text for part in card.sections)
    words = dict.fromkeys(re.findall(r"\b[A-ZÅÄÖ]{2,8}\b", text))
    return next((word for word in words if matches_abbreviation(word, name)), name)


# The cost


def _cost(card: Card, money: Money) -> Iterator[Finding]:
    """Compare the total that the text states with the cost, where it is surely the whole one."""
    total = money.total
    if total is None or LOOSE.search(money.total_quote):
        return
    costs = [cost for cost in (card.planned_cost, card.actual_cost) if cost is not None]
    quote = shortened(money.total_quote)
    if not costs:
        if money.total_is_sure:
            yield _lacking_cost(total, quote, is_actual=money.total_is_actual)
        return
    if any(same_sum(cost, [total]) for cost in costs):
        return
    cost = card.cost or costs[0]
    is_of_other_kind = card.actual_cost is None if money.total_is_actual else not card.planned_cost
    if is_of_other_kind:
        return
    if money.total_is_sure or abs(total - cost) <= cost * _NEAR:
        message = f"Tekstissä kustannukset ovat {euros(total)}, mutta kentässä {euros(cost)}."
        yield Finding("cost_differs", "serious", message, quote, None, (total, cost))


def _lacking_cost(total: Decimal, quote: str, *, is_actual: bool) -> Finding:
    field = "actual_cost" if is_actual else "planned_cost"
    message = f"Tekstissä kustannukset ovat {euros(total)}, mutta kenttä on tyhjä."
    label = f"Kirjaa kustannuksiksi {euros(total)}"
    fix = Fix(label, (Change("project", {field: str(total)}),))
    return Finding("cost_missing", "minor", message, quote, fix, (total,))
