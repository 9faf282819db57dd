"""Funding shares and the total cost, read out of a card's prose.

Only what the text states is read: a total that nobody wrote down is not summed up here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice

from sivusto.transfer.cardtext.funders import KnownFunders, is_programme, key, split_funder
from sivusto.transfer.cardtext.model import FunderName, SectionText, ShareText
from sivusto.transfer.cardtext.names import nominative
from sivusto.transfer.cardtext.payers import (
    MONEY_HEADING,
    Context,
    is_group,
    kind_of,
    payer,
)
from sivusto.transfer.cardtext.segments import Segment, segments, sentences

_COST = re.compile(
    r"\b(?:kokonais|hanke|projekti)?kustannu|kustannusarvio|budjet|kokonaisrahoit|kokonaissumm"
    r"|toteutunee|toteutunut|budget|\bcosts?\b|kostnad",
    re.IGNORECASE,
)
_SUM = re.compile(r"kokonais|yhteensä|\byht\.|\btotal|\bsammanlagt", re.IGNORECASE)
_ACTUAL = re.compile(r"toteutunee|toteutunut|toteuma", re.IGNORECASE)
_PLANNED = re.compile(r"suunnit|arvio|budjet", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:noin|arviolta|enintään|hankkeen|projektin|euroa|milj)\b", re.IGNORECASE)
_RATE = re.compile(r"kohden|kohti|/ ?(?:asukas|kk|v\b|h\b)|vuodessa|kuukaudessa|tunnissa|per ")
_SHARE_OF = re.compile(r"osuu[sd]|osuut|omarahoit|omavastuu", re.IGNORECASE)
_WORKING = re.compile(r"työaja|työpanoksesta|osallistumis")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ONLY_YEAR = re.compile(r"\W*(?:vuonna |v\. ?)?(?:19|20)\d\d[\s:–-]*(?:noin |n\. ?)?")
_APPLIED = re.compile(
    r"\b(?:haettu|haettii?n|haetaan|haetti|anottu|anottii?n|anotaan)\b", re.IGNORECASE
)
_GRANTED = re.compile(r"\b(?:myönne|saatu|saatii?n|saadaan)", re.IGNORECASE)
_SURE = 4  # the rank of "all costs together"


@dataclass(frozen=True)
class Money:
    """What a card's prose says of money.

    The total is sure where the words say "all costs together"; its quote is the sentence.
    """

    shares: tuple[ShareText, ...]
    total: Decimal | None
    total_is_actual: bool
    total_is_sure: bool = False
    total_quote: str = ""


@dataclass(frozen=True, order=True)
class _Total:
    """A stated total; the actual one wins, then the clearest words, then the largest sum."""

    actual: bool
    rank: int
    amount: Decimal
    quote: str = field(default="", compare=False)


def read_money(parts: Iterable[SectionText], funders: Iterable[FunderName]) -> Money:
    """Return the proposed shares, each with the words it came from, and the stated total.

    Reads at most 5,000 lines with figures, which no card written by people has.
    """
    known = KnownFunders(funders)
    shares: list[ShareText] = []
    totals: list[_Total] = []
    lines = ((part.heading, line) for part in parts for line in _money_lines(part))
    for heading, line in islice(lines, 5000):
        for sentence in sentences(line):
            _Sentence(Context(heading, sentence, known)).read(shares, totals)
    best = max(totals, default=None)
    if best and best.rank == 1 and len({total.amount for total in totals}) > 1:
        best = None  # sums of years or of phases, and nobody says which is the whole
    if best is None:
        return Money(_distinct(shares), None, False)
    is_sure = best.rank >= _SURE
    return Money(_distinct(shares), best.amount, best.actual, is_sure, best.quote)


def _money_lines(part: SectionText) -> list[str]:
    """Return the lines that hold a figure; a name alone joins the figures on the next lines."""
    lines = [line for line in part.text.split("\n") if line]
    if re.search(r"\d.*(?:[%€]|euro)", part.heading):
        lines.insert(0, part.heading)
    found: list[str] = []
    waiting = ""
    for line in lines:
        if not re.search(r"\d", line):
            is_name = len(line) < 80 and MONEY_HEADING.search(part.heading)
            waiting = line if is_name else ""
            continue
        bare = not re.search(r"[^\W\d_]{3}", re.sub(r"(?i)euroa?|eur\b|noin", "", line))
        found.append(f"{waiting} {line}" if waiting and bare else line)
        waiting = waiting if bare else ""
    return found


class _Sentence:
    """Reads one sentence: who pays what, and what the whole costs."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._parts = segments(context.sentence)
        self._owner: ShareText | None = None
        self._subtotal: ShareText | None = None
        self._payer = ""

    def read(self, shares: list[ShareText], totals: list[_Total]) -> None:
        for number, segment in enumerate(self._parts):
            if not segment.figures:
                continue
            if self._was_only_applied_for(segment, number):
                self._payer = payer(self._context, segment)
                continue
            context = replace(self._context, within=segment.within)
            aside = self._aside(segment, number)
            name = payer(context, segment) or aside or self._same_payer(segment)
            self._payer = name if _YEAR.search(segment.text) else ""
            if not name or aside:
                total = _total(context, segment, first=number == 0)
                totals += [total] if total else []
            whole = replace(segment, end=self._parts[number + 1].end) if aside else segment
            share = _share(context, whole, name) if name else None
            if share:
                self._take(share, segment, shares)

    def _was_only_applied_for(self, segment: Segment, number: int) -> bool:
        """Tell whether the next figure says what was granted of this one."""
        rest = [later for later in self._parts[number + 1 :] if later.figures]
        granted = bool(rest) and _GRANTED.search(rest[0].before)
        return bool(granted and _APPLIED.search(segment.text))

    def _take(self, share: ShareText, segment: Segment, shares: list[ShareText]) -> None:
        # "josta työpanosta 20 000 euroa" is a part of the share before it, not a share.
        if segment.within and self._owner and not self._context.known.find(share.funder):
            return
        if segment.within and self._subtotal:
            # "Julkinen rahoitus 100 000 €, josta valtio 75 000 €": those who pay are named.
            shares.remove(self._subtotal)
            self._subtotal = None
        shares.append(share)
        if segment.opens and is_group(share.funder):
            self._subtotal = share
        elif segment.opens:
            self._owner = share

    def _aside(self, segment: Segment, number: int) -> str:
        """Return who pays where only brackets behind the sum tell it ("120 000 € (EAKR)")."""
        rest = self._parts[number + 1 :]
        if not segment.opens or not rest or rest[0].figures or len(rest[0].text) > 60:
            return ""
        name = nominative(rest[0].text.strip(" ().,"))
        return name if self._context.known.find(name) else ""

    def _same_payer(self, segment: Segment) -> str:
        """Carry the payer on to the next year ("Vaara 20 000 € vuonna 2012 ja 2013 30 000 €")."""
        carries = _ONLY_YEAR.fullmatch(segment.before) or _GRANTED.search(segment.before)
        return self._payer if carries else ""


def _total(context: Context, segment: Segment, *, first: bool) -> _Total | None:
    """Read a sum that belongs to nobody as the project's total, where its words say so."""
    amount = segment.amount
    spoilt = _RATE.search(segment.text) or _SHARE_OF.search(segment.text)
    if amount is None or not context.is_money or spoilt:
        return None
    text = segment.before if segment.before.strip(" -–:(") else segment.text
    around = f"{context.heading} {text}" if first else text
    actual = bool(_ACTUAL.search(around)) and not _PLANNED.search(text)
    wordless = not re.search(r"[^\W\d_]{4}", _ABOUT.sub("", text))
    rank = _rank(around if wordless else text, around)
    if not rank:
        heading = MONEY_HEADING.search(context.heading)
        rank = 1 if segment.opens or (heading and first and wordless) else 0
    return _Total(actual, rank, amount, context.sentence) if rank else None


def _rank(text: str, around: str) -> int:
    """Return how clearly the words say "all costs together", 0 for not at all."""
    one_year = _YEAR.search(text)
    cost = _COST.search(text)
    if one_year:
        return 1 if cost else 0
    if cost and _SUM.search(around):
        return _SURE
    if _SUM.search(text):
        return 3
    return 2 if cost else 0


def _share(context: Context, segment: Segment, name: str) -> ShareText | None:
    if _WORKING.search(segment.text) or _RATE.search(segment.text):
        return None
    sure = segment.amount is not None and segment.has_currency
    if not context.is_money and not (sure and context.known.find(name)):
        return None
    funder = _funder(context.known, name)
    figures = segment.amount, segment.percent
    kind = kind_of(segment.text)
    return ShareText(funder.funder, funder.programme, *figures, kind, _quote(segment.text))


def _funder(known: KnownFunders, name: str) -> FunderName:
    """Return funder and programme: the field's own where it has them."""
    found = known.find(name)
    if found:
        return found
    split = split_funder(name) if is_programme(name) else FunderName(name, name)
    payer_of = known.find(split.funder) if split.programme else None
    return FunderName(name, payer_of.funder, split.programme) if payer_of else split


def _quote(text: str) -> str:
    quote = text.lstrip(" ,;.:-–•·*\t")
    if not re.search(r"\d,-+ *$", quote):
        quote = quote.rstrip(" ,;.:-–•·*\t")
    if quote.count("(") > quote.count(")"):
        return f"{quote})"
    return quote.rstrip(") ") if quote.count(")") > quote.count("(") else quote


def _distinct(shares: list[ShareText]) -> tuple[ShareText, ...]:
    """Drop repeated shares; join a funder's lone percentage with its lone sum."""
    once: dict[tuple[object, ...], ShareText] = {}
    for share in shares:
        once.setdefault((*_who(share), share.amount, share.percent), share)
    groups: dict[tuple[str, str, str], list[ShareText]] = {}
    for share in once.values():
        groups.setdefault(_who(share), []).append(share)
    return tuple(share for group in groups.values() for share in _completed(group))


def _who(share: ShareText) -> tuple[str, str, str]:
    return key(share.funder), key(share.programme), share.kind


def _completed(group: list[ShareText]) -> list[ShareText]:
    percents = [share for share in group if share.amount is None]
    sums = [share for share in group if share.percent is None]
    if len(group) != 2 or len(percents) != 1 or len(sums) != 1 or percents == sums:
        return group
    quote = " … ".join(share.quote for share in group)
    return [replace(group[0], amount=sums[0].amount, percent=percents[0].percent, quote=quote)]
