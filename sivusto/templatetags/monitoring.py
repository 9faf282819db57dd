"""Reports in templates."""

from datetime import date

from django import template

from seuranta.models import State
from sivusto.monitoring.wording import summary
from sivusto.monitoring.writing.webtable import light_html

register = template.Library()
register.filter("light", light_html)


@register.filter
def standings(numbers: dict[str, int] | None) -> str:
    """Tell how many measures stand how."""
    return summary(numbers or {})


@register.filter
def iso_day(text: str) -> date:
    """Return the day that the database wrote into JSON."""
    return date.fromisoformat(text)


@register.filter
def state_word(state: str) -> str:
    """Return the word of a measure's state."""
    return str(State(state).label) if state in State.values else ""
