"""The staff site's own log-in pages, apart from what the site is for."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sivusto.audit.records import Kind, record
from sivusto.signing import sign_on, sign_on_views, two_factor
from sivusto.signing.two_factor_views import TwoFactorPage
from sivusto.signing.views import CodeStep, SignInView, step_address


class SigningSite(admin.AdminSite):
    """An admin that asks for all that is needed before it shows anything."""

    def get_urls(self) -> list[Any]:
        """Return the admin's addresses with those of signing in before them."""
        return [
            path("vahvistus/", CodeStep(self), name="sign_in_code"),
            path("kaksivaiheinen/", TwoFactorPage(self), name="two_factor"),
            path("kunnan-tunnus/", sign_on_views.go, name="sign_on"),
            path("kunnan-tunnus/paluu/", sign_on_views.come_back, name="sign_on_back"),
            *super().get_urls(),
        ]

    def has_permission(self, request: HttpRequest) -> bool:
        """Allow staff of whom no further step is asked."""
        return super().has_permission(request) and not self.missing_step(request)

    def missing_step(self, request: HttpRequest) -> str:
        """Return the name of the page that a signed-in staff member must visit first, or ""."""
        if not super().has_permission(request):
            return ""
        if not hasattr(request, "_missing_step"):
            step = ""
            if two_factor.must_give_code(request):
                step = "admin:sign_in_code"
            elif two_factor.must_set_up(request):
                step = "admin:two_factor"
            request._missing_step = step  # type: ignore[attr-defined]
        return str(request._missing_step)  # type: ignore[attr-defined]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Send who lacks a step to it, not to the log-in page."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            step = self.missing_step(request)
            is_leaving = request.path == reverse("admin:logout")
            if step and not is_leaving:
                return redirect(step_address(step, request, request.get_full_path()))
            answer: HttpResponse = inner(request, *args, **kwargs)
            return answer

        return wrapped

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the log-in page, or go on for who is already in."""
        wanted = request.GET.get("next", "")
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        if request.method == "GET" and (step := self.missing_step(request)):
            return redirect(step_address(step, request, wanted))
        context = {
            **self.each_context(request),
            "title": _("Kirjaudu ylläpitoon"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            "next": wanted or reverse("admin:index"),
            "local_login": settings.LOCAL_LOGIN,
            "sign_on": _sign_on_link(wanted),
            **(extra_context or {}),
        }
        request.current_app = self.name
        answer: Any = SignInView.as_view(extra_context=context)(request)
        return answer  # type: ignore[no-any-return]

    @method_decorator(never_cache)
    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """End the session, and offer to end the one at the sign-on."""
        context = dict(extra_context or {})
        user = request.user if request.user.is_authenticated else None
        if settings.SIGN_ON and request.session.get(two_factor.SIGN_ON_MARK):
            back = request.build_absolute_uri(reverse("admin:login"))
            context["sign_on_end"] = sign_on.end_address(back)
        response = super().logout(request, context)
        if user is not None:
            record(Kind.LOGOUT, request, actor=user)
        return response

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Change one's own password, and note that it was changed."""
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            record(Kind.PASSWORD, request, actor=request.user, target=request.user)
        return response


def _sign_on_link(wanted: str) -> str:
    if settings.SIGN_ON is None:
        return ""
    return f"{reverse('admin:sign_on')}?{urlencode({'next': wanted})}"
