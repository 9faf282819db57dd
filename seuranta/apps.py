from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeurantaConfig(AppConfig):
    """Monitoring."""

    name = "seuranta"
    verbose_name = _("Seuranta")
