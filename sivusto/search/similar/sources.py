"""What of a project is compared, read from the index or made of what is typed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from hankkeet.models import Project
from hankkeet.richtext import plain_text
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.analysis.indexing import build
from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.tokens import normal
from sivusto.search.contents import texts
from sivusto.search.finnish import analyser
from sivusto.search.passages import fetch_analyses
from sivusto.search.similar.resemblance import (
    FUNDER,
    IMPLEMENTER,
    PORTFOLIO,
    PROGRAMME,
    Profile,
    Thing,
    telling,
)

LONGEST_NAME, LONGEST_TEXT = 300, 20_000  # letters of what is typed
# The words as indexed, unless the project waits to be indexed anew.
INDEXED = """
SELECT weights FROM sivusto_search_document d WHERE project_id = %s AND version = %s
AND NOT EXISTS (SELECT 1 FROM sivusto_search_pending p WHERE p.project_id = d.project_id)
"""


@dataclass(frozen=True)
class Source:
    """A project that others are compared with; ``names`` are what its things are called."""

    profile: Profile
    names: dict[Thing, str] = field(default_factory=dict)
    key: int = 0


def of_project(project: Project) -> Source:
    """Return what is compared of a project loaded by ``cards()``: its words as they are indexed.

    One query; one more where it is not indexed, and its words are read from itself.
    """
    names = _things(project)
    weights = _indexed(project.pk)
    if weights is None:
        weights = _built(texts(project))
    return Source(
        Profile(
            telling(weights, _terms([*_facets(project), project.code])),
            frozenset(names),
            project.start_date,
            project.end_date,
        ),
        names,
        project.pk,
    )


def of_words(name: str, text: str) -> Source:
    """Return what is compared of a name and a summary (rich text) that are being typed."""
    typed = {
        "name": [name[:LONGEST_NAME]],
        "goals": [plain_text(text[:LONGEST_TEXT])],
    }
    fetch_analyses(normal(word) for some in typed.values() for word in some)
    return Source(Profile(telling(_built(typed))))


def name_terms(names: Sequence[str], words: Iterable[str] = ()) -> list[frozenset[str]]:
    """Return the terms of each of the names; one query at most, which readies the words too."""
    fetch_analyses([*map(normal, names), *words])
    return [frozenset(_terms([name])) for name in names]


def parts_of(words: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the base forms of the parts of each word, a base form itself."""
    return {word: frozenset(analyser().word(word).every) - {word} for word in words}


def _indexed(key: int) -> dict[str, float] | None:
    with connection.cursor() as cursor:
        cursor.execute(INDEXED, [key, VERSION])
        row: Any = cursor.fetchone()
    return json.loads(row[0]) if row else None


def _built(fields: dict[str, list[str]]) -> dict[str, float]:
    return build(fields, analyser()).weights


def _things(project: Project) -> dict[Thing, str]:
    names: dict[Thing, str] = {}
    for share in project.funding_shares.all():
        if share.is_declared:
            funder = share.funder
            names[FUNDER, funder.pk] = funder.short_name or funder.name
            if share.programme:
                names[PROGRAMME, share.programme.pk] = share.programme.name
    names |= {(PORTFOLIO, each.pk): each.name for each in project.portfolios.all()}
    for part in project.implementer_set.all():
        names[IMPLEMENTER, part.organisation_id] = part.organisation.name
    return names


def _facets(project: Project) -> Iterable[str]:
    """Return names of which no word is to tell: of its things, told themselves, and of people."""
    for share in project.funding_shares.all():
        yield from (share.funder.name, share.funder.short_name, *share.funder.aliases)
        if share.programme:
            yield from (share.programme.name, *share.programme.aliases)
    yield from (portfolio.name for portfolio in project.portfolios.all())
    yield from (part.organisation.name for part in project.implementer_set.all())
    yield from (contact.person_name for contact in project.contacts.all())
    if project.project_type:
        yield project.project_type.name


def _terms(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in map(normal, names):
        for token in analyser().text(name, language_of(name)):
            found.update(token.terms)
    return found
