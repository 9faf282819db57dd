"""Pages of attachments and measures of reports as they are searched: which answers a query.

The index of projects says that an attachment or a report has a word; these rows say where in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from hankkeet.models import Project
from sivusto.documents.model import Part
from sivusto.documents.presenting import address, label_of
from sivusto.monitoring.places import measure_address
from sivusto.search.analysis import tsquery
from sivusto.search.analysis.indexing import vector_of
from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.query import Clause
from sivusto.search.contents import measure_text, read_files, reported, shown
from sivusto.search.finnish import analyser
from sivusto.templatetags.finnish import period

LONGEST_TITLE = 200
LONGEST_NAME = 90  # of a measure, in a link
PUT = """
INSERT INTO sivusto_search_page
    (project_id, attachment_id, period_id, kind, number, title, language, text, terms)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::tsvector)
"""
FIND = """
SELECT DISTINCT ON (p.project_id) p.project_id, p.language, p.text,
    a.title, a.id, r.start_date, r.end_date, p.kind, p.number, p.title
FROM sivusto_search_page p
LEFT JOIN hankkeet_attachment a ON a.id = p.attachment_id AND NOT a.is_hidden
LEFT JOIN seuranta_reportingperiod r ON r.id = p.period_id AND r.state = 'published'
WHERE p.project_id = ANY(%s) AND coalesce(a.id, r.id) IS NOT NULL AND p.terms @@ %s::tsquery
ORDER BY p.project_id, {answered} DESC, a.position, a.id, r.end_date DESC, p.id
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
    def told(self) -> str:
        """What it is in."""
        return _("Liitteessä")

    @property
    def label(self) -> str:
        """What the place is called: "Loppuraportti, Dia 12"; a chapter by its title."""
        return f"{self.document}, {label_of(self.part) or self.part.title}"

    def address(self, code: str) -> str:
        """Return where the place is in the text version of the document of the project."""
        page = reverse("attachment_text", args=[code, self.attachment])
        return page + address(self.part.anchor)


@dataclass(frozen=True)
class FoundMeasure:
    """A measure of a published report that answers: its text, and where it is."""

    language: str
    text: str
    start: date
    end: date
    number: int
    title: str

    @property
    def told(self) -> str:
        """What it is in."""
        return _("Seurantaraportissa")

    @property
    def label(self) -> str:
        """The report's period and the measure's name."""
        return f"{period(self.start, self.end)}, {self.title}"

    def address(self, code: str) -> str:
        """Return where the measure is on the page of the project's report."""
        return measure_address(code, self.number, self.end)


def write(projects: Sequence[Project]) -> None:
    """Write the pages of projects that searchable() has loaded; older rows are gone already."""
    rows = [row for project in projects for row in _rows(project)]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(PUT, rows)


def best(
    projects: Sequence[int], clauses: Sequence[Clause]
) -> Mapping[int, FoundPage | FoundMeasure]:
    """Return what of each project answers most of the clauses, if anything does; one query.

    Of those that answer alike attachments come before reports, and later reports before others.
    """
    if not projects or not clauses:
        return {}
    asked = [tsquery.anywhere(clause) for clause in clauses]
    answered = " + ".join(["(p.terms @@ %s::tsquery)::int"] * len(asked))
    statement = FIND.format(answered=answered)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(projects), " | ".join(asked), *asked])
        return {project: _found(*row) for project, *row in cursor.fetchall()}


def _found(language: str, text: str, *where: Any) -> FoundPage | FoundMeasure:
    document, attachment, start, end, kind, number, title = where
    if attachment is None:
        return FoundMeasure(language, text, start, end, number, title)
    return FoundPage(language, text, document, attachment, Part(kind, number, title))


def _rows(project: Project) -> Iterator[tuple[int | str | None, ...]]:
    for attachment, text in read_files(project):
        for part in text.parts:
            place = (part.kind, part.number, part.title[:LONGEST_TITLE])
            if said := _said(part.words):
                yield (project.pk, attachment.pk, None, *place, *said)
    for told, number, measure in reported(project):
        place = ("measure", number, _short(measure.title))
        if said := _said(measure_text(measure)):
            yield (project.pk, None, told.pk, *place, *said)


def _said(text: str) -> tuple[str, str, str] | None:
    """Return the language, the text as a list may show it and its terms; None without any."""
    said = shown(text)
    language = language_of(said)
    terms = vector_of(said, language, analyser())
    return (language, said, terms) if terms else None


def _short(title: str) -> str:
    said = shown(title)
    return said if len(said) <= LONGEST_NAME else f"{said[: LONGEST_NAME - 1].rstrip()}…"
