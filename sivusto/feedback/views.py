"""The public page for feedback of a card: a form, and thanks for it."""

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hankkeet.models import Feedback, Project
from sivusto.feedback.forms import FeedbackForm
from sivusto.feedback.limits import take_place
from sivusto.security.address import client_network


@csrf_exempt  # no cookie and nobody's rights are used; the form carries a signed mark of its own
@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of a public card, or take what it says."""
    project = _public(code)
    form = FeedbackForm(project.code, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if _take(form, project, client_network(request)):
            return redirect("feedback_thanks", code=project.code)
        return _page(request, form, project, is_full=True)
    return _page(request, form, project)


@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the message has come, and what happens to it."""
    return render(request, "palaute/thanks.html", {"project": _public(code)})


def _public(code: str) -> Project:
    project: Project | None = Project.objects.public().filter(code=code).first()
    if project is None:
        raise Http404(_("Hanketta ei löydy."))
    return project


def _take(form: FeedbackForm, project: Project, address: str) -> bool:
    """Save the message once, however often it is sent; False when there have been too many."""
    if Feedback.objects.filter(form_mark=form.nonce).exists():
        return True
    try:
        with transaction.atomic():
            if not take_place(address, timezone.localdate()):
                return False
            Feedback.objects.create(
                project=project,
                message=form.cleaned_data["message"],
                email=form.cleaned_data["email"],
                form_mark=form.nonce,
            )
    except IntegrityError:  # the same form came twice at the same moment
        return True
    return True


def _page(
    request: HttpRequest, form: FeedbackForm, project: Project, *, is_full: bool = False
) -> HttpResponse:
    status = 429 if is_full else 400 if form.is_bound else 200
    context = {"form": form, "project": project, "is_full": is_full}
    return render(request, "palaute/form.html", context, status=status)
