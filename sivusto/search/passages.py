"""What is shown of a found project: its name with the words marked, and the best passage."""

from dataclasses import dataclass

from hankkeet.mailboxes import hidden, without_phones
from hankkeet.models import Project, Section
from hankkeet.models.contents import SectionKind
from hankkeet.richtext import plain_text
from sivusto.search.analysis.analyser import VERSION, Analyser
from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.passages import Passage, Piece, densest, marked
from sivusto.search.analysis.query import Query
from sivusto.search.analysis.tokens import TOKEN, normal, pieces
from sivusto.search.finnish import analyser
from sivusto.search.models import Word

LONGEST_TEXT = 6000


@dataclass(frozen=True)
class Found:
    """A row of the list."""

    project: Project
    name: tuple[Piece, ...] = ()
    passage: Passage | None = None


def found_rows(projects: list[Project], query: Query | None) -> list[Found]:
    """Return the page's rows with what answers the query marked; two queries for all of them."""
    if query is None or not query.wanted:
        return [Found(project) for project in projects]
    texts = _texts(projects)
    finnish = analyser()
    _remember([project.name for project in projects], texts, finnish)
    return [_found(project, texts.get(project.pk, []), query, finnish) for project in projects]


def _found(project: Project, texts: list[str], query: Query, finnish: Analyser) -> Found:
    best: Passage | None = None
    for text in texts:
        passage = densest(text, query.wanted, finnish, language_of(text))
        if passage and (best is None or passage.found > best.found):
            best = passage
        if best and best.found == len(query.wanted):
            break  # no other text can answer more
    language = language_of(project.name)
    return Found(project, marked(project.name, query.wanted, finnish, language), best)


def _texts(projects: list[Project]) -> dict[int, list[str]]:
    """Return the sections' texts by project, the goals first."""
    texts: dict[int, list[str]] = {}
    sections = Section.objects.filter(project__in=projects).order_by("position", "id")
    rows = list(sections.values_list("project_id", "kind", "body"))
    for project, _kind, body in sorted(rows, key=lambda row: row[1] != SectionKind.GOALS):
        texts.setdefault(project, []).append(_shown(body))
    return texts


def _shown(body: str) -> str:
    """Return a section's words as a list may show them: lists are not for gathering people."""
    return without_phones(hidden(plain_text(body)[:LONGEST_TEXT]))


def _remember(names: list[str], texts: dict[int, list[str]], finnish: Analyser) -> None:
    """Fetch the analyses that this process has not made yet; they were made for the index."""
    everything = [*names, *(text for some in texts.values() for text in some)]
    tokens = {raw for text in everything for raw in TOKEN.findall(normal(text))}
    words = {piece for raw in tokens for piece in pieces(raw.strip("-‑"))}
    new = [word for word in words if not finnish.knows(word)]
    if new:
        known = Word.objects.filter(word__in=new, version=VERSION)
        for word, whole, every in known.values_list("word", "whole", "every"):
            finnish.remember(word, whole, every)
