"""The card as it was on a day, on page and paper, and the story of its changes."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hankkeet.models import Project
from sivusto.card.card import Card
from sivusto.card.queries import first_promises
from sivusto.card.views import card_pdf_response, moved
from sivusto.history.past import Past, day_of, past_card
from sivusto.history.queries import version_on
from sivusto.history.telling import entries
from sivusto.templatetags.finnish import day as written

View = Callable[..., HttpResponseBase]
ON_PAGE = 20


def or_on_day(plain: View, dated: View) -> View:
    """Return a view that shows a public card as it was, if the address asks with ``?pvm=``.

    Without a public card at the address, or without a day, the plain view answers.
    """

    @require_safe
    @wraps(plain)
    def view(request: HttpRequest, code: str) -> HttpResponseBase:
        if "pvm" in request.GET:
            project = (
                Project.objects.public().annotate(**first_promises()).filter(code=code).first()
            )
            if project is not None:
                return dated(request, project)
        response = plain(request, code)
        if response.status_code in (301, 302) and "pvm" in request.GET:
            response["Location"] += f"?{request.GET.urlencode()}"
        return response

    return view


def card_on_day(request: HttpRequest, project: Project) -> HttpResponse:
    """Show the card as it was at the end of the asked day."""
    past = _past(request, project)
    if isinstance(past, HttpResponse):
        return past
    context = {"card": Card(past.project), "project": past.project, "past": past}
    return render(request, "history/card.html", context)


def card_paper_on_day(request: HttpRequest, project: Project) -> HttpResponseBase:
    """Give the card as PDF as it was at the end of the asked day."""
    past = _past(request, project)
    if isinstance(past, HttpResponse):
        return past
    response = card_pdf_response(request, past.project, past=past)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what has changed on a public card, newest first."""
    project = Project.objects.public().filter(code=code).first()
    if project is None:
        return moved(code, "card_changes")
    versions = project.versions.order_by("-number")
    page = Paginator(versions, ON_PAGE).get_page(request.GET.get("sivu"))
    context = {
        "project": project,
        "entries": entries(project, page.object_list),
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "today": timezone.localdate(),
    }
    return render(request, "history/changes.html", context)


def _past(request: HttpRequest, project: Project) -> Past | HttpResponse:
    """Return the card of the asked day, or a kind page that says why there is none."""
    try:
        day = _asked_day(request.GET["pvm"].strip())
    except ValueError as error:
        return _no_card(request, project, str(error), 400)
    past = past_card(project, day)
    if past is None:
        return _no_card(request, project, _why_not(project, day), 404)
    return past


def _asked_day(text: str) -> date:
    """Read ``2014-06-01`` or ``1.6.2014``; raise ValueError with words for people otherwise."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day = datetime.strptime(text[:20], form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
        if day > timezone.localdate():
            raise ValueError(_("Päivä on vasta tulossa. Valitse tämä päivä tai aiempi."))
        return day
    raise ValueError(_("Päivää ei ymmärretty. Kirjoita se muodossa 1.6.2014."))


def _why_not(project: Project, day: date) -> str:
    """Say why the public saw no card on a past day, or why nobody knows."""
    if version_on(project, day) is not None:
        return _("Kortti ei ollut julkaistuna %(day)s.") % {"day": written(day)}
    first = project.versions.order_by("number").first()
    if first is None:
        return _("Tästä kortista ei ole vielä tallennettu versioita.")
    return _("Kortin versiot tunnetaan %(first)s alkaen, joten päivältä %(day)s ei ole tietoa.") % {
        "first": written(day_of(first)),
        "day": written(day),
    }


def _no_card(request: HttpRequest, project: Project, reason: str, status: int) -> HttpResponse:
    context = {"project": project, "reason": reason, "today": timezone.localdate()}
    return render(request, "history/no_card.html", context, status=status)
