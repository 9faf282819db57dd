"""Likelier spellings of words that are nowhere in the public register."""

import re
from collections.abc import Iterator
from itertools import islice, product

from django.db import connection

from hankkeet.models import Publication
from sivusto.search.analysis import spelling, tsquery
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.analysis.query import Clause, Query
from sivusto.search.models import Word

MOST_NEAR = 40
MOST_TRIED = 4
ENOUGH_DOCUMENTS = 1000

COUNT = """
SELECT asked.word, (
    SELECT count(*) FROM (
        SELECT 1 FROM sivusto_search_document d JOIN hankkeet_project p ON p.id = d.project_id
        WHERE d.version IS NOT DISTINCT FROM %s AND p.publication = %s
            AND d.terms @@ asked.query::tsquery
        LIMIT %s
    ) AS found
) FROM unnest(%s::text[], %s::text[]) AS asked(word, query)
"""


def corrected(query: Query) -> Iterator[str]:
    """Yield likelier texts of a query that finds nothing, the likeliest first; few or none."""
    wrong = _nowhere([clause for clause in query.wanted if clause.is_word])
    options = [(clause.text, near[:2]) for clause in wrong if (near := suggestions(clause.text))]
    if not options:
        return
    for choice in islice(product(*(near for _typed, near in options)), MOST_TRIED):
        text = query.text
        for (typed, _near), word in zip(options, choice, strict=True):
            text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", word, text)
        yield text


def suggestions(typed: str) -> list[str]:
    """Return public words near to the typed one, the likeliest first."""
    word = typed.lower().strip("-‑")
    if not spelling.SHORTEST <= len(word) <= spelling.LONGEST:
        return []
    keys = sorted(spelling.query_keys(word))
    limit = spelling.limit_for(word)
    candidates = Word.objects.filter(version=VERSION, keys__overlap=keys)
    far = {
        other: spelling.cost(word, other, limit)
        for other in candidates.values_list("word", flat=True)
    }
    near = sorted((way, other) for other, way in far.items() if way <= limit and other != word)
    counts = _documents({other: tsquery.word(other) for _way, other in near[:MOST_NEAR]})
    return spelling.best(word, {other: count for other, count in counts.items() if count})


def _nowhere(clauses: list[Clause]) -> list[Clause]:
    """Keep the words that no public project has."""
    counts = _documents({clause.text: tsquery.anywhere(clause) for clause in clauses}, enough=1)
    return [clause for clause in clauses if not counts[clause.text]]


def _documents(queries: dict[str, str], enough: int = ENOUGH_DOCUMENTS) -> dict[str, int]:
    """Count the public projects that answer each query, up to what is enough."""
    if not queries:
        return {}
    words, asked = list(queries), list(queries.values())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [VERSION, Publication.PUBLISHED, enough, words, asked])
        return dict(cursor.fetchall())
