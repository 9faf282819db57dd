"""Making books: of each portfolio one at a time, in the background or by command."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from hankkeet.models import Project
from salkut.fields import FinnishOrder
from salkut.models import Portfolio
from sivusto.book.binder import Binder, BindingError
from sivusto.book.binding import Leaf
from sivusto.book.cards import printed_cards
from sivusto.book.front import address_of, front_html
from sivusto.book.models import MOST_TRIES, PortfolioBook
from sivusto.card import paper
from sivusto.card.kept import present
from sivusto.card.printing import PrintError
from sivusto.card.printing.faces import make_faces
from sivusto.figures.counting import count_changes
from sivusto.locks import alone
from sivusto.pages.queries import portfolios

logger = logging.getLogger(__name__)

MOST_CARDS = 1000
MOST_WEIGHT = 40_000  # of the front matter: a thousand lines of contents, some five seconds
CHAPTERS_FROM = 60  # cards, from which the outline has an entry for each initial letter
LOCK = 0x68616B79


class BookError(Exception):
    """A book that cannot be made; the text says why, for people."""


@dataclass(frozen=True)
class Book:
    """A book that is ready: its file, its pages, and its cards."""

    path: Path
    pages: int
    number: int


def make(
    portfolio: Portfolio, tell: Callable[[int, int], None] = lambda done, number: None
) -> Book:
    """Make the book in the language that is active, unless this very one has been made before.

    ``tell`` is told how many cards are ready, and of how many. Raises BookError.
    """
    count_changes()
    mark = present()  # before what is read under it
    public = Project.objects.public().filter(portfolios=portfolio)
    projects = list(public.order_by(FinnishOrder("name"), "pk")[: MOST_CARDS + 1])
    if not projects:
        raise BookError(_("Salkussa ei ole vielä julkaistuja hankkeita."))
    if len(projects) > MOST_CARDS:
        raise BookError(
            _("Salkussa on yli %(n)s hanketta, joten siitä ei voi tehdä kirjaa.")
            % {"n": MOST_CARDS}
        )
    files = printed_cards(
        [project.code for project in projects], mark, lambda done: tell(done, len(projects))
    )
    projects = [project for project in projects if project.code in files]
    shown = portfolios().select_related("predecessor").get(pk=portfolio.pk)
    try:
        return _bound(shown, projects, files)
    except PrintError as error:
        raise BookError(_(str(error))) from error
    except BindingError as error:
        logger.error("the book of %s was not bound: %s", portfolio.slug, error)
        raise BookError(_("Kirjan kokoaminen ei onnistunut. Kerro asiasta ylläpidolle.")) from error


def make_asked() -> int:
    """Make the books that have been asked for; return how many. One query when there are none."""
    number = 0
    if PortfolioBook.objects.unfinished().exists():
        with alone(LOCK) as is_alone:
            while is_alone and (book := PortfolioBook.objects.unfinished().first()):
                _make(book)
                number += 1
    return number


def file_name(portfolio: Portfolio) -> str:
    """Return the name under which the book is saved."""
    return f"salkkukirja-{slugify(portfolio.name)[:80].strip('-') or portfolio.pk}.pdf"


def _bound(
    portfolio: Portfolio, projects: Sequence[Project], files: dict[str, Path | None]
) -> Book:
    printed = [(project, path) for project in projects if (path := files[project.code])]
    has_chapters = len(printed) >= CHAPTERS_FROM
    leaves = [
        Leaf(path, p.name, address_of(p), p.name[:1].upper() if has_chapters else "")
        for p, path in printed
    ]
    faces = make_faces(Path(settings.FONT_DIR))
    with Binder(faces, leaves) as binder:
        pages = dict(zip((project.code for project, _path in printed), binder.pages, strict=True))
        html = front_html(portfolio, projects, [pages.get(p.code) for p in projects])
        front = paper.printed(html, MOST_WEIGHT)
        store = paper.pdf_store()
        key = store.key("\n".join([front.stem, *(leaf.path.stem for leaf in leaves)]), paper.BOOKS)
        path = store.get(key)
        if path is None:
            with TemporaryDirectory() as folder:
                made = Path(folder) / "kirja.pdf"
                binder.finish(front, made)
                path = store.put(key, made.read_bytes())
    return Book(path, sum(binder.pages), len(printed))


def _make(book: PortfolioBook) -> None:
    """Make a book that was asked for, and note how it went; a third death is the last."""
    mark = present()
    book.state, book.tries = PortfolioBook.State.MAKING, book.tries + 1
    book.version, book.day = mark.version, mark.day
    book.save()

    def tell(done: int, number: int) -> None:
        PortfolioBook.objects.filter(pk=book.pk).update(done=done, number=number)

    try:
        if book.tries > MOST_TRIES:
            raise BookError(_("Kirjan kokoaminen ei onnistunut. Kerro asiasta ylläpidolle."))
        with override(book.language):
            made = make(book.portfolio, tell)
    except BookError as error:
        book.state, book.reason = PortfolioBook.State.FAILED, str(error)
    else:
        book.state, book.reason = PortfolioBook.State.READY, ""
        book.key, book.size = made.path.stem, made.path.stat().st_size
        book.pages, book.number, book.done = made.pages, made.number, made.number
    book.made_at = timezone.now()
    book.save()
