"""Make a portfolio's book of cards, and the same cards as one document of plain WeasyPrint.

    DATABASE_URL=… python -m benchmarks.book [cards]

Takes a register that ``make_register`` made, puts so many of its public cards (500) into a
portfolio of their own, and takes everything back at the end. Prints the seconds of the book when no
card is printed, when all are and only the book is not, and when the book is ready; then those of
one document of plain WeasyPrint with the bodies of the same cards, the same style sheets and faces,
and the ratio; and the greatest memory of the processes of both. Ours prints in two processes, as
the site does.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from hankkeet.models import Project  # noqa: E402
from salkut.models import Portfolio  # noqa: E402
from sivusto.book.making import Book, make  # noqa: E402
from sivusto.card import paper  # noqa: E402
from sivusto.card.queries import cards  # noqa: E402

NAME = "Mittaussalkku"
WHOLE = """
import resource, sys, time
from pathlib import Path
from sivusto.card.printing.faces import make_faces
from sivusto.card.printing.options import PrinterOptions
from sivusto.card.printing.render import BASE_STYLE, _show_only_our_fonts
options = PrinterOptions.from_json(sys.argv[1])
_show_only_our_fonts(make_faces(options.font_folder))
import weasyprint
styles = [weasyprint.CSS(string=BASE_STYLE), *map(weasyprint.CSS, options.stylesheets)]
html = Path(sys.argv[2]).read_text()
start = time.perf_counter()
pdf = weasyprint.HTML(string=html).write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
seconds = time.perf_counter() - start
print(seconds, len(pdf), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


def whole_document(codes: list[str]) -> str:
    """Return one document of the cards' bodies, each from a new page."""
    bodies = []
    for start in range(0, len(codes), 50):
        for project in cards().public().filter(code__in=codes[start : start + 50]):
            body = paper.card_html(project).partition("<body")[2].partition(">")[2]
            bodies.append(f'<div style="break-before: page">{body.partition("</body>")[0]}</div>')
    head = f"<html lang=fi><head><title>Kaikki</title><style>{settings.BRAND_STYLE}</style></head>"
    return f'{head}<body class="paper">{"".join(bodies)}</body></html>'


def printed_whole(html: str, folder: Path) -> tuple[float, int, float]:
    """Return the seconds, bytes and megabytes of memory that the one document takes."""
    file = folder / "kaikki.html"
    file.write_text(html)
    options = paper._options().to_json()
    command = [sys.executable, "-c", WHOLE, options, str(file)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(told[0]), int(told[1]), float(told[2])


def binding_memory() -> float:
    """Return the greatest memory, in megabytes, of the processes that have ended."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main(number: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="book-"))
    settings.PDF_DIR = folder
    paper.pdf_store.cache_clear()
    try:
        with transaction.atomic():
            portfolio = Portfolio.objects.create(name=NAME, slug="mittaussalkku")
            public = Project.objects.public().order_by("-pk")
            codes = list(public.values_list("code", flat=True)[:number])
            portfolio.projects.add(*Project.objects.filter(code__in=codes))
            html = whole_document(codes)
            measure(portfolio, html, folder)
            transaction.set_rollback(True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(portfolio: Portfolio, html: str, folder: Path) -> None:
    fresh, book = seconds(lambda: make(portfolio))
    memory = binding_memory()
    size = book.path.stat().st_size
    tell("no card printed", fresh, book)
    ready = []
    for _ in range(3):
        book.path.unlink()
        ready.append(seconds(lambda: make(portfolio)))
        tell("all printed", *ready[-1])
    tell("the book ready", *seconds(lambda: make(portfolio)))
    whole, whole_size, whole_memory = printed_whole(html, folder)
    print(f"one document: {whole:.1f} s, {whole_size / 1e6:.1f} MB, memory {whole_memory:.0f} MB")
    print(f"none printed / one document {fresh / whole:.2f} (bar 0.38)")
    print(f"all printed: {min(second for second, _book in ready):.1f} s at best (bar 5 s)")
    print(f"the book {size / 1e6:.1f} MB; memory of children until then {memory:.0f} MB")


def tell(what: str, took: float, book: Book) -> None:
    print(f"{what}: {took:.1f} s, {book.number} cards, {book.pages} pages of cards")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
