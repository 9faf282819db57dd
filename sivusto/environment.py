"""Reading settings from environment variables: a wrong value is an error, never silently false."""

import os
import re
import secrets
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# A server that is gone is noticed in seconds: seconds to connect, milliseconds to acknowledge data.
PATIENCE = {"connect_timeout": "2", "tcp_user_timeout": "2500"}
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Microsoft's addresses that let in anybody's accounts.
SHARED_TENANTS = ("common", "organizations", "consumers")
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


def text(name: str, default: str = "") -> str:
    """Return the variable's value without surrounding blanks."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """Return a yes-or-no value; refuse any other word."""
    value = text(name, str(default)).lower()
    if value not in TRUE + FALSE:
        raise ImproperlyConfigured(f"{name}: '{value}' ei ole kyllä- tai ei-arvo. Käytä 1 tai 0.")
    return value in TRUE


def number(name: str, default: int) -> int:
    """Return a whole number that is not negative."""
    value = text(name, str(default))
    if not re.fullmatch(r"\d{1,12}", value):
        raise ImproperlyConfigured(f"{name}: '{value}' ei ole kokonaisluku.")
    return int(value)


def colour(name: str, default: str) -> str:
    """Return a colour written as #rrggbb."""
    value = text(name, default)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ImproperlyConfigured(f"{name}: '{value}' ei ole väri muodossa #rrggbb.")
    return value


def address(name: str) -> str:
    """Return the site's public address (https://host), or "" in local mode."""
    value = text(name).rstrip("/")
    if value and not re.fullmatch(r"https?://[^/\s@?#]+", value):
        raise ImproperlyConfigured(f"{name}: '{value}' ei ole osoite muodossa https://palvelin.")
    return value


def secret_key(name: str, local_file: Path | None) -> str:
    """Return the secret; only local mode makes one of its own, readable by its owner alone."""
    value = text(name)
    if value:
        return value
    if local_file is None:
        raise ImproperlyConfigured(
            f"{name} puuttuu. Anna sille pitkä satunnainen arvo, esimerkiksi komennolla: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if not local_file.exists():
        local_file.parent.mkdir(parents=True, exist_ok=True)
        local_file.touch(mode=0o600)
        local_file.write_text(secrets.token_urlsafe(50))
    return local_file.read_text().strip()


# Compiling a list's query costs seconds before its first row, and makes no query here faster.
NO_JIT = "-c jit=off"


def database(name: str, data_folder: Path) -> dict[str, Any]:
    """Return Django's database settings from a postgres:// address, or the embedded server's."""
    value = text(name)
    common = {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
    if not value:
        return common | {
            "ENGINE": "sivusto.embedded",
            "NAME": "hankkeet",
            "EMBEDDED_DATA": data_folder,
        }
    parts = urlsplit(value)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name}: osoitteen pitää olla muotoa postgres://käyttäjä:salasana@palvelin/kanta."
        )
    options = dict(parse_qsl(parts.query))
    options["options"] = f"{options.get('options', '')} {NO_JIT}".strip()
    return common | {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": PATIENCE | options,
    }


def embedded_data_folder(checkout: Path) -> Path:
    """Say where the embedded server keeps its data.

    The package lets the server's system user reach the folder by opening every parent folder to
    all when it runs as root; so root's data goes where that is harmless.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0 and sys.platform != "darwin":
        mark = sha256(str(checkout).encode()).hexdigest()[:8]
        return Path(f"/var/lib/hankkeet/{checkout.name}-{mark}")
    return checkout / "var" / "postgres"


@dataclass(frozen=True)
class SignOn:
    """The municipality's sign-on: an OpenID Connect provider, and whom of its people it lets in."""

    issuer: str
    client_id: str
    client_secret: str
    groups_claim: str
    groups: tuple[tuple[str, str], ...]  # a value of the claim, the name of a group of ours


def sign_on(prefix: str) -> SignOn | None:
    """Return the sign-on that the variables describe, or None if there are none of them."""
    names = [f"{prefix}_{name}" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    groups = _groups(f"{prefix}_GROUPS")
    missing = [name for name in names if not text(name)]
    if len(missing) == len(names) and not groups:
        return None
    if missing:
        raise ImproperlyConfigured(
            f"{missing[0]} puuttuu. Kunnan tunnuksella kirjautuminen tarvitsee asetukset "
            f"{', '.join(names)}. Jos sitä ei käytetä, jätä ne kaikki pois."
        )
    issuer, client_id, client_secret = map(text, names)
    _check_issuer(names[0], issuer)
    return SignOn(
        issuer, client_id, client_secret, text(f"{prefix}_GROUPS_CLAIM", "groups"), groups
    )


def local_login(name: str, sign_on: SignOn | None) -> bool:
    """Tell whether passwords of our own are taken; refuse to shut the only door."""
    is_on = flag(name, True)
    if not is_on and sign_on is None:
        raise ImproperlyConfigured(
            f"{name}: salasanakirjautumista ei voi poistaa, kun kunnan tunnuksella kirjautumista "
            "(HANKKEET_OIDC_ISSUER) ei ole asetettu: kukaan ei pääsisi sisään."
        )
    return is_on


def _check_issuer(name: str, issuer: str) -> None:
    parts = urlsplit(issuer)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not is_safe or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name}: '{issuer}' ei ole osoite muodossa https://palvelin.")
    if issuer.endswith("/.well-known/openid-configuration"):
        raise ImproperlyConfigured(
            f"{name}: jätä osoitteen lopusta pois /.well-known/openid-configuration."
        )
    if parts.path.strip("/").split("/")[0].lower() in SHARED_TENANTS:
        raise ImproperlyConfigured(
            f"{name}: '{issuer}' on yhteinen kaikille palvelun asiakkaille ja päästäisi sisään "
            "kenen tahansa tunnuksen. Käytä osoitetta, jossa on kunnan oma hakemistotunnus."
        )


def _groups(name: str) -> tuple[tuple[str, str], ...]:
    pairs = [pair.strip() for pair in text(name).split(";") if pair.strip()]
    found = [tuple(part.strip() for part in pair.rpartition("=")[::2]) for pair in pairs]
    if not all(len(pair) == 2 and all(pair) for pair in found):
        raise ImproperlyConfigured(
            f"{name}: kirjoita parit muodossa arvo=Ryhmä ja erota ne puolipisteellä."
        )
    return tuple((value, group) for value, group in found)
