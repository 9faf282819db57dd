"""Bringing a report in on the staff's screen: upload or paste, see the plan, confirm exactly it."""

import base64
import hashlib
import json
import zlib
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from hankkeet.models import Project
from seuranta.models import ReportingPeriod
from sivusto.monitoring.intake.apply import apply
from sivusto.monitoring.intake.plan import (
    ACTIONS,
    ImportPlan,
    Period,
    PlannedMeasure,
    ReportRefusedError,
    plan,
)
from sivusto.monitoring.intake.telling import (
    as_data,
    changes_in_words,
    flags_in_words,
    months_in_words,
    period_line,
    sum_line,
    title_in_words,
)
from sivusto.monitoring.reading.blocks import UnreadableError
from sivusto.monitoring.reading.opening import blocks_of
from sivusto.monitoring.reading.reader import read
from sivusto.staff import rights
from sivusto.staff.fields import FinnishDateField

SESSION_KEY = "report_import"
MOST_BYTES = 5 * 1024 * 1024


class ReportForm(forms.Form):
    """The report, and which period's it is."""

    upload = forms.FileField(
        label=gettext_lazy("Tiedosto"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Word (.docx), Excel (.xlsx), HTML, CSV tai TSV, enintään 5 Mt."),
    )
    text = forms.CharField(
        label=gettext_lazy("Tai liitä taulukko tähän"),
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField", "data-paste": "html"}),
        help_text=gettext_lazy("Valitse taulukko Wordissa tai Excelissä, kopioi ja liitä."),
    )
    html = forms.CharField(
        required=False, max_length=4_000_000, strip=False, widget=forms.HiddenInput
    )
    start_date = FinnishDateField(label=gettext_lazy("Raportointijakso alkaa"), required=False)
    end_date = FinnishDateField(
        label=gettext_lazy("Raportointijakso päättyy"),
        required=False,
        help_text=gettext_lazy(
            "Jätä päivät tyhjiksi, jos raportti on avoimelta jaksolta tai jakso näkyy taulukon "
            "kuukausista."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for something to read and for both days or none; let the period's rules speak."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("upload")
        if upload and upload.size > MOST_BYTES:
            self.add_error("upload", _("Tiedosto on liian suuri (yli 5 Mt)."))
        elif not upload and not cleaned.get("text", "").strip() and not self.errors:
            raise forms.ValidationError(_("Valitse tiedosto tai liitä taulukko."))
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if bool(start) != bool(end) and not self.errors:
            raise forms.ValidationError(_("Anna jaksolle sekä alku- että loppupäivä."))
        if start and end:
            ReportingPeriod(start_date=start, end_date=end).validate_constraints(
                exclude=["project"]
            )
        return cleaned

    def source(self) -> bytes:
        """Return what is read: the file, else the copied table with its colours, else its text."""
        upload = self.cleaned_data["upload"]
        if upload:
            return bytes(upload.read())
        html = self.cleaned_data["html"]
        is_table = "<table" in html.casefold()
        return str(html if is_table else self.cleaned_data["text"]).encode()

    def period(self) -> Period | None:
        """Return the days that were given, None without them."""
        start, end = self.cleaned_data["start_date"], self.cleaned_data["end_date"]
        return (start, end) if start and end else None


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def import_view(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, then the plan of what was sent, then write exactly what was shown."""
    project = get_object_or_404(Project, code=code)
    if not rights.may_edit(request.user, project):
        raise PermissionDenied
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, project)
    is_sent = request.method == "POST"
    form = ReportForm(request.POST, request.FILES) if is_sent else ReportForm()
    if is_sent and form.is_valid():
        data, period = form.source(), form.period()
        try:
            planned = plan(project, read(blocks_of(data)), period)
        except (UnreadableError, ReportRefusedError) as error:
            form.add_error(None, str(error))
        else:
            request.session[SESSION_KEY] = _kept(project, data, period)
            return _page(request, project, form, planned)
    return _page(request, project, form)


def _confirm(request: HttpRequest, project: Project) -> HttpResponse:
    """Write the plan that was shown; whatever else it would be now is shown instead."""
    kept = request.session.get(SESSION_KEY)
    if kept is None or kept["project"] != project.code:
        messages.error(request, _("Tuotavaa raporttia ei enää ole. Valitse se uudelleen."))
        return redirect(request.path)
    try:
        planned = plan(project, read(blocks_of(_data(kept))), _period(kept))
        if digest(planned) != request.POST["confirm"]:
            messages.error(request, _("Hankkeen seuranta on muuttunut. Tässä on uusi suunnitelma."))
            return _page(request, project, ReportForm(), planned)
        apply(planned)
    except (UnreadableError, ReportRefusedError) as error:
        messages.error(request, str(error))
        return redirect(request.path)
    del request.session[SESSION_KEY]
    start, end = planned.period
    period = ReportingPeriod.objects.get(project=project, start_date=start, end_date=end)
    periods: Any = admin.site.get_model_admin(ReportingPeriod)
    periods.log_change(request, period, _("Raportti tuotiin."))
    messages.success(request, _("Raportti tuotiin. %(sums)s") % {"sums": sum_line(planned)})
    return redirect("admin:seuranta_reportingperiod_fill", period.pk)


def digest(planned: ImportPlan) -> str:
    """Return a mark of what a plan would do."""
    return hashlib.sha256(json.dumps(as_data(planned)).encode()).hexdigest()


def _page(
    request: HttpRequest, project: Project, form: ReportForm, planned: ImportPlan | None = None
) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": _("Tuo seurantaraportti: %(name)s") % {"name": project},
        "project": project,
        "form": form,
        "plan": planned,
    }
    if planned:
        context |= {
            "digest": digest(planned),
            "sum_line": sum_line(planned),
            "period_line": period_line(planned),
            "packages": [
                (title_in_words(planned, title), [_shown(each) for each in measures])
                for title, measures in planned.grouped()
            ],
        }
    return render(request, "admin/seuranta/import.html", context)


def _shown(planned: PlannedMeasure) -> dict[str, Any]:
    return {
        "action": planned.action.value,
        "label": ACTIONS[planned.action],
        "measure": planned.measure,
        "months": months_in_words(planned.measure),
        "changes": changes_in_words(planned),
        "flags": flags_in_words(planned.flags),
    }


def _kept(project: Project, data: bytes, period: Period | None) -> dict[str, Any]:
    """Return what the session keeps between the plan and its confirmation."""
    return {
        "project": project.code,
        "data": base64.b64encode(zlib.compress(data)).decode(),
        "period": [day.isoformat() for day in period or ()],
    }


def _data(kept: dict[str, Any]) -> bytes:
    return zlib.decompress(base64.b64decode(kept["data"]))


def _period(kept: dict[str, Any]) -> Period | None:
    days = [date.fromisoformat(text) for text in kept["period"]]
    return (days[0], days[1]) if days else None
