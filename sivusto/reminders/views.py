"""The page behind a reminder's link: shows one card's state and a button; only the button writes.

Programs that read mail open its links, so opening one does nothing.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hankkeet.models import Look, LookKind, Project
from sivusto.card.calendar import agrees
from sivusto.card.calendar_words import in_words
from sivusto.reminders.links import ExpiredLinkError, Link, LinkError, read
from sivusto.reminders.looks import confirm as keep
from sivusto.staff import rights


@csrf_exempt  # no cookie is used: the signed address itself is the right to one card's button
@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the card's three facts and the button, or keep what the button says."""
    try:
        link = read(token)
    except ExpiredLinkError:
        return _page(request, 410, trouble=_("Linkki on vanhentunut: se toimii 30 päivää."))
    except LinkError:
        text = _("Linkki on vajaa tai muuttunut matkalla. Kopioi se viestistä kokonaan.")
        return _page(request, 404, trouble=text)
    project = Project.objects.filter(pk=link.project).first()
    user = get_user_model().objects.filter(pk=link.user, is_active=True).first()
    if project is None or user is None or not rights.may_edit(user, project):
        text = _("Linkki ei ole enää voimassa: korttia ei ole, tai se ei ole enää sinun.")
        return _page(request, 410, trouble=text)
    return _used(request, link, project, user)


def _used(request: HttpRequest, link: Link, project: Project, user: Any) -> HttpResponse:
    is_new = request.method == "POST" and keep(project, user, LookKind.MAILED, link.mark)
    earlier = None if is_new else Look.objects.filter(mark=link.mark).first()
    return _page(
        request,
        200,
        project=project,
        calendar=in_words(project.start_date, project.end_date),
        agrees=agrees(project.phase, project.start_date, project.end_date, timezone.localdate()),
        look=Look.objects.filter(project=project).first(),
        is_done=is_new,
        earlier=earlier,
    )


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    response = render(request, "reminders/confirm.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"  # the address is worth something
    response["X-Robots-Tag"] = "noindex"
    return response
