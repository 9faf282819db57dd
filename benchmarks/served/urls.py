"""The site's addresses and two empty pages, past the page cache as the staff's are."""

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import path

from sivusto.urls import handler500, urlpatterns

Handler = Callable[[HttpRequest], HttpResponse]
__all__ = ["handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def blank(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><html lang=fi><title>Tyhjä</title><p>Tyhjä</p></html>")


def tell_worker(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["X-Worker"] = str(os.getpid())
        return response

    return middleware


urlpatterns = [path("yllapito/tyhja", empty), path("yllapito/valkoinen", blank), *urlpatterns]
