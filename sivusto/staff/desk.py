"""The coordinator's desk: the staff site's start page, a page for each list, and its table."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from sivusto.answers.tables import csv_lines
from sivusto.desk.lists import BY_NAME, DeskList, Shown, desk_of, lists_for
from sivusto.staff import rights

FIRST = 5
ON_PAGE = 50
AT_ONCE = 2000


def on_start_page(user: Any) -> dict[str, Any]:
    """Return the desk for the start page; no lists for whom there is nothing to do on cards."""
    desk = desk_of(user, timezone.localdate())
    shown = [Shown(each, desk, FIRST) for each in lists_for(user)]
    return {
        "desk": shown,
        "waiting": [each for each in shown if each.count],
        "may_see_silence": rights.may_view(user),
        # A superuser who answers for no card is led to all of them, not to an empty list.
        "has_own_cards": not user.is_superuser or rights.answered_for_by(user).exists(),
    }


def urls(site: Any) -> list[Any]:
    """Return the addresses of the lists."""
    return [
        path("tyopoyta/<slug:name>.csv", site.admin_view(list_csv), name="desk_csv"),
        path("tyopoyta/<slug:name>/", site.admin_view(list_page), name="desk_list"),
    ]


@require_safe
def list_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a whole list, some rows on a page."""
    of, desk = _asked(request, name)
    pages = Paginator(range(_count(of, desk)), ON_PAGE)
    page = pages.get_page(request.GET.get("sivu"))
    context = {
        **admin.site.each_context(request),
        "title": of.title,
        "list": Shown(of, desk, ON_PAGE, (page.number - 1) * ON_PAGE),
        "count": pages.count,
        "page_obj": page,
        "page_numbers": pages.get_elided_page_range(page.number),
    }
    return render(request, "admin/desk_list.html", context)


@require_safe
def list_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Give a whole list as a table for Excel; its words are Finnish, as the register's are."""
    of, desk = _asked(request, name)

    def lines() -> Any:
        with override("fi"):
            yield from csv_lines(of.ask(desk).iterator(AT_ONCE), of.columns)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    file_name = f"{of.name}-{desk.today.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest, name: str) -> tuple[DeskList, Any]:
    if name not in BY_NAME:
        raise Http404(_("Luetteloa ei ole."))
    if not request.user.has_perm(BY_NAME[name].permission):
        raise PermissionDenied
    return BY_NAME[name], desk_of(request.user, timezone.localdate())


def _count(of: DeskList, desk: Any) -> int:
    return int(of.ask(desk).count())
