"""Keeping the index: what has changed is noted by database triggers and indexed soon after.

The triggers write a row of ``Pending`` in the very transaction of the change, whoever makes it.
``catch_up`` indexes what waits: at the end of a writing path, or before the next search. So a
search never sees an old text, and an import may write in bulk.
"""

import json
import time
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from hankkeet.models import Project
from sivusto.search import pages
from sivusto.search.analysis import spelling
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.analysis.indexing import Built, build
from sivusto.search.contents import all_texts, searchable, shown_texts
from sivusto.search.finnish import analyser
from sivusto.search.models import Document, Page, Pending, Word
from sivusto.search.triggers import LATER, OWNED, SHARED

# Any constant will do, as long as nothing else in the house uses the same.
INDEX_LOCK = 0x68616B75
AT_ONCE, IN_MEMORY = 25, 200
BUDGET_S = 8.0  # what a search may spend on what a bulk write has left to it
TRIES, PAUSE_S = 10, 0.03

WAITS = """
SELECT EXISTS (SELECT 1 FROM sivusto_search_pending)
    OR EXISTS (SELECT 1 FROM sivusto_search_document WHERE version < %s)
    OR EXISTS (SELECT 1 FROM sivusto_search_document WHERE version > %s)
"""
TAKE = """
DELETE FROM sivusto_search_pending WHERE project_id IN (
    SELECT DISTINCT project_id FROM sivusto_search_pending LIMIT %s
) RETURNING project_id
"""
PUT = """
INSERT INTO sivusto_search_document (project_id, version, terms, weights, shown)
VALUES (%s, %s, %s::tsvector, %s::jsonb, %s::jsonb)
ON CONFLICT (project_id) DO UPDATE SET version = EXCLUDED.version, terms = EXCLUDED.terms,
    weights = EXCLUDED.weights, shown = EXCLUDED.shown
"""


def catch_up(budget_s: float | None = BUDGET_S) -> int:
    """Index what waits, for so many seconds at most (None: all of it); return how many it was.

    Costs one query when nothing waits. Gives way when another process is indexing for long; what
    is left waits for the next one.
    """
    number, start = 0, time.monotonic()
    while _something_waits():
        with transaction.atomic():
            taken = _take(AT_ONCE) if _locked() else []
            write(taken)
        number += len(taken)
        if not taken or (budget_s is not None and time.monotonic() - start > budget_s):
            break
    return number


def reindex() -> int:
    """Build the whole index anew in one transaction; return the number of its projects."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INDEX_LOCK])
            # After a large write the planner may know nothing of the tables that are read here.
            cursor.execute(f"ANALYZE {', '.join({**OWNED, **LATER, **SHARED})}")
        Pending.objects.all().delete()
        Page.objects.all().delete()
        Document.objects.all().delete()
        Word.objects.all().delete()
        write(list(Project.objects.public().order_by("pk").values_list("pk", flat=True)))
        return Document.objects.count()


def write(projects: Sequence[int]) -> None:
    """Bring the documents of the projects up to date; those not public lose theirs."""
    for start in range(0, len(projects), IN_MEMORY):
        some = projects[start : start + IN_MEMORY]
        found = list(searchable().filter(pk__in=some))
        built = {project.pk: build(all_texts(project), analyser()) for project in found}
        Document.objects.filter(pk__in=set(some) - set(built)).delete()
        Page.objects.filter(project__in=some).delete()
        _put(built, {project.pk: shown_texts(project) for project in found})
        pages.write(found)
        _put_words({word for entry in built.values() for word in entry.words})


def _put(built: dict[int, Built], shown: dict[int, list[tuple[str, str]]]) -> None:
    rows = [
        (pk, VERSION, entry.vector(), _json(entry.weights), _json(shown[pk]))
        for pk, entry in sorted(built.items())
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(PUT, rows)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _put_words(words: Iterable[str]) -> None:
    """Keep the words' analyses; one of an older version is written over."""
    known = set(
        Word.objects.filter(word__in=list(words), version=VERSION).values_list("word", flat=True)
    )
    rows = []
    for word in sorted(set(words) - known):
        terms = analyser().word(word)
        is_spelt = spelling.SHORTEST <= len(word) <= spelling.LONGEST and not word.isdigit()
        keys = sorted(spelling.dictionary_keys(word)) if is_spelt else []
        rows.append(
            Word(
                word=word,
                version=VERSION,
                whole=list(terms.whole),
                every=list(terms.every),
                keys=keys,
            )
        )
    Word.objects.bulk_create(
        rows,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["version", "whole", "every", "keys"],
    )


def _something_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [VERSION, VERSION])
        row: Any = cursor.fetchone()
        return bool(row[0])


def _locked() -> bool:
    """Take the indexers' lock for this transaction; give up after a third of a second."""
    for _attempt in range(TRIES):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [INDEX_LOCK])
            row: Any = cursor.fetchone()
        if row[0]:
            return True
        time.sleep(PAUSE_S)
    return False


def _take(limit: int) -> list[int]:
    """Take what waits, and what an older analyser has indexed."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [limit])
        taken = {row[0] for row in cursor.fetchall()}
    old = Document.objects.exclude(version=VERSION).values_list("pk", flat=True)
    return sorted(taken | set(old[: max(0, limit - len(taken))]))
