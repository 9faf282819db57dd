"""The form for telling that something on a card is wrong."""

import secrets
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hankkeet.models.feedback import MESSAGE_LIMIT

SALT = "sivusto.feedback"
# A person needs longer than this to read and write, and seldom longer than that.
SHORTEST_S, LONGEST_S = 3, 12 * 3600


class FeedbackForm(forms.Form):
    """What is wrong, and where an answer may be sent; nothing else is asked.

    It needs no cookie: there is no session that somebody else's page could use, and the mark, which
    only we can sign, tells which card's form was opened and when.
    """

    use_required_attribute = False

    message = forms.CharField(
        label=_("Mikä kortilla on väärin?"),
        max_length=MESSAGE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 7, "aria-required": "true"}),
        help_text=_("Kerro, mikä kohta ja miten sen pitäisi olla. Älä kirjoita henkilötietoja."),
        error_messages={
            "required": _("Kirjoita, mikä kortilla on väärin."),
            "max_length": _("Viesti on liian pitkä: siinä saa olla enintään 5 000 merkkiä."),
        },
    )
    email = forms.EmailField(
        label=_("Sähköposti, jos haluat vastauksen"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Ei pakollinen. Osoitetta käytetään vain vastaamiseen, ja se poistetaan."),
        error_messages={"invalid": _("Sähköpostiosoite on vajaa: muoto on nimi@palvelin.fi.")},
    )
    # People do not see it; programs fill in everything.
    website = forms.CharField(required=False, label=_("Jätä tämä kenttä tyhjäksi"))
    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, code: str, data: Any = None) -> None:
        self.code = code
        self.nonce = ""
        super().__init__(data, initial={"mark": fresh_mark(code)})
        for name in ("message", "email"):
            self.fields[name].widget.attrs["aria-describedby"] = f"{name}-help {name}-error"
            if self.is_bound and name in self.errors:
                self.fields[name].widget.attrs["aria-invalid"] = "true"

    def clean(self) -> dict[str, Any]:
        """Refuse what a program sent, and a form that is too old; the text stays in the form."""
        cleaned = super().clean() or self.cleaned_data
        try:
            self.nonce = _nonce(cleaned.get("mark", ""), self.code)
        except signing.BadSignature:
            self._renew()
            raise forms.ValidationError(
                _("Lomake oli auki liian kauan. Tekstisi on tallella: lähetä se uudelleen.")
            ) from None
        if cleaned.get("website"):
            self._renew()
            raise forms.ValidationError(
                _("Viestiä ei lähetetty, koska piilotettu kenttä oli täytetty. Lähetä uudelleen.")
            )
        if _is_too_fresh(cleaned["mark"]):
            raise forms.ValidationError(
                _("Viesti tuli liian nopeasti, eikä sitä lähetetty. Tarkista ja lähetä uudelleen.")
            )
        return cleaned

    def _renew(self) -> None:
        """Give the form that is shown again a fresh mark and an empty trap."""
        self.data = self.data.dict() if isinstance(self.data, QueryDict) else dict(self.data)
        self.data |= {"mark": fresh_mark(self.code), "website": ""}


def fresh_mark(code: str) -> str:
    """Return what a form of the card carries: signed, with the moment and a number of its own."""
    return signing.TimestampSigner(salt=SALT).sign(f"{code}.{secrets.token_hex(16)}")


def _nonce(mark: str, code: str) -> str:
    value = signing.TimestampSigner(salt=SALT).unsign(mark, max_age=LONGEST_S)
    of_card, _dot, nonce = value.partition(".")
    if of_card != code:
        raise signing.BadSignature("another card's")
    return nonce


def _is_too_fresh(mark: str) -> bool:
    try:
        signing.TimestampSigner(salt=SALT).unsign(mark, max_age=SHORTEST_S)
    except signing.SignatureExpired:
        return False
    return True
