"""The second factor: codes of an app on the phone, and recovery codes on paper.

The codes are django-otp's, which slows wrong ones down and takes each right one once. A recovery
code is kept as a keyed hash only, so that nobody who reads the database can sign in with it.
"""

import math
import secrets
from base64 import b32encode
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

CODE_COUNT = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for another on paper
CODE_LENGTH = 10
SIGN_ON_MARK = "signed_on"  # in the session of who came in by the municipality's sign-on


def has_device(user: Any) -> bool:
    """Tell whether the account has a second factor in use; one query."""
    return bool(TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists())


def must_give_code(request: HttpRequest) -> bool:
    """Tell whether this session lacks a code that its account asks for.

    Who came by the municipality's sign-on has met the second factor there.
    """
    user: Any = request.user
    if request.session.get(SIGN_ON_MARK) or user.is_verified():
        return False
    return has_device(user)


def must_set_up(request: HttpRequest) -> bool:
    """Tell whether the site asks this account for a second factor that it does not have."""
    is_asked = settings.REQUIRE_TWO_FACTOR and not request.session.get(SIGN_ON_MARK)
    return bool(is_asked) and not has_device(request.user)


def begin_set_up(user: Any) -> None:
    """Make a secret for the account, in place of one that was never taken into use."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user, confirmed=False).delete()
        TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def unfinished(user: Any) -> TOTPDevice | None:
    """Return the secret that waits for its first code."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def finish_set_up(user: Any, code: str) -> TOTPDevice | None:
    """Take the waiting secret into use if the code is its; return it then."""
    device = unfinished(user)
    if device is None or has_device(user):
        return None
    found = verify_token(user, device.persistent_id, _plain(code))
    if found is not None:
        found.confirmed = True
        found.save(update_fields=["confirmed"])
    return found


def verify(user: Any, code: str) -> Any:
    """Return the device whose code this is, and use the code up; None for a wrong one."""
    plain = _plain(code)
    if plain.isdecimal():
        device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    else:
        device = StaticDevice.objects.filter(user=user, confirmed=True).first()
        plain = _fingerprint(plain)
    return verify_token(user, device.persistent_id, plain) if device else None


def wait_s(user: Any) -> int:
    """Return for how many seconds no code is looked at, after wrong ones."""
    until = timezone.now()
    for model in (TOTPDevice, StaticDevice):
        for device in model.objects.filter(user=user):
            _is_allowed, why = device.verify_is_allowed()
            until = max(until, (why or {}).get("locked_until", until))
    return math.ceil((until - timezone.now()).total_seconds())


def new_recovery_codes(user: Any) -> list[str]:
    """Make ten codes in place of the old ones and return them: they are shown this once."""
    plain = [
        "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODE_COUNT)
    ]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=_fingerprint(code)) for code in plain
        )
    half = CODE_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in plain]


def codes_left(user: Any) -> int:
    """Return how many recovery codes have not been used."""
    return int(StaticToken.objects.filter(device__user=user).count())


def turn_off(user: Any) -> bool:
    """Take the second factor away, codes and all; tell whether there was one."""
    had = has_device(user)
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
    return had


def secret_text(device: TOTPDevice) -> str:
    """Return the secret in groups of four, to be typed where no picture can be read."""
    plain = b32encode(device.bin_key).decode()
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def _plain(code: str) -> str:
    return "".join(code.lower().replace("-", "").split())


def _fingerprint(code: str) -> str:
    """Return 80 bits of a keyed hash, which is what the library's column holds."""
    digest = salted_hmac("sivusto.signing.recovery", code, algorithm="sha256").digest()
    return b32encode(digest[:10]).decode().lower()
