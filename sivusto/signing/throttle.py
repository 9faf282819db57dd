"""The brakes on wrong passwords, kept in the database so that every worker obeys the same ones.

No well-kept library keeps what we promise: those that count in a cache read and write in two steps,
so that tries at the same instant slip through, and those that lock a name let anybody lock its
owner out. Here a try is counted before the password is looked at and given back if it was right.
"""

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from sivusto.security.address import client_network
from sivusto.signing.brakes import BRAKES, Brake
from sivusto.signing.models import SignInBrake

COOKIE = "hankkeet_laite"
COOKIE_AGE_S = 365 * 24 * 3600
SALT = "sivusto.signing.throttle"


@dataclass(frozen=True)
class Try:
    """A try at signing in: let through if it need not wait."""

    keys: tuple[str, ...]
    wait_s: int = 0
    is_news: bool = False  # the first to be refused since the last one that was let through

    def give_back(self) -> None:
        """Undo the counting of a try whose password was right."""
        own = [key for key in self.keys if key.startswith(("pair:", "device:"))]
        shared = [key for key in self.keys if key not in own]
        with transaction.atomic():
            rows = _locked(self.keys)
            SignInBrake.objects.filter(pk__in=rows.keys() & set(own)).delete()
            SignInBrake.objects.filter(pk__in=shared, failures__gt=0).update(
                failures=F("failures") - 1
            )
        _forget_old()


def begin(request: HttpRequest, name: str) -> Try:
    """Count a try by name, before its password is looked at, or say how long it must wait."""
    keys = _keys(request, name)
    with transaction.atomic():
        now = timezone.now()
        # Rows are made only for a try that the present rows let through: names cost nothing.
        for is_last in (False, True):
            rows = _locked(keys)
            refusing = {key: wait for key, row in rows.items() if (wait := _wait_s(row, now))}
            if refusing:
                return Try(keys, max(refusing.values()), _tell(rows, refusing))
            if is_last or len(rows) == len(keys):
                break
            SignInBrake.objects.bulk_create(
                [SignInBrake(key=key, last_at=now) for key in keys], ignore_conflicts=True
            )
        for key, row in rows.items():
            since = (now - row.last_at).total_seconds()
            row.failures = _brake(key).counted(row.failures, since) + 1
            row.last_at, row.is_told = now, False
        SignInBrake.objects.bulk_update(rows.values(), ["failures", "last_at", "is_told"])
    return Try(keys)


def remember_device(response: HttpResponse, request: HttpRequest, name: str) -> None:
    """Let this browser have a brake of its own for the name; staff pages alone see the cookie."""
    if _device(request, name):
        return
    value = signing.dumps([_digest("name", name), get_random_string(22)], salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=COOKIE_AGE_S,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _keys(request: HttpRequest, name: str) -> tuple[str, ...]:
    """Return the keys of a try, sorted so that no two tries wait for each other."""
    if device := _device(request, name):
        return (_key("device", device, name),)
    address = client_network(request) or "-"
    keys = (_key("pair", address, name), _key("address", address), _key("name", name))
    return tuple(sorted(keys))


def _device(request: HttpRequest, name: str) -> str:
    """Return the mark of a browser in which the name has signed in; "" for any other."""
    try:
        mark: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_AGE_S)
    except signing.BadSignature:
        return ""
    owner, device = mark
    return device if hmac.compare_digest(owner, _digest("name", name)) else ""


def _key(kind: str, *values: str) -> str:
    return f"{kind}:{_digest(kind, *values)}"


def _digest(kind: str, *values: str) -> str:
    plain = "\0".join(unicodedata.normalize("NFKC", value).casefold() for value in values)
    return salted_hmac(f"{SALT}.{kind}", plain, algorithm="sha256").hexdigest()


def _brake(key: str) -> Brake:
    return BRAKES[key.partition(":")[0]]


def _wait_s(row: SignInBrake, now: datetime) -> int:
    return _brake(row.key).wait_s(row.failures, (now - row.last_at).total_seconds())


def _locked(keys: Iterable[str]) -> dict[str, SignInBrake]:
    rows = SignInBrake.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return {row.key: row for row in rows}


def _tell(rows: dict[str, SignInBrake], refusing: Iterable[str]) -> bool:
    """Mark the refusal as told; return whether it had not been."""
    news = [key for key in refusing if not rows[key].is_told]
    return bool(SignInBrake.objects.filter(pk__in=news).update(is_told=True)) if news else False


def _forget_old() -> None:
    """Remove rows that no brake remembers."""
    limit = timezone.now() - timedelta(seconds=max(each.forgotten_s for each in BRAKES.values()))
    with transaction.atomic():
        old = SignInBrake.objects.select_for_update(skip_locked=True).filter(last_at__lt=limit)
        SignInBrake.objects.filter(pk__in=[row.pk for row in old[:1000]]).delete()
