"""The card on paper: the same partial in another frame, printed once for each content."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language

from hankkeet.models import Project
from sivusto.card.card import Card, present_card
from sivusto.card.printing import MOST_WEIGHT, PdfStore, PrinterOptions, PrinterPool, PrintTimeout
from sivusto.history.past import Past
from sivusto.pages.context import finnish_mark

BOOKS = "salkkukirjat"  # the owner of all books among the printed files
STYLES = ("site.css", "report.css", "paper.css", "sheet.css")


def card_pdf(project: Project, *, preview: bool = False, past: Past | None = None) -> Path:
    """Return the printed file of a project loaded by ``cards()``.

    A card of the past tells for how long it was so, which is the same for every day of that time.
    It is printed unless this very content has been printed before. Raises the errors of
    ``sivusto.card.printing`` when the content cannot be printed.
    """
    return printed(card_html(project, preview=preview, past=past), owner=project.code)


def card_html(project: Project, *, preview: bool = False, past: Past | None = None) -> str:
    """Return what is printed of a project loaded by ``cards()``."""
    return render_to_string(
        "card/paper.html",
        {
            "card": Card(project) if past else present_card(project),
            "project": project,
            "address": f"{settings.PUBLIC_ADDRESS}{project.get_absolute_url()}"
            + (f"?pvm={past.start.isoformat()}" if past else ""),
            "preview": preview,
            "past": past,
            "municipality": settings.MUNICIPALITY,
            "brand_style": settings.BRAND_STYLE,
            "fi": finnish_mark(),
            "LANGUAGE_CODE": get_language(),
        },
    )


def forget_printed(codes: Iterable[str] | None = None) -> int:
    """Remove the printed files of the cards, of all when none is named; return how many.

    With a card go the books, any of which may hold it.
    """
    store = pdf_store()
    if codes is None:
        return store.clear()
    wanted = [*codes]
    return sum(map(store.drop, [*wanted, BOOKS] if wanted else []))


def printed(html: str, most_weight: int = MOST_WEIGHT, owner: str = "") -> Path:
    """Return the printed file of a document, printed unless this very one has been before.

    `owner` is the code of the card that it is of, `most_weight` is for ``check_printable()``.
    Raises the errors of ``sivusto.card.printing`` when it cannot be printed.
    """
    store = pdf_store()
    key = store.key(html, owner)
    return store.get(key) or _printed(store, key, html, most_weight)


def kept_file(path: Path) -> Path | None:
    """Return a file that ``printed()`` gave, marked as used; None when it had to make room."""
    return pdf_store().get(path.stem)


def file_name(project: Project, past: Past | None = None) -> str:
    """Return the name under which the card is saved, from the project's name and a past day."""
    stem = slugify(project.name)[:80].strip("-") or project.code.lower()
    return f"{stem}-{past.start.isoformat()}.pdf" if past else f"{stem}.pdf"


def _printed(store: PdfStore, key: str, html: str, most_weight: int) -> Path:
    """Print, unless the same content took too long a moment ago: asking must not cost us."""
    pool = _pool()
    with pool.place(), store.alone(key, pool.patience_s):
        if path := store.get(key):  # somebody else has printed it while we waited
            return path
        if store.has_hung(key):
            raise PrintTimeout
        try:
            return store.put(key, pool.print_html(html, most_weight))
        except PrintTimeout:
            store.note_hang(key)
            raise


@lru_cache
def _options() -> PrinterOptions:
    static = Path(settings.STATICFILES_DIRS[0])
    return PrinterOptions(
        roots={"/static/": static, "/media/logot/": Path(settings.MEDIA_ROOT) / "logot"},
        stylesheets=[static / name for name in STYLES],
        font_folder=Path(settings.FONT_DIR),
        base_url=f"{settings.PUBLIC_ADDRESS}/",
        time_limit_s=settings.PDF_TIME_LIMIT_S,
        memory_limit_bytes=settings.PDF_MEMORY_LIMIT,
    )


@lru_cache
def _pool() -> PrinterPool:
    return PrinterPool(_options())


@lru_cache
def pdf_store() -> PdfStore:
    """Return where the printed files are kept."""
    return PdfStore(Path(settings.PDF_DIR), _options())
