"""The rich text editor, and the security policy that lets it and nothing else run."""

import base64
import hashlib
import re
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget, importmap

from hankkeet.richtext import clean_html

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Menu": {
        "groups": [
            {"group": "headings"},
            {"group": "lists"},
            {"group": "marks"},
            {"group": "link"},
            {"group": "history"},
        ]
    },
}


class RichTextWidget(AdminProseEditorWidget):  # type: ignore[misc]
    """An editor for bold, italic, lists, links and sub-headings; a text area without scripts."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"rows": 6, "cols": 80} | (attrs or {}),
            config={"extensions": EXTENSIONS},
            preset="configurable",
        )


class RichTextFormField(forms.CharField):
    """Rich text that is cleaned before its length is judged."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"widget": RichTextWidget})

    def clean(self, value: Any) -> str:
        """Return the cleaned text; refuse one in which no words are left, if one is required."""
        cleaned = clean_html(super().clean(value))
        if self.required and not cleaned:
            raise forms.ValidationError(_("Kirjoita teksti."), code="required")
        return cleaned


@cache
def staff_policy() -> dict[str, list[str]]:
    """Return the site's policy with what the editor needs.

    That is its import map and an empty style, both by hash, and its icons.
    """
    script = re.fullmatch(r"<script[^>]*>(.*)</script>", str(importmap), re.DOTALL)
    if script is None:
        raise ValueError("The editor's import map is not a script.")
    policy: dict[str, list[str]] = dict(settings.SECURE_CSP)
    return policy | {
        "script-src": ["'self'", _hash_source(script[1])],
        "style-src": [*policy["style-src"], _hash_source("")],
        "font-src": ["'self'"],
    }


def _hash_source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
