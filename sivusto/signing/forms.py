"""The forms of signing in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


def wait_text(seconds: int) -> str:
    """Tell how long to wait, in whole minutes when it is long."""
    if seconds <= 60:
        return ngettext("%(n)s sekunti", "%(n)s sekuntia", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)s minuutti", "%(n)s minuuttia", minutes) % {"n": minutes}


class SignInForm(AdminAuthenticationForm):
    """Name and password; says how long to wait after many wrong ones."""

    def clean(self) -> Any:
        """Check the pair, or say why it was not looked at."""
        if not settings.LOCAL_LOGIN:
            raise ValidationError(gettext("Kirjaudu kunnan tunnuksella."), code="no_passwords")
        return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        """Return the same words for any wrong pair, and the wait for a braked one."""
        attempt = getattr(self.request, "sign_in_try", None)
        if attempt is None or not attempt.wait_s:
            return super().get_invalid_login_error()
        text = gettext(
            "Kirjautumista on yritetty liian monta kertaa. Odota, ja yritä sitten uudelleen. "
            "Odotusaika: %(wait)s."
        )
        return ValidationError(text % {"wait": wait_text(attempt.wait_s)}, code="wait")


class CodeForm(forms.Form):
    """One code, of the app or of the recovery codes."""

    code = forms.CharField(
        label=_("Koodi"),
        max_length=32,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
