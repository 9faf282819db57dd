"""The staff site itself: its name and its security policy."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class StaffSite(admin.AdminSite):
    """Django's admin under the municipality's name."""

    site_header = _("Hanketietokannan ylläpito")
    site_title = settings.MUNICIPALITY
    index_title = _("Ylläpito")
