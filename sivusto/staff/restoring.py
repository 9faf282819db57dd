"""From a card's history: an earlier public version as a new proposal or draft."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from hankkeet.models import Project, Version
from sivusto.editing.restoring import RestoreRefusedError, plan_restoring, restore_version
from sivusto.reminders.looks import note_look
from sivusto.staff import rights


class RestoringMixin(admin.ModelAdmin):
    """Shows what would change, and then brings the version back for somebody to finish."""

    def get_urls(self) -> list[Any]:
        """Add the page on which a version is brought back."""
        return [
            path(
                "<int:pk>/versiot/<int:number>/palauta/",
                self.admin_site.admin_view(self.restore_view),
                name="hankkeet_project_restore",
            ),
            *super().get_urls(),
        ]

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Tell what bringing the version back would change; do it when that is asked for."""
        project = get_object_or_404(Project, pk=pk)
        if not rights.may_edit(request.user, project):
            raise PermissionDenied
        version = get_object_or_404(Version, project=project, number=number)
        try:
            if request.method == "POST":
                restore_version(project, version, request.user, request.POST.get("seen", ""))
                return self._restored(request, project)
            planned = plan_restoring(project, version)
        except RestoreRefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:hankkeet_project_history", args=[pk]))
        title = _("Palauta versio ehdotukseksi") if project.is_public else None
        context = {
            **self.admin_site.each_context(request),
            "title": title or _("Palauta versio luonnokseksi"),
            "subtitle": project.name,
            "opts": self.opts,
            "project": project,
            "version": version,
            "planned": planned,
        }
        return TemplateResponse(request, "admin/hankkeet/project/restore.html", context)

    def _restored(self, request: HttpRequest, project: Project) -> HttpResponse:
        note_look(project, request.user)
        if project.is_public:
            text = _(
                "Vanha versio on nyt muutosehdotuksena. Julkinen kortti on ennallaan. Tarkista "
                "ehdotus ja lähetä se tarkastettavaksi."
            )
        else:
            text = _("Vanhan version tiedot on palautettu kortille. Kortti ei ole julkinen.")
        self.message_user(request, text, messages.SUCCESS)
        page = "revision" if project.is_public else "change"
        return HttpResponseRedirect(reverse(f"admin:hankkeet_project_{page}", args=[project.pk]))
