"""The words that staff have declared to find each other."""

from collections.abc import Iterable
from dataclasses import replace

from sivusto.search.analysis.analyser import Analyser
from sivusto.search.analysis.query import Clause, Query, sequence, word_clause
from sivusto.search.analysis.tokens import TOKEN, normal, pieces

Pair = tuple[str, str]


def widened(query: Query, pairs: Iterable[Pair], analyser: Analyser) -> Query:
    """Let each word or phrase of the query find its other words too.

    A pair says that who looks for the first finds the second as well. What was typed in quotes is
    meant as typed and stays as it is.
    """
    clauses = list(query.clauses)
    for word, other in pairs:
        names = _clauses(word, analyser)
        if not names or all(clause.is_empty for clause in names):
            continue
        for place in range(len(clauses) - len(names) + 1):
            run = clauses[place : place + len(names)]
            if all(map(_same, run, names)):
                clauses[place : place + len(names)] = [_with(run, other, analyser)]
                break
    return replace(query, clauses=tuple(clauses))


def _clauses(text: str, analyser: Analyser) -> list[Clause]:
    return [word_clause(raw, analyser) for raw in TOKEN.findall(normal(text))]


def _same(clause: Clause, name: Clause) -> bool:
    """Whether a typed word is a form of the name; only true words meet, never mere stems."""
    mine = {term for term in clause.terms if "_" not in term}
    return clause.is_word and not mine.isdisjoint(name.terms)


def _with(run: list[Clause], other: str, analyser: Analyser) -> Clause:
    """Join the typed words into one clause that the other word answers as well."""
    first, others = run[0], _clauses(other, analyser)
    if len(run) > 1:
        together = tuple(clause.terms for clause in run)
        first = Clause(" ".join(clause.text for clause in run), sequences=(together,), is_word=True)
    if len(others) == 1:
        return replace(
            first,
            terms=tuple(dict.fromkeys([*first.terms, *others[0].terms])),
            sequences=(*first.sequences, *others[0].sequences),
        )
    flat = [piece for raw in TOKEN.findall(normal(other)) for piece in pieces(raw.strip("-‑"))]
    phrase = sequence(flat, analyser)
    return replace(first, sequences=(*first.sequences, phrase) if phrase else first.sequences)
