"""Portfolios for staff."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from salkut.models import Portfolio


@admin.register(Portfolio)
class PortfolioAdmin(admin.ModelAdmin):
    """The portfolios; one that holds projects is not deleted."""

    list_display = ["name", "owner", "start_date", "end_date", "project_count"]
    list_filter = ["start_date"]
    search_fields = ["name"]
    ordering = tuple(Portfolio._meta.ordering or ())  # counting drops it unless it is said
    autocomplete_fields = ["predecessor", "coordinators"]
    fields = [
        "name",
        "purpose",
        "owner",
        "coordinator",
        "coordinators",
        ("start_date", "end_date"),
        ("contact_months", "silence_months"),
        "predecessor",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return portfolios with the number of their projects."""
        return super().get_queryset(request).annotate(project_count=Count("projects"))

    @admin.display(description=_("hankkeita"), ordering="project_count")
    def project_count(self, portfolio: Any) -> int:
        """Show how many projects it holds."""
        return int(portfolio.project_count)

    def get_readonly_fields(self, request: HttpRequest, obj: Portfolio | None = None) -> list[str]:
        """Let only a superuser say who coordinates: it gives rights over the cards."""
        return [] if request.user.is_superuser else ["coordinators"]

    def has_change_permission(self, request: HttpRequest, obj: Portfolio | None = None) -> bool:
        """Allow to who coordinates the portfolio."""
        is_allowed = super().has_change_permission(request, obj)
        if not is_allowed or obj is None or request.user.is_superuser:
            return is_allowed
        user: Any = request.user
        return obj.coordinators.filter(pk=user.pk).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Portfolio | None = None) -> bool:
        """Refuse for a portfolio that holds projects: they would lose it silently."""
        is_in_use = obj is not None and obj.projects.exists()
        return not is_in_use and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out deleting in bulk, which would not ask each portfolio."""
        return {k: v for k, v in super().get_actions(request).items() if k != "delete_selected"}
