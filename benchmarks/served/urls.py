"""The site's addresses and two empty pages, past the page cache as the staff's are."""

import os

from django.http import HttpResponse
from django.urls import path

from sivusto.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]


def empty(request):
    return HttpResponse()


def blank(request):
    return HttpResponse("<!doctype html><html lang=fi><title>Tyhjä</title><p>Tyhjä</p></html>")


def tell_worker(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers["X-Worker"] = str(os.getpid())
        return response

    return middleware


urlpatterns = [path("yllapito/tyhja", empty), path("yllapito/valkoinen", blank), *urlpatterns]
