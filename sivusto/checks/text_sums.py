"""Sums that a text adds up itself: "A 28 950 € ja B 9 000 €, yhteensä 38 000 €"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rahoitus.sums import same_sum
from sivusto.checks.model import Card, Finding, shortened
from sivusto.transfer.cardtext.figures import Figure, figures
from sivusto.transfer.cardtext.segments import sentences
from sivusto.wording import euros

_TOGETHER = re.compile(r"\byhteensä\b|\byht\.", re.IGNORECASE)
_LOOSE = re.compile(r"\bnoin\b|\bn\.|arviolta|enintään|milj|\d ?[tk]€|lähes|\byli\b", re.IGNORECASE)
# Only percentages and filling words may stand between "yhteensä" and its sum.
_BETWEEN = re.compile(r"(?:[\W\d_]|\b(?:on|ovat|oli|olivat|eli|prosenttia|euroa)\b)*$")
# Parts that are far from the total are not its parts at all.
_NEAR = Decimal("0.2")


def check_text_sums(card: Card) -> Iterator[tuple[Finding, Decimal]]:
    """Yield what does not add up within the text, each with the difference."""
    for part in card.sections:
        rows: list[tuple[str, Decimal]] = []
        for line in part.text.split("\n"):
            for sentence in sentences(line[:4000]):
                yield from _within(sentence, part.heading)
            yield from _under(line, rows, part.heading)


def _sums(text: str) -> list[Figure]:
    return [figure for figure in figures(text) if figure.amount is not None]


def _total(sentence: str) -> tuple[Figure, int] | None:
    """Return the sum that "yhteensä" is said of, and where that word stands."""
    for match in _TOGETHER.finditer(sentence):
        after = [figure for figure in _sums(sentence) if figure.start >= match.end()]
        if after and _BETWEEN.match(sentence[match.end() : after[0].start]):
            return after[0], match.start()
    return None


def _within(sentence: str, heading: str) -> Iterator[tuple[Finding, Decimal]]:
    """Compare the sums before "yhteensä", in one sentence, with the sum after it."""
    if not re.search(r"yht", sentence) or _LOOSE.search(sentence):
        return
    found = _total(sentence)
    if not found or found[0].amount is None:
        return
    place = found[1]
    total = found[0].amount
    parts = [f.amount for f in _sums(sentence) if f.end <= place and f.amount is not None]
    yield from _compared(total, parts, sentence, heading)


def _under(
    line: str, rows: list[tuple[str, Decimal]], heading: str
) -> Iterator[tuple[Finding, Decimal]]:
    """Compare a line "Yhteensä 38 000 €" with the lines of one sum each above it."""
    amounts = [figure.amount for figure in _sums(line) if figure.amount is not None]
    if _TOGETHER.match(line.lstrip(" -•·*")) and len(amounts) == 1:
        if not any(_LOOSE.search(text) for text, _amount in [*rows, (line, Decimal(0))]):
            quote = " / ".join([*(text for text, _amount in rows), line])
            yield from _compared(amounts[0], [amount for _text, amount in rows], quote, heading)
        rows.clear()
    elif len(amounts) == 1:
        rows.append((line, amounts[0]))
    else:
        rows.clear()


def _compared(
    total: Decimal, parts: list[Decimal], quote: str, heading: str
) -> Iterator[tuple[Finding, Decimal]]:
    gap = sum(parts, Decimal(0)) - total
    if len(parts) < 2 or same_sum(total, parts) or total in parts or abs(gap) > total * _NEAR:
        return
    where = f"Tekstissä (”{heading}”)" if heading else "Tekstissä"
    shown = " + ".join(euros(part) for part in parts)
    message = (
        f"{where} osat {shown} ovat yhteensä {euros(sum(parts, Decimal(0)))}, mutta summaksi "
        f"sanotaan {euros(total)}."
    )
    about = (*parts, total)
    yield Finding("text_sum_differs", "serious", message, shortened(quote), None, about), gap
