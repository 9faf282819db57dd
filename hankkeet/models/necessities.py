"""The few things without which no card is published; a draft may lack all of them."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

NECESSITIES: dict[str, Any] = {
    "summary": _("tiivistelmä"),
    "portfolio": _("salkku"),
    "start_date": _("alkamispäivä"),
    "responsible": _("toteuttaja tai yhteyshenkilö"),
}

Mark = Callable[[type[models.Model]], Any]
# Conditions that the apps above ask for, by name.
_ASKED_ABOVE: dict[str, Mark] = {}


def need(name: str, label: Any, mark: Mark) -> None:
    """Add a necessity that another app knows of; ``mark`` makes its condition on projects."""
    NECESSITIES[name] = label
    _ASKED_ABOVE[name] = mark


def necessity_marks(project: type[models.Model]) -> dict[str, Any]:
    """Return annotations of projects, ``has_`` and a necessity's name; no joins, no queries."""

    def has(relation: str, **condition: Any) -> models.Exists:
        field: Any = project._meta.get_field(relation)
        rows = field.remote_field.through if field.many_to_many else field.related_model
        mine = "project" if field.many_to_many else field.remote_field.name
        return models.Exists(
            rows._base_manager.filter(**{mine: models.OuterRef("pk")}, **condition)
        )

    return {
        "has_summary": has("sections", body__gt=""),
        "has_portfolio": has("portfolios"),
        "has_start_date": models.ExpressionWrapper(
            models.Q(start_date__isnull=False), output_field=models.BooleanField()
        ),
        "has_responsible": has("implementer") | has("contacts"),
        **{f"has_{name}": mark(project) for name, mark in _ASKED_ABOVE.items()},
    }


def lacking(has: Collection[str]) -> list[str]:
    """Return what a card that has these of the necessities still lacks, in words to show."""
    return [str(label) for name, label in NECESSITIES.items() if name not in has]
