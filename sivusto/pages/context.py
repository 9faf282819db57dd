"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from sivusto.pages import icon

LANGUAGES = (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))


def finnish_mark() -> str:
    """Return the attribute that marks Finnish content on a page of another language."""
    return "" if get_language() == "fi" else mark_safe(' lang="fi"')


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the municipality's own facts, the languages, and ``fi``, the mark of Finnish text."""
    return {
        "municipality": settings.MUNICIPALITY,
        "site_address": settings.PUBLIC_ADDRESS,
        "feedback_email": settings.FEEDBACK_EMAIL,
        "languages": LANGUAGES,
        "LANGUAGE_CODE": get_language(),
        "fi": finnish_mark(),
        "icon": icon.ADDRESS,
        "brand_style": mark_safe(settings.BRAND_STYLE),  # checked colours only
        "site_style": mark_safe(settings.SITE_STYLE),  # our own sheet, and those
    }
