"""Beginning and ending a session, noted in the audit log whichever way it came about."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from sivusto.audit.records import Kind, record
from sivusto.signing.throttle import remember_device

PENDING = "sign_in_pending"
PENDING_AGE_S = 10 * 60


def sign_in(request: HttpRequest, user: Any, how: str, device: Any = None) -> None:
    """Begin the session; a device that took the second code is noted in it."""
    request.session.pop(PENDING, None)
    user.otp_device = device
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record(Kind.LOGIN, request, actor=user, details=how)


def hold(request: HttpRequest, user: Any) -> None:
    """Note that the password was right; nobody is signed in before the code is right too."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "mark": user.get_session_auth_hash(),
        "until": time.time() + PENDING_AGE_S,
    }


def held(request: HttpRequest) -> Any:
    """Return the account whose password was right a while ago, or None."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < time.time():
        return None
    user = get_user_model()._default_manager.filter(pk=pending["user"], is_active=True).first()
    is_same = user and constant_time_compare(pending["mark"], user.get_session_auth_hash())
    return user if is_same else None


def next_address(request: HttpRequest, wanted: str) -> str:
    """Return the wanted address if it is ours, else the staff's front page."""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and is_ours else reverse("admin:index")


def with_device_cookie(response: HttpResponse, request: HttpRequest, user: Any) -> HttpResponse:
    """Let the browser be known the next time."""
    remember_device(response, request, user.get_username())
    return response
