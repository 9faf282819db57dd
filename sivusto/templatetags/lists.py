"""What a list repeats by the dozen: written in one go, for a template takes its time over each."""

from collections.abc import Iterable, Sequence
from functools import cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hankkeet.models import Phase
from sivusto.search.analysis.passages import Piece
from sivusto.search.facets import Option
from sivusto.wording import grouped

NONE = ' class="none"'
register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Write stretches of text with those that were found marked."""
    written = (
        f"<mark>{escape(piece.text)}</mark>" if piece.is_found else escape(piece.text)
        for piece in pieces
    )
    return mark_safe("".join(written))  # escaped piece by piece


@register.filter
def each_once(names: Sequence[str]) -> str:
    """Write names in their order, each once."""
    return ", ".join(dict.fromkeys(names))


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
