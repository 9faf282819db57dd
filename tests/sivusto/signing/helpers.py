"""A clock that stands still, and codes as an app on the phone shows them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "pitkä ja hyvä salasana"
LOGIN = "/yllapito/login/"
CODE = "/yllapito/vahvistus/"
TWO_FACTOR = "/yllapito/kaksivaiheinen/"


class Clock:
    """The time, which moves only when told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: self.now)
        monkeypatch.setattr("time.time", self.timestamp)

    def timestamp(self) -> float:
        return self.now.timestamp()

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def code_of(device: TOTPDevice, clock: Clock) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = clock.now.timestamp()
    return f"{totp.token():06d}"


def log_in(client: Any, name: str = "kirjaaja", password: str = PASSWORD, **extra: Any) -> Any:
    fields = {"username": name, "password": password, "next": "/yllapito/hankkeet/project/"}
    return client.post(LOGIN, fields, **extra)


def is_in(client: Any) -> bool:
    return client.get("/yllapito/password_change/").status_code == 200
