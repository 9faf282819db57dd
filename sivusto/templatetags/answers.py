"""The answer sentence over a list."""

from typing import Any

from django import template

from sivusto.answers import answer

register = template.Library()


@register.simple_tag
def answer_sentence(filterset: Any, totals: dict[str, Any]) -> str:
    """Write the list's sentence, in Finnish, from its FilterSet and totals; no queries."""
    return answer.answer_sentence(filterset, totals)
