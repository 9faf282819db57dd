from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin with our own front page and policy."""

    default_site = "sivusto.staff.site.StaffSite"
