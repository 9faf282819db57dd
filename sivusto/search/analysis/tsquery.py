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
    return " | ".join(parts(clause))


def within(clause: Clause, tag: str) -> str:
    """Ask for a clause in the field whose terms bear the tag; words of a phrase in any order."""
    return " | ".join(parts(clause, tag))


def parts(clause: Clause, tag: str = "") -> list[str]:
    """Return the queries of which any answers the clause, anywhere or in the field of the tag."""
    found = [term(tag + one) for one in clause.terms]
    starts = (start for start in clause.prefixes if not tag or "=" not in start)
    found += [f"{term(tag + start)}:*" for start in starts]
    if tag:
        return found + [
            "(" + " & ".join(_any(terms, tag) for terms in sequence) + ")"
            for sequence in clause.sequences
        ]
    return found + [_adjacent(sequence) for sequence in clause.sequences]


def all_within(query: Query, tag: str) -> str:
    """Ask for every wanted clause in the field."""
    return " & ".join(f"({within(clause, tag)})" for clause in query.wanted)


def some_within(query: Query, tag: str) -> str:
    """Ask for any wanted clause in the field."""
    return " | ".join(within(clause, tag) for clause in query.wanted)


def word(text: str) -> str:
    """Ask for a word of the word table, as written or as a base form."""
    return f"{term(text)} | {term('w=' + text)}"


def term(text: str) -> str:
    """Ask for a term of the index."""
    return f"'{text}'"


def _adjacent(sequence: Sequence) -> str:
    return "(" + " <-> ".join(_any(terms) for terms in sequence) + ")"


def _any(terms: tuple[str, ...], tag: str = "") -> str:
    return "(" + " | ".join(term(tag + one) for one in terms) + ")"
