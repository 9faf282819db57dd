"""The button that starts a successor from a card."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hankkeet.models import Project
from hankkeet.storage import all_or_no_files
from sivusto.editing.succeeding import start_successor
from sivusto.staff import rights


class SucceedingMixin(admin.ModelAdmin):
    """Starts successors."""

    def get_urls(self) -> list[Any]:
        """Add the address that the button sends to."""
        view = self.admin_site.admin_view(require_POST(self.succeed))
        return [path("<int:pk>/jatko/", view, name="hankkeet_project_succeed"), *super().get_urls()]

    def succeed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the successor's draft and open it, with what was left out told."""
        if not (rights.may_add(request.user) and rights.may_view(request.user)):
            raise PermissionDenied
        project = get_object_or_404(Project, pk=pk)
        with all_or_no_files():
            started = start_successor(project, request.user)
        if started.is_new:
            text = _("Tehty jatkohankkeen pohjana olevasta kortista: %(name)s.")
            self.log_addition(request, started.project, text % {"name": project.name})
            done = _(
                "Jatkohankkeen luonnos on tehty ja merkitty tämän hankkeen jatkoksi: %(name)s. "
                "Anna sille nimi, ajat ja kustannukset ja kirjoita tekstit uusiksi."
            )
            self.message_user(request, done % {"name": project.name}, messages.SUCCESS)
        else:
            text = _("Tästä kortista on jo aloitettu jatkohankkeen luonnos. Se on tässä.")
            self.message_user(request, text, messages.WARNING)
        for remark in started.remarks:
            self.message_user(request, remark, messages.WARNING)
        return HttpResponseRedirect(
            reverse("admin:hankkeet_project_change", args=[started.project.pk])
        )

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Tell the form whether the person makes drafts."""
        context["may_succeed"] = context.get("original") and rights.may_add(request.user)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response
