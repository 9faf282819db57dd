"""The search: what a reader typed, understood, corrected where nothing is found, and ranked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F

from hankkeet.models import Project
from hankkeet.models.project import ProjectQuerySet
from sivusto.search import ranking, synonyms
from sivusto.search.analysis import tsquery
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.analysis.query import Query, parse, prefix_clause
from sivusto.search.bitmaps.keeper import Held, keeper
from sivusto.search.corrections import corrected
from sivusto.search.finnish import analyser
from sivusto.search.index import catch_up
from sivusto.search.lookups import careful_reading
from sivusto.search.models import Synonym

MOST_RANKED = 300


@dataclass(frozen=True)
class Notice:
    """What is shown instead of what was typed and found nothing."""

    typed: str
    shown: str

    @property
    def way_back(self) -> str:
        """The query that means exactly what was typed: quoted words are never corrected."""
        return " ".join(f'"{word}"' for word in self.typed.replace('"', " ").split())


@dataclass(frozen=True)
class Search:
    """A query as it is run."""

    query: Query
    notice: Notice | None = None
    held: Held | None = field(default=None, compare=False, repr=False)  # what it was run on

    def matching(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Keep exactly the public projects that answer the query."""
        if not self.query.clauses:
            return projects.none()
        return projects.public().filter(
            document__version__exactly=VERSION, document__terms__matches=tsquery.written(self.query)
        )

    def best(self, projects: ProjectQuerySet) -> list[int]:
        """Return the keys of the best of the projects, at most 300, best first.

        ``projects`` are already matching(), and may be filtered further.
        """
        with careful_reading():
            return ranked(self.query, self._candidates(projects.order_by()))

    def _candidates(self, projects: ProjectQuerySet) -> list[int]:
        """Take all, or where they are many, those with the words in the weightiest places."""
        found = _newest(projects, MOST_RANKED + 1)
        if len(found) <= MOST_RANKED or not self.query.wanted:
            return found[:MOST_RANKED]
        tiers = (
            tsquery.all_within(self.query, "n="),
            tsquery.some_within(self.query, "n="),
            tsquery.all_within(self.query, "g="),
        )
        chosen: dict[int, None] = {}
        for tier in tiers:
            if len(chosen) < MOST_RANKED:
                these = projects.filter(document__terms__matches=tier)
                chosen |= dict.fromkeys(_newest(these, MOST_RANKED))
        return list(chosen | dict.fromkeys(found))[:MOST_RANKED]


def ranked(query: Query, candidates: list[int]) -> list[int]:
    """Sort the keys of some projects by their scores, the best first; one query."""
    return in_order(candidates, scores(query, candidates))


def in_order(candidates: list[int], scores: Mapping[int, float]) -> list[int]:
    """Sort keys by scores, the best first, and the newest of those alike."""
    return sorted(candidates, key=lambda pk: (-scores.get(pk, 0.0), -pk))


def search(words: str) -> Search:
    """Understand what a reader typed, in the public register as it is now.

    Where nothing is found, the last word may be a beginning, and then each word that is nowhere
    gets its likeliest spelling.
    """
    catch_up()
    held = keeper.current()
    typed = _understood(words, held)
    if not typed.clauses or not typed.wanted:
        return Search(typed)
    if held is not None and _finds(typed, held):
        return Search(typed, held=held)
    with careful_reading():
        return _otherwise(typed, held)


def _otherwise(typed: Query, held: Held | None) -> Search:
    """Run a query that may find nothing as it is typed."""
    if held is None and _finds(typed, held):
        return Search(typed)
    begun = _begun(typed)
    if begun and _finds(begun, held):
        return Search(begun, Notice(typed.text, f"{typed.text}*"), held)
    for text in corrected(typed):
        other = _understood(text, held)
        if _finds(other, held):
            return Search(other, Notice(typed.text, text), held)
    return Search(typed, held=held)


def _understood(words: str, held: Held | None) -> Query:
    pairs = _declared() if held is None else _declared_at(held.version)
    return synonyms.widened(parse(words, analyser()), pairs, analyser())


def _declared() -> list[synonyms.Pair]:
    pairs = []
    for synonym in Synonym.objects.all():
        for other in synonym.other_words():
            pairs.append((synonym.word, other))
            if synonym.is_two_way:
                pairs.append((other, synonym.word))
    return pairs


@lru_cache(maxsize=1)
def _declared_at(_version: int) -> list[synonyms.Pair]:
    """Keep the pairs as they were, or newer, when the data version was so."""
    return _declared()


def _begun(query: Query) -> Query | None:
    """Take the last word for a beginning, if it is a word and long enough."""
    last = query.clauses[-1]
    begun = prefix_clause(last.text, analyser())
    if not last.is_word or last.is_excluded or not begun.prefixes:
        return None
    return replace(query, clauses=(*query.clauses[:-1], begun))


def _finds(query: Query, held: Held | None) -> bool:
    if held is not None:
        return bool(held.postings.matching(query) & held.register.public)
    return Search(query).matching(Project.objects.all()).order_by().exists()


def _newest(projects: ProjectQuerySet, number: int) -> list[int]:
    """Return keys, the newest first; the sum keeps PostgreSQL from walking the primary key."""
    ordered = projects.order_by((F("pk") + 0).desc())
    return list(ordered.values_list("pk", flat=True)[:number])


def scores(query: Query, candidates: list[int]) -> dict[int, float]:
    """Return the candidates' scores; one query that unpacks each row's weights once."""
    terms, prefixes = ranking.terms_of(query), ranking.prefixes_of(query)
    columns = ["(w->%s)::float"] * len(terms) + [
        "(SELECT sum(v::float) FROM jsonb_each(w) AS e(k, v) WHERE starts_with(k, %s))"
    ] * len(prefixes)
    if not candidates or not columns:
        return {}
    statement = (
        f"SELECT project_id, {', '.join(columns)} FROM (SELECT project_id, "  # noqa: S608
        "weights || '{}'::jsonb AS w FROM sivusto_search_document "
        "WHERE project_id = ANY(%s) OFFSET 0) AS unpacked"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*terms, *prefixes, candidates])
        rows: list[Any] = cursor.fetchall()
    by_column = [
        {row[0]: row[place] for row in rows if row[place]} for place in range(1, len(columns) + 1)
    ]
    by_term = dict(zip(terms, by_column, strict=False))
    by_start = dict(zip(prefixes, by_column[len(terms) :], strict=True))
    return ranking.scores(query, [row[0] for row in rows], by_term, by_start)
