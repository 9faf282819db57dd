from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RahoitusConfig(AppConfig):
    """Money."""

    name = "rahoitus"
    verbose_name = _("Rahoitus")

    def ready(self) -> None:
        """Let no card be published without what its funders ask for."""
        from hankkeet.models.necessities import need  # noqa: PLC0415 models are not loaded earlier
        from rahoitus.visibility import LABEL, has_visibility  # noqa: PLC0415 nor these

        need("visibility", LABEL, has_visibility)
