"""The admin app with our own site and the screens that join several apps."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin with our own front page and policy."""

    default_site = "sivusto.staff.site.StaffSite"

    def ready(self) -> None:
        """Register each app's own tables, then the composed screens."""
        super().ready()
        import_module("sivusto.staff.project_admin")
        import_module("sivusto.staff.page_admin")
        import_module("sivusto.staff.user_admin")
        import_module("sivusto.staff.feedback_admin")
        import_module("sivusto.staff.personal_data")
        import_module("sivusto.staff.merging")
        import_module("sivusto.staff.monitoring.tables")
        import_module("sivusto.staff.monitoring.period_admin")
        import_module("sivusto.staff.text_admin")
