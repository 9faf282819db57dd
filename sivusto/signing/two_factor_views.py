"""The page on which staff turn their own second factor on and off."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django_otp import login as note_device

from sivusto.audit.records import Kind, record
from sivusto.signing import two_factor
from sivusto.signing.forms import CodeForm
from sivusto.signing.views import step_address, wrong_code

ACTIONS = ("begin", "finish", "codes", "off")


@method_decorator([never_cache, csrf_protect], name="__call__")
class TwoFactorPage:
    """One's own second factor; open also to who must set it up before anything else."""

    def __init__(self, site: Any) -> None:
        self.site = site

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show what there is, or do what was asked."""
        user: Any = request.user
        if not (user.is_active and user.is_staff):
            return redirect(step_address("admin:login", request, request.path))
        if two_factor.must_give_code(request):
            return redirect(step_address("admin:sign_in_code", request, request.path))
        action = request.POST.get("action", "")
        if request.method == "POST" and action in ACTIONS:
            answer: HttpResponse = getattr(self, f"_{action}")(request)
            return answer
        return self._page(request)

    def _begin(self, request: HttpRequest) -> HttpResponse:
        if not two_factor.has_device(request.user):
            two_factor.begin_set_up(request.user)
        return redirect(request.path)

    def _finish(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if two_factor.unfinished(request.user) is None:
            return redirect(request.path)
        if not form.is_valid():
            return self._page(request, form)
        device = two_factor.finish_set_up(request.user, form.cleaned_data["code"])
        if device is None:
            form.add_error("code", wrong_code(request.user))
            return self._page(request, form)
        note_device(request, device)
        record(
            Kind.TWO_FACTOR,
            request,
            actor=request.user,
            target=request.user,
            details=_("Käyttöön."),
        )
        return self._codes_shown(request)

    def _codes(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if not self._is_right(request, form):
            return self._page(request, form, "codes")
        record(
            Kind.TWO_FACTOR,
            request,
            actor=request.user,
            target=request.user,
            details=_("Uudet varakoodit."),
        )
        return self._codes_shown(request)

    def _off(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if settings.REQUIRE_TWO_FACTOR:
            return self._page(request)
        if not self._is_right(request, form):
            return self._page(request, form, "off")
        two_factor.turn_off(request.user)
        record(
            Kind.TWO_FACTOR,
            request,
            actor=request.user,
            target=request.user,
            details=_("Pois käytöstä."),
        )
        messages.success(request, _("Kaksivaiheinen tunnistautuminen on nyt poissa käytöstä."))
        return redirect(request.path)

    def _is_right(self, request: HttpRequest, form: CodeForm) -> bool:
        if not form.is_valid():
            return False
        if two_factor.verify(request.user, form.cleaned_data["code"]) is not None:
            return True
        form.add_error("code", wrong_code(request.user))
        return False

    def _codes_shown(self, request: HttpRequest) -> HttpResponse:
        context = self.site.each_context(request) | {
            "title": _("Varakoodit"),
            "codes": two_factor.new_recovery_codes(request.user),
        }
        return render(request, "admin/recovery_codes.html", context)

    def _page(
        self, request: HttpRequest, form: CodeForm | None = None, failed: str = ""
    ) -> HttpResponse:
        user: Any = request.user
        is_on = two_factor.has_device(user)
        device = None if is_on else two_factor.unfinished(user)
        context = self.site.each_context(request) | {
            "title": _("Kaksivaiheinen tunnistautuminen"),
            "is_on": is_on,
            "is_required": settings.REQUIRE_TWO_FACTOR,
            "codes_left": two_factor.codes_left(user) if is_on else 0,
            "secret": two_factor.secret_text(device) if device else "",
            "picture": qr_picture(device.config_url) if device else "",
            "finish_form": form or CodeForm(),
            "codes_form": form if failed == "codes" else CodeForm(auto_id="codes_%s"),
            "off_form": form if failed == "off" else CodeForm(auto_id="off_%s"),
        }
        return render(request, "admin/two_factor.html", context)


def qr_picture(text: str) -> str:
    """Draw the text as an SVG element without inline styles or scripts."""
    drawn = segno.make(text, error="m").svg_inline(
        scale=5, border=4, title=_("QR-koodi todennussovellukselle"), dark="#000", light="#fff"
    )
    return mark_safe(drawn)
