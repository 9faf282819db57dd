"""A portfolio's book: where to ask for it, how far it is, and the book itself."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from salkut.models import Portfolio
from sivusto.book.making import MOST_CARDS, file_name
from sivusto.book.models import PortfolioBook
from sivusto.card import paper
from sivusto.card.views import pdf_response
from sivusto.figures.counting import count_changes
from sivusto.pages.queries import portfolios


@csrf_exempt  # no cookie and nobody's rights are used; asking twice makes one book
@require_http_methods(["GET", "HEAD", "POST"])
def book_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell whether there is a book and how far it is; what is posted asks for it."""
    count_changes()
    portfolio = get_object_or_404(portfolios(), slug=slug)
    is_possible = 0 < portfolio.number <= MOST_CARDS
    book = _book(portfolio)
    if request.method == "POST":
        if is_possible:
            (book or PortfolioBook(portfolio=portfolio, language=str(get_language()))).ask()
        return redirect("portfolio_book", slug)
    context = {
        "portfolio": portfolio,
        "book": book,
        "is_ready": bool(book and _file(book)),
        "is_possible": is_possible,
        "most_cards": MOST_CARDS,
    }
    response = render(request, "salkut/book.html", context)
    response.headers["Cache-Control"] = "no-store"  # it tells of a work that goes on
    return response


@require_safe
def book_paper(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the book; where it is not ready or not true any more, lead to where to ask for it."""
    portfolio = get_object_or_404(Portfolio, slug=slug)
    book = _book(portfolio)
    path = book and _file(book)
    if not path:
        return redirect("portfolio_book", slug)
    return pdf_response(request, path, file_name(portfolio))


def _book(portfolio: Portfolio) -> PortfolioBook | None:
    language = str(get_language())
    return PortfolioBook.objects.filter(portfolio=portfolio, language=language).first()


def _file(book: PortfolioBook) -> Path | None:
    """Return the file of a book that is true now; it may have had to make room."""
    return paper.pdf_store().get(book.key) if book.is_current else None
