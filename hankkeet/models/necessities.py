"""The few things without which no card is published; a draft may lack all of them."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

NECESSITIES = {
    "summary": _("tiivistelmä"),
    "portfolio": _("salkku"),
    "start_date": _("alkamispäivä"),
    "responsible": _("toteuttaja tai yhteyshenkilö"),
}


def lacking(has: Collection[str]) -> list[str]:
    """Return what a card that has these of the necessities still lacks, in words to show."""
    return [str(label) for name, label in NECESSITIES.items() if name not in has]
