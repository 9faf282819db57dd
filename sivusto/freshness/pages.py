"""Finished public pages, kept in the process for as long as nothing the public sees has changed.

Each request asks the database for the data version, so a change shows on the next request in
every worker and nobody needs to be told of it. Pages are kept by version, day and address.
"""

import time
from collections.abc import Callable
from typing import TypeAlias, TypeGuard
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import parse_etags

from sivusto.freshness.outage import Outage, VersionReader, unavailable
from sivusto.freshness.shelf import Page, Shelf, mark
from sivusto.search.models import Pending

Key: TypeAlias = tuple[str, str, str, str]
HERE = timezone.get_default_timezone()
LONGEST_QUERY = 1000  # letters; a longer one is answered and not kept
LAST_COPY_S = 300  # how long the last good copy is shown while the database is away
TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mtm_")
REVALIDATE = "no-cache"  # a browser keeps the page and asks each time whether it still holds
STALE = '110 - "Response is Stale"'


def tidied(query: str) -> str:
    """Leave out of a query string the tracking marks, which change no page.

    Empty fields stay: a page may lead them to its tidy address.
    """
    if not query or not query.isascii():
        return query
    fields = parse_qsl(query, keep_blank_values=True)
    return urlencode([field for field in fields if not field[0].startswith(TRACKING)])


class PageCacheMiddleware:
    """Answers anonymous readers from finished pages; stands before session and log-in.

    A page that sets a cookie, looks at one, is private, streams or is no plain 200 is never kept.
    Addresses with a query have a shelf of their own, so that made-up queries cannot push the
    ordinary pages out. While the database is away the last good copy is shown, if it was right
    when the database last answered, at most five minutes ago; otherwise a page that says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        half = settings.PAGE_CACHE_BYTES // 2
        self.shelves = {False: Shelf(half), True: Shelf(half)}  # by whether there is a query
        self.is_on = half > 0
        self.version = VersionReader()

    @cached_property
    def staff_address(self) -> str:
        """Where staff work; nothing under it is kept."""
        return reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the shelf, or have the page made and keep it."""
        if not self._is_for_anybody(request):
            return self.get_response(request)
        query = tidied(request.META.get("QUERY_STRING", ""))
        request.META["QUERY_STRING"] = query  # the page must not echo what its key leaves out
        if not self.is_on:
            return _finished(request, self.get_response(request))
        key = (
            str(request.scheme),
            request.META.get("HTTP_HOST", ""),
            request.path_info,
            query,
        )
        shelf = self.shelves[bool(query)]
        try:
            edition = self.version.read(), timezone.localdate(timezone=HERE)
        except Outage:
            return self._last_copy(request, shelf, key) or unavailable(request)
        shelf.turn_to(edition)
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        page = shelf.get(edition, key)
        if page is not None:
            packed = page.packed(accepted)
            if packed is not page:
                shelf.keep(edition, key, packed)
            return _answer(request, packed)
        # A search that finds the index behind catches up, but perhaps not with everything.
        is_settled = not query or not Pending.objects.exists()
        response = self.get_response(request)
        if request.method == "GET" and is_settled and _is_keepable(response):
            _prepare(response)
            page = Page.of(response.content, tuple(response.headers.items())).packed(accepted)
            shelf.keep(edition, key, page)
            return _answer(request, page)
        return _finished(request, response)

    def _is_for_anybody(self, request: HttpRequest) -> bool:
        """Say whether the request asks what it asks for anybody."""
        meta = request.META
        if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta:
            return False
        if len(meta.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return False
        if request.path_info.startswith(self.staff_address):
            return False
        return not (
            "HTTP_COOKIE" in meta
            and {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & set(request.COOKIES)
        )

    def _last_copy(self, request: HttpRequest, shelf: Shelf, key: Key) -> HttpResponse | None:
        if time.monotonic() - self.version.confirmed_at > LAST_COPY_S:
            return None
        page = shelf.get(shelf.edition, key)
        if page is None:
            return None
        response = _answer(request, page)
        response.headers["Warning"] = STALE
        response.headers["Cache-Control"] = "no-store"
        return response


def _is_keepable(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Say whether the response is a whole public page that is the same for everybody."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    headers = response.headers
    control, vary = headers.get("Cache-Control", ""), headers.get("Vary", "")
    return not (
        "private" in control
        or "no-store" in control
        or "cookie" in vary.lower()
        or "Content-Encoding" in headers
        or "ETag" in headers
        or hasattr(response, "_csp_config")
    )


def _prepare(response: HttpResponseBase) -> None:
    """Give the headers of a page that holds until it changes; its address tells its language."""
    response.headers["Vary"] = "Accept-Encoding"
    response.headers.setdefault("Cache-Control", REVALIDATE)


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give a page that is not kept the same headers, and let it be asked for by its mark."""
    if not _is_keepable(response):
        return response
    _prepare(response)
    response.headers["ETag"] = mark(response.content)
    if _is_known(request, response.headers["ETag"]):
        return _not_modified(response.headers["ETag"], response.headers["Cache-Control"])
    return response


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """Answer with a finished page, or that what the reader has is still right."""
    headers = dict(page.headers)
    if _is_known(request, page.etag):
        return _not_modified(page.etag, headers["Cache-Control"])
    coding, body = page.body(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)
    response.headers["ETag"] = page.etag
    response.headers["Content-Length"] = str(len(body))
    if coding:
        response.headers["Content-Encoding"] = coding
    return response


def _is_known(request: HttpRequest, etag: str) -> bool:
    """Say whether the reader already has the page (RFC 9110, 13.1.2)."""
    wanted = request.META.get("HTTP_IF_NONE_MATCH")
    if wanted is None:
        return False
    return wanted in (etag, "*") or etag in parse_etags(wanted)


def _not_modified(etag: str, control: str) -> HttpResponse:
    headers = {"ETag": etag, "Cache-Control": control, "Vary": "Accept-Encoding"}
    response = HttpResponse(status=304, headers=headers)
    del response.headers["Content-Type"]
    return response
