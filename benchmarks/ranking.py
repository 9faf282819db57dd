"""Compare ranking the most frequent word with PostgreSQL's ts_rank; run it from the project's root.

    DATABASE_URL=… python -m benchmarks.ranking [rounds]

Finds the word that most public projects have, and ranks its hits as the list does (``Search.best``:
candidates by tiers, their weights fetched, scored in Python). The peer is ``ORDER BY ts_rank`` over
the same hits, the first page of twenty. Both are asked in turn on one warm connection; the medians
of the rounds count. Use an indexed register of 100 000 (``manage.py make_register 100000``).

Prints the word, its hits, both medians and their ratio (bar 0.125).
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
django.setup()

from django.db import connection  # noqa: E402

from hankkeet.models import Project, Publication  # noqa: E402
from sivusto.search.analysis import tsquery  # noqa: E402
from sivusto.search.analysis.tokens import FUNCTION_WORDS  # noqa: E402
from sivusto.search.engine import search  # noqa: E402

BAR = 0.125
SAMPLE = 3000
FREQUENT = """
SELECT word FROM ts_stat($$SELECT terms FROM sivusto_search_document LIMIT %d$$)
WHERE word ~ '^[a-zåäö]{3,}$' AND NOT word = ANY(%%s) ORDER BY ndoc DESC LIMIT 1
"""
PEER = """
SELECT d.project_id, ts_rank(d.terms, q) AS rank
FROM sivusto_search_document d JOIN hankkeet_project p ON p.id = d.project_id, CAST(%s AS tsquery) q
WHERE d.terms @@ q AND p.publication = %s ORDER BY rank DESC, d.project_id DESC LIMIT 20
"""


def fetched(statement: str, parameters: list[Any]) -> list[Any]:
    """Return the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(rounds: int) -> int:
    """Measure and tell; return 1 if the bar is not held."""
    word = fetched(FREQUENT % SAMPLE, [sorted(FUNCTION_WORDS)])[0][0]
    asked = search(word)
    found = asked.matching(Project.objects.all())
    written = tsquery.written(asked.query)
    ours, peer = [], []
    for _round in range(rounds + 1):  # the first warms both
        peer.append(timed(lambda: fetched(PEER, [written, Publication.PUBLISHED])))
        ours.append(timed(lambda: asked.best(found)))
    mine, its = statistics.median(ours[1:]), statistics.median(peer[1:])
    print(f"{word}: {found.count()} hits of {Project.objects.public().count()} public projects")
    print(
        f"ranked in {mine * 1000:.0f} ms, ts_rank {its * 1000:.0f} ms, "
        f"ratio {mine / its:.3f} (bar {BAR}), median of {rounds}"
    )
    return int(mine / its > BAR)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
