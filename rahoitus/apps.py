from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RahoitusConfig(AppConfig):
    """Money."""

    name = "rahoitus"
    verbose_name = _("Rahoitus")
