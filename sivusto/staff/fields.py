"""Form fields that take sums, percentages and dates as people write them."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sivusto.templatetags.finnish import NBSP, amount, day

FIRST_YEAR, LAST_YEAR = 1900, 2100  # as in reading the old register
BLANKS = r"[\s\u202f\u2009'’]"


class FinnishDecimalField(forms.DecimalField):
    """A number with spaces between thousands, a decimal comma and perhaps its unit."""

    widget = forms.TextInput
    units = ""
    default_error_messages = {
        "invalid": _("Kirjoita luku numeroin, esimerkiksi 1 500,50."),
        "dots": _("Kirjoita luku ilman pisteitä, esimerkiksi 1 500 tai 1 500,50."),
    }

    def to_python(self, value: Any) -> Any:
        """Return the number; refuse "1.500", which may mean two things."""
        if not isinstance(value, str):
            return super().to_python(value)
        text = re.sub(BLANKS, "", value.lower())
        text = re.sub(rf"(?:{self.units})$", "", text).replace("−", "-")
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", text):
            text = text.replace(".", "")
        elif re.search(r"\.\d{3}$|\..*[.,]|,.*[.,]", text):
            raise ValidationError(self.error_messages["dots"], code="dots")
        text = text.replace(",", ".")
        if text and not re.fullmatch(r"-?[0-9]+(\.[0-9]*)?", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        """Show a number as it is written in Finnish, and a faulty one as it was typed."""
        return amount(value).replace(NBSP, " ") if isinstance(value, Decimal) else value


class EuroField(FinnishDecimalField):
    """A sum: ``1 333 334,50 €``."""

    units = "€|euroa|euro|eur|,-"


class PercentField(FinnishDecimalField):
    """A percentage: ``12,5 %``."""

    units = "%|prosenttia|pros\\."


class FinnishDateField(forms.DateField):
    """A date with or without spaces and zeros: ``1.4.2013``, ``1. 4. 2013``."""

    default_error_messages = {
        "invalid": _("Kirjoita päivä muodossa 1.4.2013."),
        "year": _("Tarkista vuosi. Jos päivä ei ole tiedossa, jätä kohta tyhjäksi."),
    }

    def to_python(self, value: Any) -> date | None:
        """Return the date; refuse a year that can only be a slip of the finger."""
        found = super().to_python(re.sub(r"\s", "", value) if isinstance(value, str) else value)
        if found and not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a date without needless zeros."""
        return day(value) if isinstance(value, date) else value
