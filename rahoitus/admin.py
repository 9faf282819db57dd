"""Funders and their programmes for staff."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hankkeet.file_admin import FileAdmin
from hankkeet.forms import PictureField
from rahoitus.models import STATEMENTS, Funder, Programme
from salkut.forms import NAMES
from salkut.rows import NamedTabularInline

PROGRAMME_FIELDS: list[Any] = ["name", "aliases", "start_year", "end_year"]
EMBLEM = [("logo", "logo_alt")]
WIDGETS = {models.ImageField: {"form_class": PictureField}, ArrayField: NAMES}


class ProgrammeFormSet(forms.BaseInlineFormSet):
    """Programmes of one funder, no two of one name."""

    def clean(self) -> None:
        """Refuse the same name twice, in any letter case; the database would."""
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            if not form.is_valid() or form.cleaned_data.get("DELETE"):
                continue
            name = form.cleaned_data.get("name", "").lower()
            if name and name in seen:
                form.add_error("name", ValidationError(_("Sama ohjelma on luettelossa jo.")))
            seen.add(name)


class ProgrammeInline(NamedTabularInline):
    """A funder's programmes on the funder's form."""

    model = Programme
    formset = ProgrammeFormSet
    fields = PROGRAMME_FIELDS
    formfield_overrides = {ArrayField: NAMES}
    extra = 1


@admin.register(Funder)
class FunderAdmin(FileAdmin):
    """Those who pay, with their programmes."""

    list_display = ["name", "short_name", "kind", "business_id", "share_count"]
    list_filter = ["kind"]
    search_fields = ["name", "short_name", "aliases"]
    ordering = tuple(Funder._meta.ordering or ())  # counting drops it unless it is said
    inlines = [ProgrammeInline]
    formfield_overrides = WIDGETS
    fieldsets = [
        (None, {"fields": [("name", "short_name"), "aliases", ("kind", "business_id"), "url"]}),
        (
            _("Näkyvyys korteilla"),
            {
                "fields": [*EMBLEM, *STATEMENTS],
                "description": _(
                    "Rahoittajan vaatima tunnus ja lause näytetään jokaisella kortilla, jonka "
                    "rahoittajaksi se on ilmoitettu. EU:n rahoittamaa korttia ei voi julkaista "
                    "ilman niitä. Jos ohjelmalla on omansa, niitä käytetään."
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return funders with the number of their shares."""
        return super().get_queryset(request).annotate(share_count=Count("funding_shares"))

    @admin.display(description=_("rahoitusosuuksia"), ordering="share_count")
    def share_count(self, funder: Any) -> int:
        """Show in how many rows of funding it is named."""
        return int(funder.share_count)


@admin.register(Programme)
class ProgrammeAdmin(FileAdmin):
    """All programmes, for searching and for choosing on the project's form."""

    list_display = ["name", "funder", "start_year", "end_year"]
    list_select_related = ["funder"]
    list_filter = [("funder", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name", "aliases", "funder__name", "funder__short_name"]
    autocomplete_fields = ["funder"]
    formfield_overrides = WIDGETS
    fieldsets = [
        (None, {"fields": ["funder", *PROGRAMME_FIELDS]}),
        (
            _("Näkyvyys korteilla"),
            {
                "fields": [*EMBLEM, *STATEMENTS],
                "description": _(
                    "Mitä jää tyhjäksi, otetaan rahoittajalta. Päättyneen ohjelmakauden korteille "
                    "jäävät näin sen ajan tunnus ja lause."
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return programmes with their funders, whose names tell them apart."""
        return super().get_queryset(request).select_related("funder")
