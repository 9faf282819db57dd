"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the municipality's name, feedback address and colours."""
    return {
        "municipality": settings.MUNICIPALITY,
        "feedback_email": settings.FEEDBACK_EMAIL,
        "brand_style": mark_safe(settings.BRAND_STYLE),  # checked colours only
    }
