"""Which staff account somebody is whom the municipality's sign-on vouches for."""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from sivusto.audit.records import Kind, record
from sivusto.environment import SignOn
from sivusto.signing.models import SignOnIdentity
from sivusto.signing.sign_on import SignOnError

logger = logging.getLogger(__name__)


def person(claims: dict[str, Any], sign_on: SignOn) -> Any:
    """Return the account that may come in; SignOnError tells why nobody may.

    The account is known by its subject; the first time, a staff account with the same e-mail
    address is it. Where groups are mapped, one of them is needed: it makes the account at need,
    and the account's mapped groups follow the claim every time. Superusers are let in without.
    """
    with transaction.atomic():
        user = _known(claims, sign_on) or _by_email(claims)
        ours = _mapped(claims, sign_on)
        if sign_on.groups and not ours and not (user and user.is_superuser):
            raise SignOnError(
                _("Kunnan tunnuksellasi ei ole oikeutta hanketietokannan ylläpitoon.")
            )
        if user is None:
            user = _new(claims) if ours else None
        if user is None or not user.is_active or not (user.is_staff or ours):
            raise SignOnError(
                _(
                    "Kunnan tunnustasi ei ole yhdistetty hanketietokannan käyttäjään. Pyydä "
                    "pääkäyttäjää lisäämään sinut käyttäjäksi kunnan sähköpostiosoitteellasi."
                )
            )
        SignOnIdentity.objects.get_or_create(
            issuer=sign_on.issuer, subject=claims["sub"], defaults={"user": user}
        )
        if sign_on.groups:
            _follow(user, ours, sign_on)
    return user


def _known(claims: dict[str, Any], sign_on: SignOn) -> Any:
    identity = (
        SignOnIdentity.objects.select_related("user")
        .filter(issuer=sign_on.issuer, subject=claims["sub"])
        .first()
    )
    return identity.user if identity else None


def email_of(claims: dict[str, Any]) -> str:
    """Return the e-mail address that the sign-on vouches for, or ""."""
    if claims.get("email_verified", True) is not True:
        return ""
    email = str(claims.get("email") or claims.get("preferred_username") or "").strip()
    return email if "@" in email else ""


def _by_email(claims: dict[str, Any]) -> Any:
    """Return the only staff account with the address; of two nobody can tell which it is."""
    email = email_of(claims)
    if not email:
        return None
    found = get_user_model()._default_manager.filter(
        email__iexact=email, is_staff=True, is_active=True
    )[:2]
    return found[0] if len(found) == 1 else None


def _mapped(claims: dict[str, Any], sign_on: SignOn) -> set[str]:
    values = claims.get(sign_on.groups_claim) or []
    told = {values} if isinstance(values, str) else set(map(str, values))
    return {group for value, group in sign_on.groups if value in told}


def _new(claims: dict[str, Any]) -> Any:
    """Make an account without a password, named by its e-mail address."""
    email = email_of(claims)
    users = get_user_model()._default_manager
    if not email or users.filter(username__iexact=email).exists():
        return None
    return users.create_user(
        email[:150],
        email,
        first_name=str(claims.get("given_name", ""))[:150],
        last_name=str(claims.get("family_name", ""))[:150],
        is_staff=True,
    )


def _follow(user: Any, ours: set[str], sign_on: SignOn) -> None:
    """Give the account the mapped groups that the claim names, and take the others away."""
    mapped = Group.objects.filter(name__in={group for _value, group in sign_on.groups})
    wanted = {group for group in mapped if group.name in ours}
    if missing := ours - {group.name for group in wanted}:
        logger.error("HANKKEET_OIDC_GROUPS: ryhmää ei ole: %s", ", ".join(sorted(missing)))
    present = set(user.groups.filter(pk__in=mapped))
    added, removed = wanted - present, present - wanted
    user.groups.add(*added)
    user.groups.remove(*removed)
    if not user.is_staff and ours:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    if added or removed:
        record(Kind.RIGHTS, target=user, details=_("Kunnan tunnus: ") + change_text(added, removed))


def change_text(added: Any, removed: Any) -> str:
    """Tell in a sentence or two what was given and what taken."""
    parts = ((_("Lisätty: %(what)s."), added), (_("Poistettu: %(what)s."), removed))
    return " ".join(
        text % {"what": ", ".join(sorted(map(str, what)))} for text, what in parts if what
    )
