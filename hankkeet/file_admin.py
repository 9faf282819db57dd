"""An admin whose files come and go together with their rows."""

import logging
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hankkeet.storage import all_or_no_files, delete_after_commit, file_names

logger = logging.getLogger(__name__)


class FileAdmin(admin.ModelAdmin):
    """Stores files with their rows or not at all, and removes those that no row holds any more."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form again with all that was typed if a file cannot be stored."""
        try:
            with all_or_no_files():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except OSError:
            if request.method != "POST":
                raise
            logger.exception("A file could not be stored")
            request.storage_failed = True  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return a form that says what went wrong, if a file could not be stored."""
        form = super().get_form(request, obj, change, **kwargs)
        if not getattr(request, "storage_failed", False):
            return form
        return type("RefusingForm", (_StorageFailed, form), {})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row; forget the files it held before."""
        super().save_model(request, obj, form, change)
        _forget_replaced([form])

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows; forget the files that they, or removed ones, held before."""
        super().save_formset(request, form, formset, change)
        _forget_replaced(formset.forms)
        for removed in formset.deleted_objects:
            delete_after_commit(file_names(removed))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the row and its files."""
        names = _held_files([obj])
        super().delete_model(request, obj)
        delete_after_commit(names)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Delete the rows and their files."""
        names = _held_files(list(queryset))
        super().delete_queryset(request, queryset)
        delete_after_commit(names)


class _StorageFailed(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        super().clean()
        raise ValidationError(
            _(
                "Tiedoston tallentaminen ei onnistunut, joten mitään ei tallennettu. "
                "Palvelimen levy voi olla täynnä. Kirjoittamasi tiedot ovat tallessa tällä "
                "sivulla, mutta valitse tiedostot uudelleen."
            )
        )


def _forget_replaced(forms_saved: Iterable[Any]) -> None:
    for form in forms_saved:
        for name in form.changed_data if form.is_bound else ():
            before = getattr(form.initial.get(name), "name", None)
            if isinstance(form.fields[name], forms.FileField) and before:
                delete_after_commit({before} - file_names(form.instance))


def _held_files(rows: list[models.Model]) -> set[str]:
    """Return the names of the files of the rows and of all that is deleted with them."""
    if not rows:
        return set()
    collector = Collector(using=rows[0]._state.db or "default")
    collector.collect(rows)
    loaded = [row for instances in collector.data.values() for row in instances]
    unloaded = [row for queryset in collector.fast_deletes for row in queryset]
    return {name for row in [*loaded, *unloaded] for name in file_names(row)}
