"""Form fields that every noun above may use."""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.translation import gettext_lazy as _


class NamesField(SimpleArrayField):
    """Names one a line, so that a name may hold a comma; empty lines and repeats are dropped."""

    def __init__(self, base_field: Any, **kwargs: Any) -> None:
        base_field.required = False
        kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        super().__init__(base_field, delimiter="\n", **kwargs)

    def clean(self, value: Any) -> list[str]:
        """Return each name once, in the order typed."""
        return [name for name in dict.fromkeys(super().clean(value)) if name]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other names were typed; a browser's line ends do not count."""
        lines = [line.strip() for line in (data or "").splitlines()]
        return [line for line in lines if line] != list(initial or [])


# How an admin shows a list of other names.
NAMES: dict[str, Any] = {
    "form_class": NamesField,
    "help_text": _("Kukin omalle rivilleen, niin kuin ne kirjoitetaan korteissa."),
}
