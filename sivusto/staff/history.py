"""The staff's page of a card's history: versions with who, when, why and what changed."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hankkeet.models import Project
from sivusto.history.telling import entries

ON_PAGE = 50
LOGGED = 200


class HistoryPage(admin.ModelAdmin):
    """Shows what the public has been told, in place of Django's bare list, and the log below."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show a card's versions, newest first."""
        project = Project.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        if not self.has_view_or_change_permission(request, project):
            raise PermissionDenied
        if project is None:
            raise Http404(_("Hanketta ei löydy."))
        versions = project.versions.select_related("by").order_by("-number")
        page = Paginator(versions, ON_PAGE).get_page(request.GET.get("sivu"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Kortin historia"),
            "subtitle": project.name,
            "project": project,
            "opts": self.opts,
            "entries": entries(project, page.object_list),
            "page_obj": page,
            "page_numbers": page.paginator.get_elided_page_range(page.number),
            "log": _log_of(project),
            "may_restore": self.has_change_permission(request, project),
            "newest": _newest(project),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/hankkeet/project/history.html", context)


def _newest(project: Project) -> int | None:
    """Return the number of the version that the public sees now, if it sees one."""
    numbers = project.versions.order_by("-number").values_list("number", flat=True)
    return numbers.first() if project.is_public else None


def _log_of(project: Project) -> list[LogEntry]:
    """Return what has been done to the card in the admin, drafts' edits too."""
    mine = LogEntry.objects.filter(
        object_id=str(project.pk), content_type=ContentType.objects.get_for_model(Project)
    )
    return list(mine.select_related("user").order_by("-action_time")[:LOGGED])
