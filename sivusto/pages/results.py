"""What projects have left behind and is still in use: the list, and the same as files."""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from hankkeet.models import Result, ResultState
from salkut.models import Portfolio
from sivusto.answers.columns import Column, Kind, address
from sivusto.answers.tables import LICENCE, LICENCE_ADDRESS, csv_lines, json_rows
from sivusto.pages.slices import FromEitherEnd

ON_PAGE = 50


@cache
def _finnish_state(value: str) -> str:
    with override("fi"):
        return str(ResultState(value).label)


COLUMNS = (
    Column("Tulos", "name", lambda r: r.name),
    Column("Tila", "state", lambda r: _finnish_state(r.state), code=lambda r: r.state),
    Column("Tarkistettu", "answered_on", lambda r: r.answered_on, Kind.DATE),
    Column("Missä se on", "place", lambda r: r.place),
    Column("Osoite verkossa", "url", lambda r: r.url),
    Column("Vastuutaho", "owner", lambda r: r.owner),
    Column("Hanke", "project", lambda r: r.project.name),
    Column("Hankkeen tunnus", "code", lambda r: r.project.code),
    Column("Hankkeen osoite", "address", lambda r: address(r.project)),
)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what is still in use, what was last checked first, so many on a page."""
    portfolio, is_unknown = _asked_portfolio(request)
    found = _found(portfolio)
    things: Any = FromEitherEnd(found, found.count())
    page = Paginator(things, ON_PAGE).get_page(request.GET.get("sivu"))
    context = {
        "portfolio": portfolio,
        "is_unknown": is_unknown,
        "portfolios": _with_results(),
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "tulokset/list.html", context)


@require_safe
def results_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the list as a table."""
    portfolio, _is_unknown = _asked_portfolio(request)
    lines = csv_lines(_found(portfolio).iterator(), COLUMNS)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="tulokset.csv"'
    return response


@require_safe
def results_json(request: HttpRequest) -> StreamingHttpResponse:
    """Give the list as data; any site may read it."""
    portfolio, _is_unknown = _asked_portfolio(request)
    head = {
        "title": f"{settings.MUNICIPALITY}: {_('hankkeiden tulokset')}",
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
    }
    pieces = json_rows(head, "results", _found(portfolio).iterator(), COLUMNS)
    response = StreamingHttpResponse(pieces, content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _asked_portfolio(request: HttpRequest) -> tuple[Portfolio | None, bool]:
    """Return the portfolio of the address, and whether one was asked for that there is not."""
    slug = request.GET.get("salkku", "")[:200]
    portfolio = Portfolio.objects.all().at_address(slug).first() if slug else None
    return portfolio, bool(slug) and portfolio is None


def _found(portfolio: Portfolio | None) -> QuerySet[Result]:
    found = Result.objects.public().in_use().select_related("project")
    found = found.only(
        *("name", "state", "answered_on", "place", "url", "owner"),
        *("project__code", "project__name"),
    ).order_by("-answered_on", "-pk")
    return found.filter(project__portfolios=portfolio) if portfolio else found


def _with_results() -> QuerySet[Any]:
    mine = Result.objects.public().in_use().values("project__portfolios")
    return Portfolio.objects.filter(pk__in=mine).only("name", "slug")
