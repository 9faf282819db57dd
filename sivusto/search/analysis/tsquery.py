"""Writing queries in the syntax of PostgreSQL's tsquery, of which no text of a reader is a part.

Terms hold letters, digits, ``_`` and our own ``=`` only, and stand in quotes.
"""

from sivusto.search.analysis.query import Clause, Query, Sequence


def written(query: Query) -> str:
    """Ask for all wanted clauses and none of the unwanted."""
    wanted = [f"({anywhere(clause)})" for clause in query.wanted]
    unwanted = [f"!({anywhere(clause)})" for clause in query.unwanted]
    return " & ".join(wanted + unwanted)


def anywhere(clause: Clause) -> str:
    """Ask for a clause anywhere in the card."""
    found = [_quoted(term) for term in clause.terms]
    found += [f"{_quoted(prefix)}:*" for prefix in clause.prefixes]
    found += [_adjacent(sequence) for sequence in clause.sequences]
    return " | ".join(found)


def within(clause: Clause, tag: str) -> str:
    """Ask for a clause in the field whose terms bear the tag; words of a phrase in any order."""
    found = [_quoted(tag + term) for term in clause.terms]
    found += [f"{_quoted(tag + start)}:*" for start in clause.prefixes if "=" not in start]
    found += [
        "(" + " & ".join(_any(terms, tag) for terms in sequence) + ")"
        for sequence in clause.sequences
    ]
    return " | ".join(found)


def all_within(query: Query, tag: str) -> str:
    """Ask for every wanted clause in the field."""
    return " & ".join(f"({within(clause, tag)})" for clause in query.wanted)


def some_within(query: Query, tag: str) -> str:
    """Ask for any wanted clause in the field."""
    return " | ".join(within(clause, tag) for clause in query.wanted)


def word(text: str) -> str:
    """Ask for a word of the word table, as written or as a base form."""
    return f"{_quoted(text)} | {_quoted('w=' + text)}"


def _adjacent(sequence: Sequence) -> str:
    return "(" + " <-> ".join(_any(terms) for terms in sequence) + ")"


def _any(terms: tuple[str, ...], tag: str = "") -> str:
    return "(" + " | ".join(_quoted(tag + term) for term in terms) + ")"


def _quoted(term: str) -> str:
    return f"'{term}'"
