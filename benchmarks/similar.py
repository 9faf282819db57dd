"""Compare finding similar projects with ts_rank; run it from the project's root.

    DATABASE_URL=… python -m benchmarks.similar [cards]

For cards chosen evenly over the public ones, and for their names as if they were being typed, finds
the similar ones as the card and the staff's form do. The peer is the straightforward way: the same
words of the card joined by OR, ``ORDER BY ts_rank`` over all that have any of them, the first four.
Both are asked in turn on a warm connection; a first card warms all. Use an indexed register of
100 000 (``manage.py make_register 100000``); what is kept ready of terms and figures is brought up
to date first, as a web process does by itself.

Prints the medians, the slowest, the ratio of the medians (bar 0.05), and how many queries and rows
it takes at most.
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
from django.test.utils import CaptureQueriesContext  # noqa: E402

from hankkeet.models import Project, Publication  # noqa: E402
from sivusto.card.queries import cards  # noqa: E402
from sivusto.figures.counting import count_changes  # noqa: E402
from sivusto.search.analysis import tsquery  # noqa: E402
from sivusto.search.bitmaps import ready  # noqa: E402
from sivusto.search.similar.sources import of_project  # noqa: E402
from sivusto.search.similar.wording import any_like_words, public_like  # noqa: E402

BAR = 0.05
PEER = """
SELECT d.project_id, ts_rank(d.terms, q) AS rank
FROM sivusto_search_document d JOIN hankkeet_project p ON p.id = d.project_id, CAST(%s AS tsquery) q
WHERE d.terms @@ q AND p.publication = %s AND p.id <> %s
ORDER BY rank DESC, d.project_id DESC LIMIT 4
"""


def chosen_cards(number: int) -> list[Project]:
    """Return so many public cards, evenly over the register, loaded as the card's page does."""
    keys = list(Project.objects.public().order_by("pk").values_list("pk", flat=True))
    step = max(1, len(keys) // number)
    return list(cards().filter(pk__in=keys[step // 2 :: step][:number]))


def ranked_by_words(project: Project) -> list[Any]:
    """Return the similar ones as PostgreSQL ranks them by the card's words."""
    words = of_project(project).profile.words
    query = " | ".join(map(tsquery.term, words))
    with connection.cursor() as cursor:
        cursor.execute(PEER, [query, Publication.PUBLISHED, project.pk])
        return list(cursor.fetchall())


def timed(work: Callable[[], Any]) -> float:
    """Return the milliseconds that the work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main(number: int) -> int:
    """Measure and tell; return 1 if the bar is not held."""
    count_changes()
    ready.tend()
    ours, typed, peer, found, queries = [], [], [], 0, 0
    for project in chosen_cards(number + 1):
        ours.append(timed(lambda project=project: public_like(project)))  # type: ignore[misc]
        typed.append(timed(lambda project=project: any_like_words(project.name, "")))  # type: ignore[misc]
        peer.append(timed(lambda project=project: ranked_by_words(project)))  # type: ignore[misc]
        with CaptureQueriesContext(connection) as asked:
            found += bool(public_like(project))
        queries = max(queries, len(asked))
    public = Project.objects.public().count()
    mine, its = statistics.median(ours[1:]), statistics.median(peer[1:])
    print(f"{number} cards of {public} public projects, similar ones found for {found}")
    print(f"a card {mine:.0f} ms (slowest {max(ours[1:]):.0f}), {queries} queries at most")
    print(f"a name being typed {statistics.median(typed[1:]):.0f} ms")
    print(f"ts_rank {its:.0f} ms, ratio {mine / its:.3f} (bar {BAR})")
    return int(mine / its > BAR)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
