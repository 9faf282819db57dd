"""The one door for passwords."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from sivusto.signing import throttle


class BrakedBackend(ModelBackend):
    """Django's accounts behind brakes: a try that must wait never reaches the hasher."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return the account; leave the try on the request for the form that tells its result."""
        if username is None or password is None or not settings.LOCAL_LOGIN:
            return None
        if request is None:  # a command on the server itself
            return super().authenticate(request, username, password, **kwargs)
        attempt = throttle.begin(request, username)
        request.sign_in_try = attempt  # type: ignore[attr-defined]
        if attempt.wait_s:
            raise PermissionDenied
        user = super().authenticate(request, username, password, **kwargs)
        if user is not None:
            attempt.give_back()
        return user
