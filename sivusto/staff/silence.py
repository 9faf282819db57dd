"""The map of silence on the staff's screen: months side by side, for the management group."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sivusto.answers.columns import Column
from sivusto.answers.tables import csv_lines
from sivusto.desk.silence_map import LONGEST, Row, months_back, months_between, silence, together
from sivusto.staff import rights

COLUMNS = (
    Column("Salkku", "portfolio", lambda row: row[0].name),
    Column("Kuukausi", "month", lambda row: f"{row[1].month.month}/{row[1].month.year}"),
    Column("Kortteja", "expected", lambda row: str(row[1].expected)),
    Column("Raportoitu", "reported", lambda row: str(row[1].reported)),
    Column("Vahvistettu", "confirmed", lambda row: str(row[1].confirmed)),
    Column("Hiljaa", "silent", lambda row: str(row[1].silent)),
)


class MonthField(forms.CharField):
    """A month as a browser sends it, or as a person writes it: ``2026-03`` or ``3/2026``."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-03", "size": 9})

    def clean(self, value: Any) -> date | None:
        """Return the month's first day, None for nothing."""
        text = super().clean(value)
        if not text:
            return None
        written = re.fullmatch(r"((?:19|20)\d\d)-(\d\d?)", text)
        spoken = re.fullmatch(r"(\d\d?)[./ ]((?:19|20)\d\d)", text)
        year, month = written.groups() if written else spoken.groups()[::-1] if spoken else ("", "")
        if not (month and 1 <= int(month) <= 12):
            raise forms.ValidationError(_("Kirjoita kuukausi muodossa 2026-03 tai 3/2026."))
        return date(int(year), int(month), 1)


class MonthsForm(forms.Form):
    """Which months are shown."""

    use_required_attribute = False

    alku = MonthField(label=gettext_lazy("Ensimmäinen kuukausi"), required=False)
    loppu = MonthField(label=gettext_lazy("Viimeinen kuukausi"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse months in the wrong order, to come, and too many."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        first, last = span_of(cleaned.get("alku"), cleaned.get("loppu"))
        if first > last:
            raise forms.ValidationError(_("Ensimmäinen kuukausi on viimeisen jälkeen."))
        if last > timezone.localdate():
            raise forms.ValidationError(_("Viimeinen kuukausi on vasta tulossa."))
        if len(list(months_between(first, last))) > LONGEST:
            text = _("Valitse enintään %(most)d kuukautta.") % {"most": LONGEST}
            raise forms.ValidationError(text)
        return cleaned | {"span": (first, last)}


def span_of(first: date | None, last: date | None) -> tuple[date, date]:
    """Return the months asked for; what is left open makes a year of it."""
    if first is None or last is None:
        start, end = months_back(last or timezone.localdate())
        return first or start, last or end
    return first, last


def urls(site: Any) -> list[Any]:
    """Return the addresses of the map."""
    return [
        path("hiljaisuus/", site.admin_view(silence_page), name="silence"),
        path("hiljaisuus.csv", site.admin_view(silence_csv), name="silence_csv"),
    ]


@require_safe
def silence_page(request: HttpRequest) -> HttpResponse:
    """Show the map of the asked months; of wrong ones, tell why and show the last year."""
    form, rows = _asked(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Hiljaisuuden kartta"),
        "form": form,
        "rows": rows,
        "sum": together(rows, _("Kaikki salkut")) if len(rows) > 1 else None,
        "months": [cell.month for cell in rows[0].cells] if rows else [],
        "this_month": timezone.localdate().replace(day=1),
        "query": urlencode(form.data) if form.is_valid() else "",
    }
    return render(request, "admin/silence.html", context)


@require_safe
def silence_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the map as a table for Excel, a portfolio's month on a line."""
    _form, rows = _asked(request)
    lines = csv_lines(((row, cell) for row in rows for cell in row.cells), COLUMNS)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="hiljaisuus-{day}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest) -> tuple[MonthsForm, list[Row]]:
    if not rights.may_view(request.user):
        raise PermissionDenied
    last_year = months_back(timezone.localdate())
    asked = {name: request.GET.get(name, "") for name in MonthsForm.base_fields}
    if not any(asked.values()):
        asked = {"alku": f"{last_year[0]:%Y-%m}", "loppu": f"{last_year[1]:%Y-%m}"}
    form = MonthsForm(asked)
    return form, silence(*(form.cleaned_data["span"] if form.is_valid() else last_year))
