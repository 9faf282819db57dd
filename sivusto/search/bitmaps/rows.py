"""Reading the rows of terms that are kept ready."""

from collections.abc import Iterable, Iterator
from typing import Any

import psycopg
from django.db import connection

from sivusto.search.analysis.analyser import VERSION

# The last block but one tells well enough which terms are worth fetching before they are asked for.
FREQUENT = """
SELECT term FROM sivusto_ready_term
WHERE block = (SELECT greatest(0, max(block) - 1) FROM sivusto_ready_block) AND keys IS NOT NULL
ORDER BY octet_length(keys) DESC, term LIMIT %s
"""
BEYOND = chr(0x10FFFF)  # comes after every letter
# Each row is found by the primary key; left to itself PostgreSQL would read the table for a range.
ROWS = """
SELECT b.block, asked.term, false, {columns}
FROM unnest(%s::text[]) AS asked(term) CROSS JOIN sivusto_ready_block b
CROSS JOIN LATERAL (
    SELECT * FROM sivusto_ready_term r WHERE r.block = b.block AND r.term = asked.term OFFSET 0
) AS t WHERE b.version = %s
UNION ALL
SELECT b.block, asked.term, true, {columns}
FROM unnest(%s::text[]) AS asked(term) CROSS JOIN sivusto_ready_block b
CROSS JOIN LATERAL (
    SELECT * FROM sivusto_ready_term r WHERE r.block = b.block
    AND r.term >= asked.term COLLATE "C" AND r.term < (asked.term || '{beyond}') COLLATE "C"
    OFFSET 0
) AS t WHERE b.version = %s
ORDER BY 1
"""


def fetched(
    terms: Iterable[str], beginnings: Iterable[str], columns: str
) -> Iterator[tuple[str, bool, Any]]:
    """Give the rows of terms, and of all that begin so, block by block, in one query.

    A row is the asked term, whether it is a beginning, and the columns.
    """
    statement = ROWS.format(columns=columns, beyond=BEYOND)
    asked = [[*terms], VERSION, [*beginnings], VERSION]
    connection.ensure_connection()
    # The driver's own cursor: half a megabyte comes as bytes, and not as twice as many letters.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, asked, binary=True, prepare=False)
        rows = cursor.fetchall()
    for _block, term, is_begun, *values in rows:
        yield term, is_begun, values


def frequent(number: int) -> list[str]:
    """Return so many terms, the most frequent first, as one block tells them."""
    with connection.cursor() as cursor:
        cursor.execute(FREQUENT, [number])
        return [row[0] for row in cursor.fetchall()]
