"""Small tables of projects for staff; the project's own form joins apps and is composed above."""

from typing import Any

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Organisation, ProjectType
from salkut.forms import NAMES


class _CountingAdmin(admin.ModelAdmin):
    """Shows how many projects use each row; says its order, which counting drops."""

    search_fields = ["name"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return rows with the number of projects that use them."""
        return super().get_queryset(request).annotate(project_count=Count("projects"))

    @admin.display(description=_("hankkeita"), ordering="project_count")
    def project_count(self, row: Any) -> int:
        """Show how many projects use the row."""
        return int(row.project_count)


@admin.register(ProjectType)
class ProjectTypeAdmin(_CountingAdmin):
    """The types of projects, in the order in which they are offered."""

    list_display = ["name", "position", "project_count"]
    list_editable = ["position"]
    ordering = tuple(ProjectType._meta.ordering or ())


@admin.register(Organisation)
class OrganisationAdmin(_CountingAdmin):
    """Those who carry projects out."""

    list_display = ["name", "project_count"]
    search_fields = ["name", "aliases"]
    ordering = tuple(Organisation._meta.ordering or ())
    formfield_overrides = {ArrayField: NAMES}
