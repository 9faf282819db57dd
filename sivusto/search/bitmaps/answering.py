"""The list answered from bitmaps: the same answer as SQL gives, in some milliseconds."""

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from operator import and_, or_

from sivusto.search import counting
from sivusto.search.analysis.query import Query
from sivusto.search.bitmaps.bits import bitmap, greatest
from sivusto.search.bitmaps.keeper import Held, keeper
from sivusto.search.bitmaps.register import COST
from sivusto.search.engine import MOST_RANKED, in_order, ranked, scores
from sivusto.search.selection import BY_RANK, FACETS, NEWEST, Outcome, Selection, last_page


def outcome(selection: Selection, page: int, size: int) -> Outcome:
    """Answer from the register that this process holds, or by SQL where it holds none."""
    return from_bitmaps(selection, page, size) or counting.outcome(selection, page, size)


def from_bitmaps(selection: Selection, page: int, size: int) -> Outcome | None:
    """Answer from the register that this process holds; None where SQL has to."""
    held = (selection.words and selection.words.held) or keeper.current()
    if held is None:
        return None
    register, chosen = held.register, dict(selection.chosen)
    base = register.public
    if selection.words:
        base &= held.postings.matching(selection.words.query)
    found = register.selected(chosen, base)
    number = found.bit_count()
    page = min(max(1, page), last_page(number, size))
    keys = _keys(held, selection, found, (page - 1) * size, size)
    if keys is None:
        return None
    costs = register.numbers[COST]
    with_cost = (found & costs.known).bit_count()
    counts = register.counts(chosen, base)
    return Outcome(
        number=number,
        cost=Decimal(costs.total(found)).scaleb(-2) if with_cost else None,
        without_cost=number - with_cost,
        page=page,
        keys=keys,
        counts={facet: counts[facet] for facet in FACETS},
        version=held.version,
    )


def _keys(
    held: Held, selection: Selection, found: int, skip: int, number: int
) -> Sequence[int] | None:
    """Return a page's keys; by rank the best come first and all others as they are ordered."""
    if not selection.words or selection.order != BY_RANK:
        return held.register.page(found, selection.order, skip, number)
    query = selection.words.query
    best = best_of(held, query, found) if skip < MOST_RANKED else _candidates(held, query, found)
    keys = best[skip : skip + number]
    if len(keys) < number:
        others = found & ~bitmap(best)
        rest = held.register.page(others, NEWEST, max(0, skip - len(best)), number - len(keys))
        return None if rest is None else [*keys, *rest]
    return keys


def best_of(held: Held, query: Query, found: int) -> list[int]:
    """Return the keys of the best of the found projects, at most 300, best first."""
    return _ranked(held, query, _candidates(held, query, found))


def _ranked(held: Held, query: Query, best: list[int]) -> list[int]:
    """Sort by scores: from the weights that are ready, and those of changed projects anew."""
    state = held.postings.state
    if state is None:
        return ranked(query, best)
    fresh = [key for key in best if state.changed >> key & 1]
    known = state.weights.scores(query, [key for key in best if not state.changed >> key & 1])
    return in_order(best, known | scores(query, fresh))


def _candidates(held: Held, query: Query, found: int) -> list[int]:
    """Choose whom to rank, exactly as Search.best() does."""
    newest = greatest(found, 0, MOST_RANKED + 1)
    if len(newest) <= MOST_RANKED:
        return newest
    in_name = held.postings.within(query.wanted, "n=")
    tiers = [reduce(and_, in_name), reduce(or_, in_name)]
    chosen: dict[int, None] = {}
    for place in range(3):
        if len(chosen) < MOST_RANKED:
            # The goals are asked for only where the names do not give enough.
            tier = (
                tiers[place]
                if place < 2
                else reduce(and_, held.postings.within(query.wanted, "g="))
            )
            chosen |= dict.fromkeys(greatest(found & tier, 0, MOST_RANKED))
    return list(chosen | dict.fromkeys(newest))[:MOST_RANKED]
