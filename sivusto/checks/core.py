"""A card checked against itself: values in, findings out, the worst first."""

from sivusto.checks.calendar import check_calendar
from sivusto.checks.dates import check_dates
from sivusto.checks.model import WEIGHTS, Card, Finding
from sivusto.checks.pieces import check_pieces
from sivusto.checks.prose import check_prose, read
from sivusto.checks.rows import check_rows
from sivusto.checks.shares import check_shares
from sivusto.checks.text_sums import check_text_sums


def check(card: Card) -> tuple[Finding, ...]:
    """Return what is wrong with the card, each thing once; a card that is right gives nothing.

    Takes time linear in the length of the text. One difference in the text's own sums, or
    between them and a row, explains the same difference between rows and cost: it is told once.
    """
    sums = list(check_text_sums(card))
    money = read(card)
    shares = list(check_shares(card, money))
    found = [
        *(finding for finding, _gap in sums),
        *(finding for finding, _gap in shares),
        *check_prose(card, money),
        *check_rows(card, [gap for _finding, gap in (*sums, *shares)]),
        *check_dates(card),
        *check_calendar(card),
        *check_pieces(card),
    ]
    once = {finding.key: finding for finding in found}
    return tuple(sorted(once.values(), key=lambda finding: WEIGHTS.index(finding.weight)))
