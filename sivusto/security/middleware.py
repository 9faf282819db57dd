"""What is checked or added in every request and answer.

The Content Security Policy goes by the setting and the mark on the response that Django 6 has; at
the next long-term release its own middleware takes the place of the one here.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Handler = Callable[[HttpRequest], HttpResponse]
HEADER = "Content-Security-Policy"


def build_policy(policy: Mapping[str, Sequence[str]]) -> str:
    """Write the policy as one header value."""
    return "; ".join(" ".join((name, *sources)) for name, sources in policy.items())


class ContentSecurityPolicyMiddleware:
    """Adds the site's policy, or the one that the view has set, to every response."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.site_policy = build_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a policy in the headers."""
        response = self.get_response(request)
        override = getattr(response, "_csp_config", None)
        response.headers.setdefault(
            HEADER, self.site_policy if override is None else build_policy(override)
        )
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response


def refuse_nul(get_response: Handler) -> Handler:
    """Refuse an address with a NUL in it: no person types one, and PostgreSQL cannot hold one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def csp_override(policy: Mapping[str, Sequence[str]]) -> Callable[[Any], Any]:
    """Give one view a policy of its own."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = view(*args, **kwargs)
            response._csp_config = policy  # type: ignore[attr-defined]
            return response

        return wrapped

    return decorate
