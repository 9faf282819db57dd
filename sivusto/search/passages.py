"""What is shown of a found project: its name with the words marked, and the best passage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hankkeet.mailboxes import hidden, without_phones
from hankkeet.models import Project, Publication, Section
from hankkeet.models.contents import SectionKind
from hankkeet.richtext import plain_text
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.passages import Finder, Passage, Piece
from sivusto.search.analysis.query import Query
from sivusto.search.analysis.tokens import TOKEN, normal
from sivusto.search.finnish import analyser
from sivusto.search.models import Word
from sivusto.wording import unbroken

LONGEST_TEXT = 6000


@dataclass(frozen=True)
class Found:
    """A row of the list."""

    project: Project
    name: tuple[Piece, ...] = ()
    passage: Passage | None = None


def found_rows(projects: list[Project], query: Query | None) -> list[Found]:
    """Return the page's rows with what answers the query marked; three queries for all of them."""
    if query is None or not query.wanted:
        return [Found(project) for project in projects]
    names = {project.pk: normal(project.name) for project in projects}
    finder = Finder(query.wanted, analyser())
    passages = _passages(names, finder)
    return [
        Found(project, finder.marked(name, language_of(name)), passages[project.pk])
        for project, name in zip(projects, names.values(), strict=True)
    ]


def warm(number: int = 5000) -> None:
    """Learn the words of so many texts and names, so that the first readers do not wait."""
    finnish, public = analyser(), Project.objects.public().order_by("-id")
    newest = Section.objects.filter(project__publication=Publication.PUBLISHED).order_by("-id")
    texts = [_shown(body) for body in newest.values_list("body", flat=True)[:number]]
    texts += [normal(name) for name in public.values_list("name", flat=True)[:number]]
    fetch_analyses(texts)
    for text in texts:
        language = language_of(text)
        for raw in TOKEN.findall(text):
            finnish.analysed(raw, language)


def _passages(names: dict[int, str], finder: Finder) -> dict[int, Passage | None]:
    """Choose each project's best passage by key; of those that answer alike, the first."""
    bodies = _bodies(names)
    best: dict[int, Passage | None] = dict.fromkeys(names)
    met: Iterable[str] = names.values()
    # Where the first text answers the whole query, the others need no reading.
    for part in (slice(1), slice(1, None)):
        texts = {
            key: [_shown(body) for body in bodies.get(key, [])[part]]
            for key, passage in best.items()
            if passage is None or passage.found < finder.number
        }
        fetch_analyses([*met, *(text for some in texts.values() for text in some)])
        for key, some in texts.items():
            best[key] = _best(best[key], some, finder)
        met = ()
    return best


def _best(best: Passage | None, texts: Sequence[str], finder: Finder) -> Passage | None:
    for text in texts:
        passage = finder.densest(text, language_of(text))
        if passage and (best is None or passage.found > best.found):
            best = passage
        if best and best.found == finder.number:
            break
    return best


def _bodies(keys: Iterable[int]) -> dict[int, list[str]]:
    """Return the sections' rich texts by project, the goals first."""
    bodies: dict[int, list[str]] = {}
    sections = Section.objects.filter(project__in=list(keys)).order_by("position", "id")
    rows = list(sections.values_list("project_id", "kind", "body"))
    for project, _kind, body in sorted(rows, key=lambda row: row[1] != SectionKind.GOALS):
        bodies.setdefault(project, []).append(body)
    return bodies


def _shown(body: str) -> str:
    """Return a section's words as a list may show them: lists are not for gathering people."""
    return unbroken(normal(without_phones(hidden(plain_text(body)[:LONGEST_TEXT]))))


def fetch_analyses(texts: Iterable[str]) -> None:
    """Fetch the analyses that this process has not made yet; they were made for the index."""
    finnish = analyser()
    new = finnish.unknown({raw for text in texts for raw in TOKEN.findall(text)})
    if new:
        known = Word.objects.filter(word__in=new, version=VERSION)
        for word, whole, every in known.values_list("word", "whole", "every"):
            finnish.remember(word, whole, every)
