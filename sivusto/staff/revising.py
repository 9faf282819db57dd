"""A public card's revision for staff: edited on the card's own form, judged above it."""

from copy import copy
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from hankkeet.models import MoveKind, Project, Publication, Revision
from sivusto.documents.store import read_after_commit
from sivusto.editing import revisions
from sivusto.editing.comparing import content_of_rows
from sivusto.editing.merging import digest
from sivusto.editing.moves import MoveRefusedError
from sivusto.editing.values import read
from sivusto.history.differences import differences
from sivusto.history.queries import contents_of
from sivusto.reminders.looks import note_look
from sivusto.staff import rights
from sivusto.staff.careful import CarefulEditing, editing_of, is_revision
from sivusto.staff.publishing import DONE, PublishingMixin
from sivusto.staff.text_admin import tell_of_text


class RevisingMixin(PublishingMixin, CarefulEditing):
    """Lets a public card be changed through a review."""

    def get_urls(self) -> list[Any]:
        """Add the revision's form and the address that its buttons send to."""
        view, own = self.admin_site.admin_view, "<int:pk>/muutosehdotus/"
        return [
            path(own, view(self.revision_view), name="hankkeet_project_revision"),
            path(f"{own}siirto/", view(self.revision_move), name="hankkeet_project_revision_move"),
            *super().get_urls(),
        ]

    def revision_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show and save the form of the revision; a first save begins it."""
        project = get_object_or_404(Project, pk=pk)
        if not self.has_view_or_change_permission(request, project):
            raise PermissionDenied
        if not project.is_public:
            return HttpResponseRedirect(_form_of(pk))
        revision = Revision.objects.filter(project=project).first()
        seen = ""
        if revision is not None:  # before the rows hold what is proposed
            request.comparison = revisions.compare(revision)  # type: ignore[attr-defined]
            seen = request.comparison.seen  # type: ignore[attr-defined]
        request.proposed_seen = seen or digest(read(pk))  # type: ignore[attr-defined]
        request.is_revision = True  # type: ignore[attr-defined]
        title = {"title": _("Muutosehdotus julkaistuun korttiin")}
        return self.change_view(request, str(pk), extra_context=title)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead who may change a public card only through a review to its revision."""
        if request.method == "GET" and not is_revision(request) and object_id.isdecimal():
            project = Project.objects.filter(pk=object_id[:18]).first()
            if project and project.is_public and self._edits_apart(request, project):
                return HttpResponseRedirect(
                    reverse("admin:hankkeet_project_revision", args=[project.pk])
                )
        return super().change_view(request, object_id, form_url, extra_context)

    def _edits_apart(self, request: HttpRequest, project: Project) -> bool:
        is_editor = self.has_change_permission(request, project)
        return is_editor and not self.asked(request, rights.may_edit_directly, project)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return a form that remembers the reason given for the revision."""
        form = super().get_form(request, obj, change, **kwargs)
        if is_revision(request) and obj is not None and "change_reason" in form.base_fields:
            reason = Revision.objects.filter(project=obj).values_list("reason", flat=True).first()
            asked = copy(form.base_fields["change_reason"])
            asked.initial = reason or ""
            form.base_fields["change_reason"] = asked
        return form

    def revision_move(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send, return, approve or discard the revision as it stands."""
        project = get_object_or_404(Project, pk=pk)
        kind = self.asked_move(request, request.POST.get("move", ""), project)
        if kind == MoveKind.WITHDRAWN:
            raise PermissionDenied
        revision = Revision.objects.filter(project=project).first()
        back = reverse("admin:hankkeet_project_revision", args=[pk])
        if revision is None:
            self.message_user(request, _("Muutosehdotusta ei enää ole."), messages.WARNING)
            return HttpResponseRedirect(_form_of(pk))
        note, seen = request.POST.get("note", ""), request.POST.get("seen", "")
        try:
            revisions.move(revision, kind, request.user, note=note, seen=seen)
        except MoveRefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(back)
        if kind == MoveKind.PUBLISHED:
            note_look(project, request.user)
            read_after_commit(project.pk, partial(tell_of_text, self, request))
        text = _("Muutokset on hyväksytty ja julkaistu.")
        done = text if kind == MoveKind.PUBLISHED else str(DONE[kind])
        self.message_user(request, done, messages.SUCCESS)
        is_gone = kind in (MoveKind.PUBLISHED, MoveKind.DISCARDED)
        return HttpResponseRedirect(_form_of(pk) if is_gone else back)

    def after_revision(self, request: HttpRequest, revision: Revision) -> None:
        """Tell that what was saved is not public yet; send it to review if that was asked."""
        self.log_change(request, revision.project, _("Muutosehdotus tallennettiin."))
        note_look(revision.project, request.user)
        text = _("Muutosehdotus tallennettiin. Julkaistu kortti on ennallaan.")
        if request.POST.get("_move") != MoveKind.SENT or revision.state == Publication.IN_REVIEW:
            self.message_user(request, text, messages.SUCCESS)
            return
        try:
            revisions.move(revision, MoveKind.SENT, request.user)
        except MoveRefusedError as error:
            self.message_user(request, f"{text} {error}", messages.ERROR)
        else:
            self.message_user(
                request, _("Muutosehdotus lähetettiin tarkastettavaksi."), messages.SUCCESS
            )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the revision after saving it; say of a merged save that both were kept."""
        editing = editing_of(request)
        if editing and editing.is_stale:
            text = _("Sekä sinun että toisen muutokset tallennettiin.")
            self.message_user(request, text, messages.SUCCESS)
        if editing and editing.is_revision:
            return HttpResponseRedirect(reverse("admin:hankkeet_project_revision", args=[obj.pk]))
        return super().response_change(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the form what a reviewer judges by, and the revision's state."""
        project: Project | None = context.get("original")
        if project is not None:
            revision = Revision.objects.filter(project=project).select_related("author").first()
            context |= {"revision": revision, "is_revision": is_revision(request)}
            context |= _judged(project, revision, is_revision(request))
            context["comparison"] = getattr(request, "comparison", None)
        return super().render_change_form(request, context, *args, **kwargs)


def _judged(project: Project, revision: Revision | None, is_apart: bool) -> dict[str, Any]:
    """Return what the panel above the form tells a reviewer and an author."""
    moves = list(project.moves.select_related("by")[:20])
    found: dict[str, Any] = {"moves": moves, "revision_note": None}
    if is_apart:
        last = next((each for each in moves if each.of_revision), None)
        is_returned = revision is not None and last is not None and last.kind == MoveKind.RETURNED
        found["revision_note"] = last if is_returned else None
    if not is_apart and project.publication == Publication.IN_REVIEW:
        found["first_time"] = project.published_at is None
        found["since_public"] = _since_public(project)
    return found


def _since_public(project: Project) -> list[str]:
    """Return what has changed since the public last saw the card."""
    last = project.versions.exclude(changes=None).order_by("-number").first()
    if last is None:
        return []
    return differences(contents_of([last])[project.pk], content_of_rows(project.pk))


def _form_of(pk: int) -> str:
    return reverse("admin:hankkeet_project_change", args=[pk])
