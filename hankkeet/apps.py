from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HankkeetConfig(AppConfig):
    """Projects."""

    name = "hankkeet"
    verbose_name = _("Hankkeet")
