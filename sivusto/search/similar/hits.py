"""Who has the words and the things of a project: bounded rows of the index and of links."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection

from hankkeet.models import Project, Publication
from sivusto.search.analysis import tsquery
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.lookups import careful_reading
from sivusto.search.similar.resemblance import (
    COMMON,
    FUNDER,
    IMPLEMENTER,
    PORTFOLIO,
    PROGRAMME,
    SHARES,
    Thing,
    affordable,
    rarity,
    worth,
)
from sivusto.search.similar.sources import Source, name_terms

MOST_OF_A_WORD = 1_000  # projects, before a word counts as common
MOST_UNKNOWN = 20  # words, where it is not known how common they are
MOST_OF_A_THING, MOST_THINGS = 200, 20
MOST_HIDDEN = 200  # of the newest cards that are not public, and so not in the index
FEW = 2_000
# How many projects there are, how many have each word as far as the ready terms tell, and how many
# have each thing as far as the kept figures tell.
FREQUENCIES = f"""
SELECT 'all', '', greatest(
    (SELECT reltuples::bigint FROM pg_class WHERE oid = 'sivusto_search_document'::regclass),
    (SELECT count(*) FROM (SELECT 1 FROM sivusto_search_document LIMIT {FEW}) AS few))
UNION ALL
SELECT 'word', asked.term, sum(octet_length(t.keys)) / 4
FROM unnest(%s::text[]) AS asked(term) CROSS JOIN sivusto_ready_block b
CROSS JOIN LATERAL (
    SELECT keys FROM sivusto_ready_term r WHERE r.block = b.block AND r.term = asked.term OFFSET 0
) AS t WHERE b.version = %s GROUP BY asked.term
UNION ALL
SELECT '{FUNDER}', thing::text, sum(number) FROM sivusto_figure
WHERE kind = 'programme' AND thing = ANY(%s) GROUP BY thing
UNION ALL
SELECT '{PROGRAMME}', part::text, sum(number) FROM sivusto_figure
WHERE kind = 'programme' AND thing = ANY(%s) AND part = ANY(%s) GROUP BY part
UNION ALL
SELECT '{PORTFOLIO}', thing::text, number FROM sivusto_figure
WHERE kind = 'portfolio' AND part = 0 AND thing = ANY(%s)
"""  # noqa: S608
WORD_HITS = f"""
SELECT asked.term, ARRAY(
    SELECT d.project_id FROM sivusto_search_document d
    WHERE d.version IS NOT DISTINCT FROM %s AND d.terms @@ asked.query::tsquery
    LIMIT {MOST_OF_A_WORD + 1}
) FROM unnest(%s::text[], %s::text[]) AS asked(term, query)
"""  # noqa: S608
THING_HITS = """
SELECT %s, asked.key, ARRAY(
    SELECT link.project_id FROM {table} link WHERE link.{column} = asked.key {visible} LIMIT {most}
) FROM unnest(%s::bigint[]) AS asked(key)
"""
# Asked of each row in turn, until there are enough.
PUBLIC = (
    "AND (SELECT publication FROM hankkeet_project p WHERE p.id = link.project_id) = 'published'"
)
LINKS = {
    FUNDER: ("rahoitus_fundingshare", "funder_id"),
    PROGRAMME: ("rahoitus_fundingshare", "programme_id"),
    PORTFOLIO: ("hankkeet_project_portfolios", "portfolio_id"),
    IMPLEMENTER: ("hankkeet_implementer", "organisation_id"),
}
Shared = TypeVar("Shared")


class Hits(Generic[Shared]):
    """The projects that have each of some words or things, and what sharing one is worth."""

    def __init__(self) -> None:
        self.worth: dict[Shared, float] = {}
        self.unmet: set[Shared] = set()  # asked for, and nobody has it
        self.of: defaultdict[int, set[Shared]] = defaultdict(set)

    def add(self, shared: Shared, value: float, projects: Iterable[int]) -> None:
        """Note the projects that have it."""
        self.worth[shared] = value
        for key in projects:
            self.of[key].add(shared)

    def bits(self, key: int) -> float:
        """Return what a project shares."""
        return sum(self.worth[shared] for shared in self.of.get(key, ()))


@dataclass(frozen=True)
class Known:
    """How many projects there are, and how many have each word and each thing, where known."""

    total: int
    words: Mapping[str, int]
    things: Mapping[Thing, int]


def frequencies(source: Source) -> Known:
    """Return how frequent the source's words and things are, as far as is kept ready; one query."""
    things = source.profile.things
    keys = {kind: [key for each, key in things if each == kind] for kind in LINKS}
    funders, programmes, portfolios = keys[FUNDER], keys[PROGRAMME], keys[PORTFOLIO]
    words = list(source.profile.words)
    values: list[Any] = [words, VERSION, funders, funders, programmes, portfolios]
    with connection.cursor() as cursor:
        cursor.execute(FREQUENCIES, values)
        rows = cursor.fetchall()
    return Known(
        next(int(number) for kind, _name, number in rows if kind == "all"),
        {name: int(number) for kind, name, number in rows if kind == "word" and number},
        {(kind, int(name)): int(number) for kind, name, number in rows if kind in LINKS},
    )


def word_hits(source: Source, known: Known) -> Hits[str]:
    """Ask the index who else has the rarest of the words; one query."""
    weights, hits = source.profile.words, Hits[str]()
    asked = _worth_asking(weights, known)
    queries = [tsquery.term(term) for term in asked]
    with careful_reading(), connection.cursor() as cursor:
        cursor.execute(WORD_HITS, [VERSION, asked, queries])
        found: dict[str, list[int]] = dict(cursor.fetchall())
    rare = {term: keys for term, keys in found.items() if len(keys) <= MOST_OF_A_WORD}
    worths = worth(weights, {term: len(keys) for term, keys in rare.items()}, known.total)
    for term in worths:
        hits.add(term, worths[term], rare[term])
    hits.unmet = {term for term, keys in rare.items() if not keys}
    return hits


def _worth_asking(weights: Mapping[str, float], known: Known) -> list[str]:
    """Return the words that tell most and are rare enough; the weightiest where nobody knows."""
    if not known.words:
        return list(weights)[:MOST_UNKNOWN]
    frequencies = {term: known.words.get(term, 1) for term in weights}
    return affordable(worth(weights, frequencies, known.total), frequencies)


def thing_hits(source: Source, known: Known, *, is_public: bool) -> Hits[Thing]:
    """Ask who else has the things; one that many have is worth something but brings nobody."""
    hits, asked = Hits[Thing](), list[Thing]()
    for thing in sorted(source.profile.things)[:MOST_THINGS]:
        number = known.things.get(thing, 0)
        if number > MOST_OF_A_THING:
            hits.add(thing, SHARES[thing[0]] * rarity(number, known.total), ())
        else:
            asked.append(thing)
    for thing, projects in _having(asked, is_public=is_public).items():
        is_common = len(projects) > MOST_OF_A_THING
        number = max(len(set(projects)), int(COMMON * known.total) if is_common else 0)
        value = SHARES[thing[0]] * rarity(number, known.total)
        hits.add(thing, value, () if is_common else projects)
    return hits


def _having(things: list[Thing], *, is_public: bool) -> dict[Thing, list[int]]:
    """Return the projects that have each of the things, of common ones only some."""
    visible = PUBLIC if is_public else ""
    parts: list[str] = []
    values: list[Any] = []
    for kind, (table, column) in LINKS.items():
        if keys := [key for each, key in things if each == kind]:
            terms = {"table": table, "column": column, "visible": visible}
            parts.append(THING_HITS.format(**terms, most=MOST_OF_A_THING + 1))
            values += [kind, keys]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {(kind, key): projects for kind, key, projects in cursor.fetchall()}


def add_hidden(words: Hits[str], source: Source, known: Known) -> None:
    """Let the newest cards that are not public be met by their names.

    A word that no public card has is worth as much as one that a single card has.
    """
    hidden = Project.objects.exclude(publication=Publication.PUBLISHED).order_by("-pk")
    rows = list(hidden.values_list("pk", "name")[:MOST_HIDDEN])
    alone = worth(source.profile.words, dict.fromkeys(words.unmet, 1), known.total)
    for (key, _name), terms in zip(rows, name_terms([row[1] for row in rows]), strict=True):
        for term in terms & (words.worth.keys() | alone.keys()):
            words.add(term, words.worth.get(term, alone.get(term, 0.0)), [key])
