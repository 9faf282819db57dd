"""A card's funding rows: the funders it declares, with the figures that its text gives them."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sivusto.transfer.cardtext.model import Card, ShareText
from sivusto.transfer.funders import Funders, Pair


@dataclass(frozen=True)
class ShareRow:
    """What will be one FundingShare."""

    pair: Pair
    is_declared: bool
    amount: Decimal | None = None
    percent: Decimal | None = None
    kind: str = "cash"
    quote: str = ""

    @property
    def has_figures(self) -> bool:
        """Whether the text gave the row a sum or a percentage."""
        return self.amount is not None or self.percent is not None


def share_rows(card: Card, funders: Funders) -> list[ShareRow]:
    """Return one row for each funder and kind of money; declared funders first, in their order."""
    declared = [funders.find((name.funder, name.programme)) for name in card.funders]
    rows = [ShareRow(pair, True) for pair in dict.fromkeys(declared) if pair]
    own = [row.pair for row in rows]
    for share in card.shares:
        pair = funders.find((share.funder, share.programme), own)
        if pair is not None:
            _take(rows, pair, share)
    return rows


def _take(rows: list[ShareRow], pair: Pair, share: ShareText) -> None:
    """Give the figures to the row they belong to, or make one."""
    for place, row in enumerate(rows):
        if _is_same(row.pair, pair, rows) and _has_room(row, share):
            both = (row.pair[0], row.pair[1] if row.pair[1] is not None else pair[1])
            rows[place] = replace(
                row,
                pair=both,
                amount=row.amount if share.amount is None else share.amount,
                percent=row.percent if share.percent is None else share.percent,
                kind=share.kind,
                quote=" … ".join(dict.fromkeys(filter(None, (row.quote, share.quote)))),
            )
            return
    rows.append(ShareRow(pair, False, share.amount, share.percent, share.kind, share.quote))


def _is_same(mine: Pair, other: Pair, rows: list[ShareRow]) -> bool:
    """Tell whether figures of one belong to the other: a programme may be left unsaid."""
    if mine == other:
        return True
    unsaid = mine[1] is None or other[1] is None
    alone = sum(row.pair[0] == mine[0] for row in rows) == 1
    return mine[0] == other[0] and unsaid and alone


def _has_room(row: ShareRow, share: ShareText) -> bool:
    """Tell whether the row lacks what the share gives."""
    if not row.has_figures:
        return True
    return row.kind == share.kind and not (
        (row.amount is not None and share.amount is not None)
        or (row.percent is not None and share.percent is not None)
    )
