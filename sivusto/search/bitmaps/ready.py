"""Terms with their projects and weights, kept ready in the database so that a word costs one row.

The index of terms finds 60 000 projects in some 200 ms, and the weights of 300 of them take as
long to unpack. Here each term has both as packed numbers, a row for each block of projects. A block
is true to a snapshot; what the log of changes tells since is asked of the documents themselves, so
a block may be old and the answer is not. A thread makes blocks anew where much has changed.
"""

import logging
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction

from sivusto.locks import alone
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.bitmaps.bits import bitmap
from sivusto.search.bitmaps.weights import Weights

logger = logging.getLogger(__name__)

WIDTH = 1 << 14  # keys of a block
MOST_CHANGED = 60  # projects of a block, before it is made anew
TRUSTED_H, OLD_H = 12, 6  # hours; the log keeps what has changed for a day
READY_LOCK = 0x68616B76

# What has changed in each block since its snapshot; a transaction's own changes are always news.
STATE = f"""
SELECT b.block, b.version = %s AND b.at > now() - interval '{TRUSTED_H} hours',
    b.at < now() - interval '{OLD_H} hours',
    ARRAY(
        SELECT DISTINCT c.project_id FROM sivusto_project_change c
        WHERE c.transaction >= pg_snapshot_xmin(b.snapshot::pg_snapshot)
        AND (c.transaction >= pg_snapshot_xmax(b.snapshot::pg_snapshot)
            OR c.transaction = ANY(ARRAY(SELECT pg_snapshot_xip(b.snapshot::pg_snapshot)))
            OR c.transaction = pg_current_xact_id_if_assigned())
        AND (c.project_id IS NULL OR c.project_id / {WIDTH} = b.block)
    )
FROM sivusto_ready_block b ORDER BY b.block
"""  # noqa: S608
LAST = f"SELECT max(project_id) / {WIDTH} FROM sivusto_search_document"  # noqa: S608
EMPTY = "DELETE FROM sivusto_ready_term WHERE block = %(block)s"
FILL = f"""
WITH documents AS MATERIALIZED (
    SELECT project_id::int AS key, terms, weights FROM sivusto_search_document
    WHERE project_id >= %(block)s * {WIDTH} AND project_id < (%(block)s + 1) * {WIDTH}
    AND version = %(version)s
), had AS (
    SELECT lexeme AS term, string_agg(int4send(key), '') AS keys
    FROM documents, unnest(terms) WHERE lexeme NOT LIKE 'w=%%' GROUP BY 1
), weighing AS (
    SELECT name AS term, string_agg(int4send(key), '' ORDER BY key) AS weighed,
        string_agg(int4send(round(value::numeric * 1000)::int), '' ORDER BY key) AS weights
    FROM documents, jsonb_each(weights) AS each(name, value) GROUP BY 1
)
INSERT INTO sivusto_ready_term (block, term, keys, weighed, weights)
SELECT %(block)s, term, keys, weighed, weights FROM had FULL JOIN weighing USING (term)
ORDER BY term COLLATE "C"
"""  # noqa: S608
SIGN = """
INSERT INTO sivusto_ready_block (block, version, snapshot, at)
VALUES (%(block)s, %(version)s, %(snapshot)s, now())
ON CONFLICT (block) DO UPDATE SET version = EXCLUDED.version, snapshot = EXCLUDED.snapshot,
    at = EXCLUDED.at
"""


@dataclass(frozen=True, slots=True)
class State:
    """The ready terms as this process trusts them.

    They say nothing of the projects ``changed`` since. ``weights`` are those fetched.
    """

    changed: int = 0
    weights: Weights = field(default_factory=Weights)

    def noted(self, changed: int) -> "State":
        """Return the state after some more changes."""
        return replace(self, changed=self.changed | changed)


def state() -> State | None:
    """Return how true the ready terms are; None where a block is missing or cannot be trusted."""
    changed: list[int] = []
    with connection.cursor() as cursor:
        blocks, needed = _blocks(cursor)
    for block, is_trusted, _is_old, keys in blocks:
        if not is_trusted or None in keys:
            return None
        needed.discard(block)
        changed += keys
    return None if needed or not blocks else State(bitmap(changed))


def _blocks(cursor: Any) -> tuple[list[Any], set[int]]:
    """Return the blocks as STATE tells of them, and the numbers of those that there should be."""
    cursor.execute(STATE, [VERSION])
    blocks = cursor.fetchall()
    cursor.execute(LAST)
    ((last,),) = cursor.fetchall()
    return blocks, set() if last is None else set(range(last + 1))


def tend() -> int:
    """Make anew the blocks that are missing, old or much changed; return how many it was.

    A block of 16 384 projects takes the database from ten seconds to over a minute. One process
    at a time.
    """
    with alone(READY_LOCK) as is_alone:
        made = _untrue() if is_alone else []
        for block in made:
            make(block)
    if made:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE sivusto_ready_term, sivusto_ready_block")
        logger.info("%d blocks of terms made ready", len(made))
    return len(made)


def make(block: int) -> None:
    """Make a block anew; what is changed meanwhile counts as changed since."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        ((snapshot,),) = cursor.fetchall()
        values = {"block": block, "version": VERSION, "snapshot": snapshot}
        for statement in (EMPTY, FILL, SIGN):
            cursor.execute(statement, values)


def _untrue() -> list[int]:
    """Return the blocks to be made anew, and sign those that are old and still true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        ((snapshot,),) = cursor.fetchall()
        blocks, needed = _blocks(cursor)
        untrue = needed - {row[0] for row in blocks}
        for block, is_trusted, is_old, keys in blocks:
            if not is_trusted or None in keys or len(keys) > MOST_CHANGED or (is_old and keys):
                untrue.add(block)
            elif is_old:
                values = {"block": block, "version": VERSION, "snapshot": snapshot}
                cursor.execute(SIGN, values)
    return sorted(untrue)
