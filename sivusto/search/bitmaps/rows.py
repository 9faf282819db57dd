"""Reading the rows of terms that are kept ready."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from sivusto.search.analysis.analyser import VERSION

# The last block but one tells well enough which terms are worth fetching before they are asked for.
FREQUENT = """
SELECT term FROM sivusto_ready_term
WHERE block = (SELECT greatest(0, max(block) - 1) FROM sivusto_ready_block) AND keys IS NOT NULL
ORDER BY octet_length(keys) DESC, term LIMIT %s
"""
BEYOND = chr(0x10FFFF)  # comes after every letter
TERMS = """
SELECT t.term, {columns} FROM unnest(%s::text[]) AS asked(term)
CROSS JOIN sivusto_ready_block b JOIN sivusto_ready_term t USING (block, term)
WHERE b.version = %s ORDER BY b.block
"""
BEGUN = """
SELECT asked.term, {columns} FROM unnest(%s::text[]) AS asked(term)
CROSS JOIN sivusto_ready_block b JOIN sivusto_ready_term t
ON t.block = b.block AND t.term >= asked.term COLLATE "C"
    AND t.term < (asked.term || '{beyond}') COLLATE "C"
WHERE b.version = %s ORDER BY b.block
"""


def fetched(
    terms: Iterable[str], beginnings: Iterable[str], columns: str
) -> Iterator[tuple[str, bool, Any]]:
    """Give the rows of terms, and of all that begin so: the asked one, whether begun, columns."""
    for statement, asked, is_begun in ((TERMS, [*terms], False), (BEGUN, [*beginnings], True)):
        if asked:
            with connection.cursor() as cursor:
                cursor.execute(statement.format(columns=columns, beyond=BEYOND), [asked, VERSION])
                for term, *values in cursor.fetchall():
                    yield term, is_begun, values


def frequent(number: int) -> list[str]:
    """Return so many terms, the most frequent first, as one block tells them."""
    with connection.cursor() as cursor:
        cursor.execute(FREQUENT, [number])
        return [row[0] for row in cursor.fetchall()]
