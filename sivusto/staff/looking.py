"""The honest state above a card's form, and the button that says that nothing has changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hankkeet.models import Look, Project
from sivusto.card.calendar import agrees
from sivusto.card.calendar_words import in_words
from sivusto.reminders.looks import confirm
from sivusto.staff import rights
from sivusto.staff.project_rights import RightsMixin


class LookingMixin(RightsMixin):
    """Shows what is declared, what the calendar says and when somebody last looked."""

    def get_urls(self) -> list[Any]:
        """Add the address that the button sends to."""
        view = self.admin_site.admin_view(self.confirm_view)
        own = path("<int:pk>/ei-muutosta/", view, name="hankkeet_project_confirm")
        return [own, *super().get_urls()]

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep that the person found nothing to change, and go back to where she was."""
        back = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
            back = reverse("admin:hankkeet_project_change", args=[pk])
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:hankkeet_project_change", args=[pk]))
        project = get_object_or_404(Project, pk=pk)
        self.demand(request, rights.may_edit, project)
        confirm(project, request.user)
        text = _("Vahvistettu: kortilla ”%(name)s” ei ole muutettavaa.") % {"name": project.name}
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(back)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the form the three facts."""
        project: Project | None = context.get("original")
        if project is not None:
            context["honest"] = {
                "phase": project.get_phase_display(),
                "calendar": in_words(project.start_date, project.end_date),
                "agrees": agrees(
                    project.phase, project.start_date, project.end_date, timezone.localdate()
                ),
                "look": Look.objects.filter(project=project).select_related("by").first(),
                "may_confirm": self.asked(request, rights.may_edit, project),
            }
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response
