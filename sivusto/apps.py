from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SivustoConfig(AppConfig):
    """The site."""

    name = "sivusto"
    verbose_name = _("Sivusto")
