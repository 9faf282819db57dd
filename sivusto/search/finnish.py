"""The site's one analyser, made on first use."""

from functools import cache

from django.conf import settings

from sivusto.search.analysis.analyser import Analyser


@cache
def analyser() -> Analyser:
    """Return the analyser; its unpacked lexicon is kept under var/ for the next process."""
    return Analyser(settings.VAR_DIR / "search")
