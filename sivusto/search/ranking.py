"""Which projects come first: a candidate's score from the weights of its terms.

A word that is met again adds less and less (as in BM25, k1 = 1.2), so that a project with all
the words in weighty places comes before one that repeats a single word.
"""

from collections.abc import Callable, Mapping

from sivusto.search.analysis.query import Clause, Query

SATURATION = 1.2


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


def score(query: Query, terms: Mapping[str, float], prefixes: Mapping[str, float]) -> float:
    """Return a project's score from its weights of terms, and of those that begin with prefixes."""
    total = 0.0
    for clause in query.wanted:
        weight = _weight(clause, lambda term: terms.get(term, 0.0), prefixes)
        total += weight / (weight + SATURATION)
    return round(total, 6)


def _weight(clause: Clause, of: Callable[[str], float], prefixes: Mapping[str, float]) -> float:
    weight = sum(map(of, clause.terms))
    weight += sum(prefixes.get(start, 0.0) for start in clause.prefixes)
    for sequence in clause.sequences:
        weight += min(sum(map(of, terms)) for terms in sequence)
    return weight
