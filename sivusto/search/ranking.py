"""Which projects come first: a candidate's score from the weights of its terms.

A word that is met again adds less and less (as in BM25, k1 = 1.2), so that a project with all
the words in weighty places comes before one that repeats a single word.
"""

from collections.abc import Iterable, Mapping, Sequence

from sivusto.search.analysis.query import Query

SATURATION = 1.2
ByProject = Mapping[int, float]  # weights


def terms_of(query: Query) -> list[str]:
    """Return every term whose weight the score needs."""
    found: dict[str, None] = {}
    for clause in query.wanted:
        found |= dict.fromkeys(clause.terms)
        for sequence in clause.sequences:
            for terms in sequence:
                found |= dict.fromkeys(terms)
    return list(found)


def prefixes_of(query: Query) -> list[str]:
    """Return every beginning of a term whose weights the score needs."""
    starts = (start for clause in query.wanted for start in clause.prefixes if "=" not in start)
    return list(dict.fromkeys(starts))


def scores(
    query: Query,
    projects: Iterable[int],
    terms: Mapping[str, ByProject],
    prefixes: Mapping[str, ByProject],
) -> dict[int, float]:
    """Return the projects' scores from their weights, by term, and by prefix of terms.

    Where a term weighs nothing in a project it may be missing.
    """
    totals = dict.fromkeys(projects, 0.0)
    for clause in query.wanted:
        weights = _sums(
            [
                *(terms[term] for term in clause.terms),
                *(prefixes.get(start, {}) for start in clause.prefixes),
                *(_weakest(sequence, terms) for sequence in clause.sequences),
            ]
        )
        for key, weight in weights.items():
            totals[key] += weight / (weight + SATURATION)
    return {key: round(total, 6) for key, total in totals.items()}


def _weakest(sequence: Sequence[Sequence[str]], terms: Mapping[str, ByProject]) -> ByProject:
    """Weigh a phrase as its weakest word; a project without one of the words has none."""
    first, *others = (_sums([terms[term] for term in word]) for word in sequence)
    for other in others:
        first = {key: min(weight, other[key]) for key, weight in first.items() if key in other}
    return first


def _sums(weights: Sequence[ByProject]) -> ByProject:
    if len(weights) == 1:
        return weights[0]
    total: dict[int, float] = {}
    for some in weights:
        for key, weight in some.items():
            total[key] = total.get(key, 0.0) + weight
    return total
