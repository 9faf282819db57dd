"""The way to the municipality's sign-on and back."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sivusto.audit.records import Kind, record
from sivusto.signing import sign_on, two_factor
from sivusto.signing.people import person
from sivusto.signing.sessions import next_address, sign_in

NEXT = "sign_on_next"
logger = logging.getLogger(__name__)


@require_GET
@never_cache
def go(request: HttpRequest) -> HttpResponse:
    """Send the browser to the sign-on."""
    _must_be_set()
    back = request.build_absolute_uri(reverse("admin:sign_on_back"))
    request.session[NEXT] = next_address(request, request.GET.get("next", ""))
    try:
        return sign_on.begin(request, back)
    except sign_on.SignOnError as error:
        return _refuse(request, error)


@require_GET
@never_cache
def come_back(request: HttpRequest) -> HttpResponse:
    """Let in the one who comes back, if the sign-on vouches for a staff member."""
    _must_be_set()
    try:
        user = person(sign_on.finish(request), sign_on.ours())
    except sign_on.SignOnError as error:
        record(Kind.LOGIN_REFUSED, request, details=_("Kunnan tunnuksella."))
        return _refuse(request, error)
    wanted = request.session.pop(NEXT, "")
    sign_in(request, user, _("Kunnan tunnuksella."))
    request.session[two_factor.SIGN_ON_MARK] = True
    return redirect(next_address(request, wanted))


def _must_be_set() -> None:
    if settings.SIGN_ON is None:
        raise Http404


def _refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("Sign-on refused: %s", error.__cause__ or error)
    messages.error(request, str(error))
    return redirect("admin:login")
