"""Compare ranking the most frequent word with PostgreSQL's ts_rank; run it from the project's root.

    DATABASE_URL=… python -m benchmarks.ranking [rounds]

Finds the word that most public projects have, and ranks its hits as the list does: candidates by
tiers, their weights fetched from the terms that are kept ready, scored in Python. What a process
keeps of terms is thrown away before each round: it is always the first time. The peer is
``ORDER BY ts_rank`` over the same hits, the first page of twenty. Both are asked in turn on a warm
connection; the medians of the rounds count. By the way the list's other path is measured, which
answers where a process holds no bitmaps yet (``Search.best``: the weights read from documents). Use
an indexed register of 100 000 (``manage.py make_register 100000``).

Prints the word, its hits, the medians and their ratios (bar 0.125).
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
django.setup()

from django.db import connection  # noqa: E402

from hankkeet.models import Project, Publication  # noqa: E402
from sivusto.search.analysis import tsquery  # noqa: E402
from sivusto.search.analysis.tokens import FUNCTION_WORDS  # noqa: E402
from sivusto.search.bitmaps import ready  # noqa: E402
from sivusto.search.bitmaps.answering import best_of  # noqa: E402
from sivusto.search.bitmaps.keeper import keeper  # noqa: E402
from sivusto.search.bitmaps.postings import Postings  # noqa: E402
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
    ready.tend()
    held = keeper.build()
    if held is None:
        raise SystemExit("The register's keys are too sparse.")
    everything = held.postings.matching(asked.query) & held.register.public
    ours, slow, peer = [], [], []
    for _round in range(rounds + 1):  # the first warms all
        peer.append(timed(lambda: fetched(PEER, [written, Publication.PUBLISHED])))
        forgetful = replace(held, postings=Postings())
        forgetful.postings.trust(ready.state())
        ours.append(timed(partial(best_of, forgetful, asked.query, everything)))
        slow.append(timed(lambda: asked.best(found)))
    mine, its = statistics.median(ours[1:]), statistics.median(peer[1:])
    print(f"{word}: {found.count()} hits of {Project.objects.public().count()} public projects")
    print(
        f"ranked in {mine * 1000:.0f} ms, ts_rank {its * 1000:.0f} ms, "
        f"ratio {mine / its:.3f} (bar {BAR}), median of {rounds}"
    )
    print(f"without bitmaps {statistics.median(slow[1:]) / its:.3f}")
    return int(mine / its > BAR)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
