"""What is shown of a found project: its name with the words marked, and the best passage."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hankkeet.models import Project
from sivusto.search import pages
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.passages import Finder, Passage, Piece, Read
from sivusto.search.analysis.query import Query
from sivusto.search.analysis.tokens import TOKEN, normal
from sivusto.search.finnish import analyser
from sivusto.search.models import Document, Word
from sivusto.search.pages import FoundMeasure, FoundPage


@dataclass(frozen=True)
class Found:
    """A row of the list; ``page`` is where in an attachment or a report the passage is."""

    project: Project
    name: tuple[Piece, ...] = ()
    passage: Passage | None = None
    page: FoundPage | FoundMeasure | None = None


def found_rows(projects: list[Project], query: Query | None) -> list[Found]:
    """Return the page's rows with what answers the query marked; four queries for all of them."""
    if query is None or not query.wanted:
        return [Found(project) for project in projects]
    finder = Finder(query.wanted, analyser())
    names = {project.pk: _name(project.name) for project in projects}
    found = _in_sections(names, finder)
    poor = [key for key, passage in found.items() if not _is_whole(passage, finder)]
    better = _in_files(poor, found, query, finder)
    return [
        Found(
            project,
            finder.marked(names[project.pk]),
            *better.get(project.pk, (found[project.pk], None)),
        )
        for project in projects
    ]


def warm(number: int = 5000) -> None:
    """Learn the words of so many texts and names, so that the first readers do not wait."""
    finnish, public = analyser(), Project.objects.public().order_by("-id")
    newest = Document.objects.order_by("-pk").values_list("shown", flat=True)[:number]
    texts = [Read.of(text, language) for some in newest for language, text in some]
    texts += map(_name, public.values_list("name", flat=True)[:number])
    fetch_words(texts)
    for read in texts:
        finnish.text(read.text, read.language)


def _name(name: str) -> Read:
    text = normal(name)
    return Read.of(text, language_of(text))


def _is_whole(passage: Passage | None, finder: Finder) -> bool:
    """Tell whether the passage answers the whole query, so that none can answer it better."""
    return passage is not None and passage.found == finder.number


def _in_sections(names: Mapping[int, Read], finder: Finder) -> dict[int, Passage | None]:
    """Choose each project's best passage by key; of those that answer alike, the first."""
    shown = dict(Document.objects.filter(pk__in=list(names)).values_list("pk", "shown"))
    best: dict[int, Passage | None] = dict.fromkeys(names)
    met: Iterable[Read] = names.values()
    # Where the first text answers the whole query, the others need no reading.
    for part in (slice(1), slice(1, None)):
        texts = {
            key: [Read.of(text, language) for language, text in shown.get(key, [])[part]]
            for key, passage in best.items()
            if not _is_whole(passage, finder)
        }
        fetch_words([*met, *(read for some in texts.values() for read in some)])
        for key, some in texts.items():
            best[key] = _best(best[key], some, finder)
        met = ()
    return best


def _in_files(
    keys: Sequence[int], best: Mapping[int, Passage | None], query: Query, finder: Finder
) -> dict[int, tuple[Passage, FoundPage | FoundMeasure]]:
    """Find the projects whose attachments or reports answer better than their sections do."""
    found = pages.best(keys, query.wanted)
    texts = {key: Read.of(page.text, page.language) for key, page in found.items()}
    fetch_words(texts.values())
    better = {}
    for key, read in texts.items():
        passage, known = finder.densest(read), best[key]
        if passage and passage.found > (known.found if known else 0):
            better[key] = (passage, found[key])
    return better


def _best(best: Passage | None, texts: Sequence[Read], finder: Finder) -> Passage | None:
    for read in texts:
        passage = finder.densest(read)
        if passage and (best is None or passage.found > best.found):
            best = passage
        if _is_whole(best, finder):
            break
    return best


def fetch_analyses(texts: Iterable[str]) -> None:
    """Fetch the analyses of texts' words that this process has not made yet."""
    _fetch({raw for text in texts for raw in TOKEN.findall(text)})


def fetch_words(texts: Iterable[Read]) -> None:
    """Fetch the analyses that this process has not made yet; they were made for the index."""
    _fetch(set().union(*(read.words for read in texts)))


def _fetch(raws: set[str]) -> None:
    finnish = analyser()
    new = finnish.unknown(raws)
    if new:
        known = Word.objects.filter(word__in=new, version=VERSION)
        for word, whole, every in known.values_list("word", "whole", "every"):
            finnish.remember(word, whole, every)
