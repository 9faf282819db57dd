"""Pages, slides and chapters of attachments as they are searched: which of them answers a query.

The index of projects says that an attachment has a word; these rows say where in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse

from hankkeet.models import Project
from sivusto.documents.model import Part
from sivusto.documents.presenting import address, label_of
from sivusto.search.analysis import tsquery
from sivusto.search.analysis.indexing import vector_of
from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.query import Clause
from sivusto.search.contents import read_files, shown
from sivusto.search.finnish import analyser

LONGEST_TITLE = 200
PUT = """
INSERT INTO sivusto_search_page
    (project_id, attachment_id, kind, number, title, language, text, terms)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s::tsvector)
"""
FIND = """
SELECT DISTINCT ON (p.project_id) p.project_id, p.language, p.text,
    a.title, a.id, p.kind, p.number, p.title
FROM sivusto_search_page p JOIN hankkeet_attachment a ON a.id = p.attachment_id
WHERE p.project_id = ANY(%s) AND NOT a.is_hidden AND p.terms @@ %s::tsquery
ORDER BY p.project_id, {answered} DESC, a.position, a.id, p.id
"""


@dataclass(frozen=True)
class FoundPage:
    """A page that answers: its text, and the document and the place that it is in."""

    language: str
    text: str
    document: str
    attachment: int
    part: Part

    @property
    def label(self) -> str:
        """What the place is called: "Dia 12"; a chapter by its title."""
        return label_of(self.part) or self.part.title

    def address(self, code: str) -> str:
        """Return where the place is in the text version of the document of the project."""
        page = reverse("attachment_text", args=[code, self.attachment])
        return page + address(self.part.anchor)


def write(projects: Sequence[Project]) -> None:
    """Write the pages of projects that searchable() has loaded; older rows are gone already."""
    rows = [row for project in projects for row in _rows(project)]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(PUT, rows)


def best(projects: Sequence[int], clauses: Sequence[Clause]) -> Mapping[int, FoundPage]:
    """Return the page of each project that answers most of the clauses, if any does; one query."""
    if not projects or not clauses:
        return {}
    asked = [tsquery.anywhere(clause) for clause in clauses]
    answered = " + ".join(["(p.terms @@ %s::tsquery)::int"] * len(asked))
    statement = FIND.format(answered=answered)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(projects), " | ".join(asked), *asked])
        return {
            project: FoundPage(language, text, document, key, Part(kind, number, title))
            for project, language, text, document, key, kind, number, title in cursor.fetchall()
        }


def _rows(project: Project) -> Iterator[tuple[int | str, ...]]:
    for attachment, text in read_files(project):
        for part in text.parts:
            said = shown(part.words)
            language = language_of(said)
            terms = vector_of(said, language, analyser())
            if terms:
                place = (part.kind, part.number, part.title[:LONGEST_TITLE])
                yield (project.pk, attachment.pk, *place, language, said, terms)
