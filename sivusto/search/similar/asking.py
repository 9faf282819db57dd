"""Which projects share rare words or things with one: four queries, each of bounded rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef

from hankkeet.models import Implementer, Project, Publication
from hankkeet.models.project import ProjectQuerySet
from rahoitus.models import FundingShare
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
    Other,
    Resemblance,
    Thing,
    Worths,
    affordable,
    most_alike,
    rarity,
    worth,
)
from sivusto.search.similar.sources import Source, name_terms, parts_of

MOST_OF_A_WORD = 1_000  # projects, before a word counts as common
MOST_UNKNOWN = 20  # words, where it is not known how common they are
MOST_OF_A_THING, MOST_THINGS = 200, 20
MOST_COMPARED = 60
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


@dataclass(frozen=True)
class Similar:
    """A project that resembles another; ``names`` are what the shared things are called."""

    project: Project
    resemblance: Resemblance
    names: Mapping[Thing, str]


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


def similar_to(source: Source, number: int, *, for_staff: bool = False) -> list[Similar]:
    """Return so many projects that resemble the source, the most alike first.

    Only public ones, unless they are for staff, who see every card; of what is not public only the
    newest are met by their names. Four queries, five for staff, however large the register is.
    """
    known = _frequencies(source)
    words = _word_hits(source, known)
    things = _thing_hits(source, known, is_public=not for_staff)
    if for_staff:
        _add_hidden(words, source, known)
    keys = words.of.keys() | things.of.keys()
    likely = sorted(keys - {source.key}, key=lambda k: (-words.bits(k) - things.bits(k), -k))
    found = _others(likely[:MOST_COMPARED], words, for_staff=for_staff)
    worths = Worths(words.worth, things.worth, parts_of(words.worth))
    alike = most_alike(source.profile, (other for other, _row in found), worths, number)
    projects = {other.key: project for other, project in found}
    return [Similar(projects[each.key], each, source.names) for each in alike]


@dataclass(frozen=True)
class Known:
    """How many projects there are, and how many have each word and each thing, where known."""

    total: int
    words: Mapping[str, int]
    things: Mapping[Thing, int]


def _frequencies(source: Source) -> Known:
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


def _word_hits(source: Source, known: Known) -> Hits[str]:
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


def _thing_hits(source: Source, known: Known, *, is_public: bool) -> Hits[Thing]:
    """Ask who else has the things; one that many have is worth something but brings nobody."""
    things = sorted(source.profile.things)[:MOST_THINGS]
    parts: list[str] = []
    values: list[Any] = []
    for kind, (table, column) in LINKS.items():
        visible = PUBLIC if is_public else ""
        parts.append(
            THING_HITS.format(table=table, column=column, visible=visible, most=MOST_OF_A_THING + 1)
        )
        values += [kind, [key for each, key in things if each == kind]]
    hits = Hits[Thing]()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for kind, key, projects in cursor.fetchall():
            thing, number = (kind, key), len(set(projects))
            is_common = len(projects) > MOST_OF_A_THING
            least = max(number, int(COMMON * known.total)) if is_common else number
            value = SHARES[kind] * rarity(max(known.things.get(thing, 0), least), known.total)
            hits.add(thing, value, () if is_common else projects)
    return hits


def _add_hidden(words: Hits[str], source: Source, known: Known) -> None:
    """Let the newest cards that are not public be met by their names.

    A word that no public card has is worth as much as one that a single card has.
    """
    hidden = Project.objects.exclude(publication=Publication.PUBLISHED).order_by("-pk")
    rows = list(hidden.values_list("pk", "name")[:MOST_HIDDEN])
    alone = worth(source.profile.words, dict.fromkeys(words.unmet, 1), known.total)
    for (key, _name), terms in zip(rows, name_terms([row[1] for row in rows]), strict=True):
        for term in terms & (words.worth.keys() | alone.keys()):
            words.add(term, words.worth.get(term, alone.get(term, 0.0)), [key])


def _others(keys: list[int], words: Hits[str], *, for_staff: bool) -> list[tuple[Other, Project]]:
    """Load what is compared of the projects, and what is shown of them."""
    projects: ProjectQuerySet = Project.objects.all() if for_staff else Project.objects.public()
    rows: Any = projects.filter(pk__any_of=keys).only(
        "code", "name", "phase", "publication", "start_date", "end_date"
    )
    shares = FundingShare.objects.filter(project=OuterRef("pk"), is_declared=True)
    rows = list(
        rows.order_by().annotate(
            funder_keys=ArraySubquery(shares.values("funder")),
            programme_keys=ArraySubquery(shares.exclude(programme=None).values("programme")),
            portfolio_keys=ArraySubquery(
                Project.portfolios.through.objects.filter(project=OuterRef("pk")).values(
                    "portfolio"
                )
            ),
            implementer_keys=ArraySubquery(
                Implementer.objects.filter(project=OuterRef("pk")).values("organisation")
            ),
        )
    )
    names = name_terms([project.name for project in rows], words.worth)
    return [
        (_other(project, terms, words), project) for project, terms in zip(rows, names, strict=True)
    ]


def _other(project: Any, name: frozenset[str], words: Hits[str]) -> Other:
    keys = {kind: getattr(project, f"{kind}_keys") for kind in LINKS}
    return Other(
        project.pk,
        frozenset(words.of.get(project.pk, ())),
        name,
        frozenset((kind, key) for kind, those in keys.items() for key in those),
        project.start_date,
        project.end_date,
    )
