"""Where a measure's words stand in the public pages of monitoring."""

from datetime import date

from django.urls import reverse

MEASURES_ON_PAGE = 20


def measure_address(code: str, number: int, period_end: date | None = None) -> str:
    """Return the address of a measure, by its number from 1, in a project's report.

    Without a period's last day it is in the last report.
    """
    page = (number - 1) // MEASURES_ON_PAGE + 1
    asked = {
        "jakso": period_end.isoformat() if period_end else "",
        "sivu": page if page > 1 else "",
    }
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return f"{reverse('monitoring', args=[code])}{f'?{query}' if query else ''}#t{number}"
