"""Rows that stand in a table under a form: their fields are named by the table's heads alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class _NamedFields:
    """Gives each field of a row the name that only its column has (WCAG 1.3.1, 4.1.2)."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)  # type: ignore[misc]
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)  # within the admin's wrapper
            widget.attrs.setdefault("aria-label", str(field.label))


class NamedTabularInline(admin.TabularInline):
    """A table of rows in which also a program that reads aloud knows what each field is."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return the rows' formset with names on its fields."""
        formset = super().get_formset(request, obj, **kwargs)
        return type("NamedFormSet", (_NamedFields, formset), {})
