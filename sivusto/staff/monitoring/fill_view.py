"""The screen of one period's report: filled in, copied forward, sent, locked, published."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from seuranta.models import ReportingPeriod
from sivusto.staff import rights
from sivusto.staff.monitoring.filling import (
    FilledMeasure,
    GrownOldError,
    copied,
    earlier,
    measures_of,
    problems,
    save,
)

MOST_PROBLEMS = 5
STEPS = ("_lock", "_publish", "_reopen")


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def fill_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of a period's report, or do what was asked of it."""
    period = get_object_or_404(ReportingPeriod.objects.select_related("project"), pk=pk)
    if not rights.may_view(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, period, measures_of(period))
    if not rights.may_edit(request.user, period.project):
        raise PermissionDenied
    step = next((name for name in STEPS if name in request.POST), None)
    return _step(request, period, step) if step else _fill(request, period)


def _step(request: HttpRequest, period: ReportingPeriod, step: str) -> HttpResponse:
    """Lock, publish or open again, as one who publishes the card may."""
    if not rights.may_publish(request.user, period.project):
        raise PermissionDenied
    periods: Any = admin.site.get_model_admin(ReportingPeriod)
    chosen = ReportingPeriod.objects.filter(pk=period.pk)
    action = {"_lock": periods.lock, "_publish": periods.publish, "_reopen": periods.reopen}[step]
    action(request, chosen)
    return redirect(request.path)


def _fill(request: HttpRequest, period: ReportingPeriod) -> HttpResponse:
    filled = measures_of(period, request.POST)
    if "_copy" in request.POST:
        filled = measures_of(period, copied(filled, request.POST))
        text = _(
            "Edellisen jakson tekstit kopioitiin tyhjiin kohtiin. Niitä ei ole vielä tallennettu."
        )
        messages.info(request, text)
        return _page(request, period, filled, request.POST.get("version"))
    if [each for each in filled if not each.form.is_valid()]:  # all are asked, so that all tell
        messages.error(request, _("Korjaa alla olevat kohdat."))
        return _page(request, period, filled, request.POST.get("version"))
    is_sent = "_send" in request.POST
    try:
        save(period, filled, request.POST.get("version", ""), is_sent=is_sent)
    except GrownOldError:
        text = _(
            "Raporttia ei tallennettu, sillä joku muu on muuttanut sitä sen jälkeen, kun avasit "
            "sen. Tekstisi ovat tallessa tässä lomakkeessa. Jos tallennat uudelleen, ne korvaavat "
            "toisen tekstit."
        )
        messages.error(request, text)
        period.refresh_from_db()
        return _page(request, period, filled)
    _tell(request, filled, is_sent=is_sent)
    return redirect(request.path)


def _tell(request: HttpRequest, filled: list[FilledMeasure], *, is_sent: bool) -> None:
    if not is_sent:
        messages.success(request, _("Luonnos tallennettiin. Lähetä raportti, kun se on valmis."))
        return
    messages.success(request, _("Raportti lähetettiin salkkukoordinaattorille."))
    missing = list(problems(filled))
    for text in missing[:MOST_PROBLEMS]:
        messages.warning(request, text)
    if len(missing) > MOST_PROBLEMS:
        text = _("Lisäksi %(n)d toimenpiteestä ei ole kerrottu mitään.")
        messages.warning(request, text % {"n": len(missing) - MOST_PROBLEMS})


def _page(
    request: HttpRequest,
    period: ReportingPeriod,
    filled: list[FilledMeasure],
    version: str | None = None,
) -> HttpResponse:
    """Show the form; `version` is the one that the person opened, the present one if None."""
    previous, _report = earlier(period)
    may_edit = period.is_open and rights.may_edit(request.user, period.project)
    context = admin.site.each_context(request) | {
        "title": _("Seurantaraportti: %(name)s") % {"name": period.project},
        "period": period,
        "previous": previous,
        "filled": filled,
        "version": version or period.updated_at.isoformat(),
        "may_edit": may_edit,
        "may_publish": rights.may_publish(request.user, period.project),
        "may_import": may_edit,
    }
    return render(request, "admin/seuranta/fill.html", context)
