"""The municipality's sign-on: asking its OpenID Connect provider who somebody is.

Authlib does the asking and the checking (state, nonce, PKCE, signature, issuer, audience, age).
mozilla-django-oidc was looked at and left: it checks neither issuer nor audience and does not read
the provider's own description.
"""

from functools import cache
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from joserfc.errors import JoseError

from sivusto.environment import SignOn

TIMEOUT_S = 10
DESCRIPTION = "/.well-known/openid-configuration"
# What a provider that answers amiss makes the library raise.
FAULTS = (
    AuthlibBaseError,
    JoseError,
    requests.RequestException,
    RuntimeError,
    ValueError,
    KeyError,
)


class SignOnError(Exception):
    """Nobody was signed in; the message tells why in Finnish."""


class WrongIssuerError(SignOnError):
    """The provider's description is of another provider."""


def ours() -> SignOn:
    """Return the sign-on that is set; asked only where one is."""
    if settings.SIGN_ON is None:
        raise SignOnError(_("Kunnan tunnuksella kirjautumista ei ole asetettu."))
    return settings.SIGN_ON


def begin(request: HttpRequest, back: str) -> HttpResponse:
    """Send the browser to the provider, to return to the address ``back``."""
    try:
        answer: HttpResponse = _described().authorize_redirect(request, back)
    except (*FAULTS, WrongIssuerError) as error:
        raise SignOnError(_unreachable()) from error
    return answer


def finish(request: HttpRequest) -> dict[str, Any]:
    """Return what the provider vouches for about the one who came back."""
    try:
        app = _described()
        token = app.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "values": [ours().issuer]},
                "aud": {"essential": True, "values": [ours().client_id]},
            },
        )
        claims = dict(token["userinfo"])
    except (*FAULTS, WrongIssuerError) as error:
        text = _("Kunnan tunnuksella kirjautuminen ei onnistunut. Yritä uudelleen.")
        raise SignOnError(text) from error
    if not claims.get("sub"):
        raise SignOnError(_("Kunnan kirjautumispalvelu ei kertonut, kuka olet."))
    return claims


def end_address(back: str) -> str:
    """Return the address that ends the session at the provider, or "" if it has none."""
    try:
        made = _described().create_logout_url(
            post_logout_redirect_uri=back, client_id=ours().client_id
        )
    except (*FAULTS, SignOnError):
        return ""
    return str(made["url"])


def check() -> None:
    """Ask for the provider's description; SignOnError tells what is amiss in it.

    A provider that cannot be reached raises requests.RequestException: that is not a wrong setting.
    """
    try:
        _described()
    except (requests.HTTPError, requests.exceptions.JSONDecodeError, ValueError) as error:
        text = _("HANKKEET_OIDC_ISSUER: osoitteessa %(address)s ei ole kirjautumispalvelua.")
        raise SignOnError(text % {"address": ours().issuer + DESCRIPTION}) from error


def _described() -> Any:
    """Return the client once the provider has described itself, and truly."""
    app = client(ours())
    told = app.load_server_metadata().get("issuer")
    if told != ours().issuer:
        client.cache_clear()
        text = _("HANKKEET_OIDC_ISSUER on %(ours)s, mutta palvelu sanoo olevansa %(theirs)s.")
        raise WrongIssuerError(text % {"ours": ours().issuer, "theirs": told})
    return app


@cache
def client(sign_on: SignOn) -> Any:
    """Return the client of a provider; it keeps the provider's description and keys."""
    return OAuth().register(
        "kunta",
        client_id=sign_on.client_id,
        client_secret=sign_on.client_secret,
        server_metadata_url=sign_on.issuer.rstrip("/") + DESCRIPTION,
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_S,
        },
    )


def _unreachable() -> str:
    return _(
        "Kunnan kirjautumispalveluun ei saada yhteyttä. Yritä hetken kuluttua uudelleen tai "
        "kirjaudu hanketietokannan omalla tunnuksella."
    )
