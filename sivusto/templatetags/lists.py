"""What a list repeats by the dozen: written in one go, for a template takes its time over each."""

from collections.abc import Iterable, Sequence
from functools import cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hankkeet.models import Phase, Project
from sivusto.search.analysis.passages import Passage, Piece
from sivusto.search.facets import Option
from sivusto.search.pages import FoundMeasure, FoundPage
from sivusto.templatetags.finnish import period
from sivusto.wording import euros, grouped

NONE = ' class="none"'
register = template.Library()


@register.simple_tag
def project_row(
    project: Project,
    mark: str = "",
    name: Sequence[Piece] = (),
    passage: Passage | None = None,
    page: FoundPage | FoundMeasure | None = None,
) -> SafeString:
    """Write a list's row of a project loaded by ``rows()``, ``mark`` telling its language.

    From a search it has the name in pieces, the passage that was found, and the page of an
    attachment or the measure of a report that this is in.
    """
    title = _marked(name) if name else escape(project.name)
    facts = [
        ("", period(project.start_date, project.end_date)),
        ("", euros(project.total_cost)),
        (mark, ", ".join(dict.fromkeys(project.funders))),  # type: ignore[attr-defined]
    ]
    listed = "".join(f"<li{its}>{escape(fact)}</li>" for its, fact in facts if fact)
    found = (
        f"\n<p{mark}><span data-nosnippet>{_marked(passage.pieces)}</span></p>" if passage else ""
    )
    if page:
        address = escape(page.address(project.code))
        found += f'\n<p>{page.told}: <a href="{address}"{mark}>{escape(page.label)}</a></p>'
    return mark_safe(
        f'<li>\n<span class="phase {project.phase}">{escape(phase_name(project.phase))}</span>\n'
        f'<h3{mark}><a href="{escape(project.get_absolute_url())}">{title}</a></h3>\n'
        f'<ul class="meta">{listed}</ul>{found}\n</li>'
    )  # every text escaped; the mark and the phase are ours


def _marked(pieces: Iterable[Piece]) -> str:
    """Write stretches of text with those that were found marked."""
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.is_found else escape(piece.text)
        for piece in pieces
    )


@register.filter
def phase_name(phase: str) -> str:
    """Write a phase as people read it."""
    return _phase_names(get_language()).get(phase, "")


@cache
def _phase_names(_language: str | None) -> dict[str, str]:
    return {phase.value: str(phase.label) for phase in Phase}


@register.simple_tag
def ticks(name: str, options: Iterable[Option], mark: str = "") -> SafeString:
    """Write the options of a facet to be ticked, ``mark`` telling the language of their labels."""
    start = f'><input type="checkbox" name="{escape(name)}" value="'
    written = [
        f"<label{'' if option.count else NONE}{start}{escape(option.value)}{_closed(option)}"
        f"<span{mark}>{escape(option.label)}</span> <small>{grouped(option.count)}</small></label>"
        for option in options
    ]
    return mark_safe("\n".join(written))  # every value escaped; the mark is ours


def _closed(option: Option) -> str:
    return '" checked> ' if option.is_chosen else '"> '
