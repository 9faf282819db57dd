from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SalkutConfig(AppConfig):
    """Portfolios."""

    name = "salkut"
    verbose_name = _("Salkut")
