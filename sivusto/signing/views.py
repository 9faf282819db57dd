"""Signing in on the staff site: the password, and the code after it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from sivusto.audit.records import Kind, record
from sivusto.signing import two_factor
from sivusto.signing.forms import CodeForm, SignInForm, wait_text
from sivusto.signing.sessions import held, hold, next_address, sign_in, with_device_cookie


def step_address(name: str, request: HttpRequest, wanted: str) -> str:
    """Return the address of a step that comes before the wanted page."""
    return f"{reverse(name)}?{urlencode({'next': next_address(request, wanted)})}"


class SignInView(LoginView):
    """The log-in page; who has a second factor goes on to its page, not signed in yet."""

    authentication_form = SignInForm
    template_name = "admin/login.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on with a right password."""
        user, wanted = form.get_user(), self.get_redirect_url()
        if two_factor.has_device(user):
            hold(self.request, user)
            return redirect(step_address("admin:sign_in_code", self.request, wanted))
        sign_in(self.request, user, _("Salasanalla."))
        response = HttpResponseRedirect(next_address(self.request, wanted))
        return with_device_cookie(response, self.request, user)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Note the try; a name that is not an account's may be a password typed amiss."""
        attempt = getattr(self.request, "sign_in_try", None)
        name = form.cleaned_data.get("username", "")
        user = get_user_model()._default_manager.filter(username=name).first() if attempt else None
        if attempt and (attempt.is_news or not attempt.wait_s):
            kind = Kind.LOGIN_BRAKED if attempt.wait_s else Kind.LOGIN_REFUSED
            details = "" if user else _("Tuntematon tunnus.")
            record(kind, self.request, target=user, details=details)
        response = super().form_invalid(form)
        if attempt and attempt.wait_s:
            response.status_code = 429
            response["Retry-After"] = str(attempt.wait_s)
        return response


@method_decorator([never_cache, csrf_protect, sensitive_post_parameters()], name="__call__")
class CodeStep:
    """Asks for the code of an account whose password was right, or whose session lacks it."""

    def __init__(self, site: Any) -> None:
        self.site = site

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show the form, or look at the code."""
        wanted = request.POST.get("next", request.GET.get("next", ""))
        user: Any = held(request)
        if user is None and request.user.is_authenticated and two_factor.must_give_code(request):
            user = request.user
        if user is None:
            return redirect(step_address("admin:login", request, wanted))
        form = CodeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            device = two_factor.verify(user, form.cleaned_data["code"])
            if device is not None:
                return self._let_in(request, user, device, wanted)
            record(Kind.LOGIN_REFUSED, request, target=user, details=_("Väärä koodi."))
            form.add_error("code", wrong_code(user))
        context = self.site.each_context(request) | {
            "title": _("Vahvista kirjautuminen"),
            "form": form,
            "next": wanted,
        }
        return render(request, "admin/sign_in_code.html", context)

    def _let_in(self, request: HttpRequest, user: Any, device: Any, wanted: str) -> HttpResponse:
        is_spare = hasattr(device, "token_set")
        how = _("Salasanalla ja varakoodilla.") if is_spare else _("Salasanalla ja koodilla.")
        sign_in(request, get_user_model()._default_manager.get(pk=user.pk), how, device)
        response = HttpResponseRedirect(next_address(request, wanted))
        return with_device_cookie(response, request, user)


def wrong_code(user: Any) -> str:
    """Say that a code was wrong, and for how long the next one is not looked at."""
    wait = two_factor.wait_s(user)
    text = _("Koodi on väärä, vanhentunut tai jo käytetty.")
    if wait:
        text += " " + _("Seuraavaa kokeillaan, kun on kulunut %(wait)s.") % {
            "wait": wait_text(wait)
        }
    return text
