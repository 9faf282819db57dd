"""The audit log on the staff site: superusers read it, nobody writes it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sivusto.audit.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """The log, newest first."""

    list_display = ["at", "kind", "actor", "target", "shown_details", "address"]
    list_filter = ["kind", "at"]
    search_fields = ["actor", "target", "details"]
    search_help_text = _("Hae tekijän tunnuksella, kohteen nimellä tai kuvauksen sanalla.")
    date_hierarchy = "at"
    show_full_result_count = False
    list_per_page = 100
    actions = None
    fields = ["at", "kind", "actor", "address", "target_type", "target", "shown_details"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow superusers alone."""
        return bool(request.user.is_active and request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it on the front page to those who may read it."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse everybody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse everybody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse everybody."""
        return False

    @admin.display(description=_("kuvaus"))
    def shown_details(self, entry: AuditEntry) -> str:
        """Show what was done as sentences."""
        return entry.told()
