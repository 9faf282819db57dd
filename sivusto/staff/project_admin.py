"""The project's form: a whole card on one page."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hankkeet.models import Project, Publication
from sivusto.checks.store import refresh
from sivusto.documents.store import read_after_commit
from sivusto.history.recording import record
from sivusto.reminders.looks import note_look
from sivusto.staff import inlines
from sivusto.staff.bulk import BulkMixin
from sivusto.staff.careful import editing_of, is_revision
from sivusto.staff.findings import FindingsMixin
from sivusto.staff.forms import ProjectForm
from sivusto.staff.history import HistoryPage
from sivusto.staff.imports import import_view
from sivusto.staff.looking import LookingMixin
from sivusto.staff.previews import PreviewsMixin
from sivusto.staff.project_list import ListMixin
from sivusto.staff.restoring import RestoringMixin
from sivusto.staff.revising import RevisingMixin
from sivusto.staff.similar import SimilarMixin
from sivusto.staff.succeeding import SucceedingMixin
from sivusto.staff.table_export import TableExportMixin
from sivusto.staff.table_import import table_view
from sivusto.staff.text_admin import tell_of_text


@admin.register(Project)
class ProjectAdmin(
    HistoryPage,
    RestoringMixin,
    PreviewsMixin,
    SimilarMixin,
    SucceedingMixin,
    BulkMixin,
    TableExportMixin,
    ListMixin,
    inlines.PlainRelatedFields,
    LookingMixin,
    FindingsMixin,
    RevisingMixin,
):
    """Cards: made, checked, published and withdrawn."""

    form = ProjectForm
    save_on_top = True
    autocomplete_fields = ["portfolios", "managers", "parent"]
    readonly_fields = ("code", "published_at", "created_at", "updated_at")
    fieldsets = [
        (
            None,
            {
                "fields": ["name", ("project_type", "phase"), "portfolios"],
                "description": gettext_lazy(
                    "Vain nimi on pakollinen. Voit tallentaa luonnoksen keskeneräisenä ja jatkaa "
                    "myöhemmin; tyhjät kohdat eivät näy kortilla."
                ),
            },
        ),
        (
            gettext_lazy("Aikataulu"),
            {
                "fields": [
                    ("planned_start_date", "planned_end_date"),
                    ("actual_start_date", "actual_end_date"),
                ]
            },
        ),
        (gettext_lazy("Kustannukset"), {"fields": [("planned_cost", "actual_cost")]}),
        (gettext_lazy("Päähanke"), {"fields": ["parent"]}),
        (
            gettext_lazy("Julkaiseminen"),
            {"fields": ["managers", "change_reason"]},
        ),
    ]
    inlines = [
        inlines.SectionInline,
        inlines.FundingShareInline,
        inlines.ImplementerInline,
        inlines.ContactInline,
        inlines.AttachmentInline,
        inlines.LogoInline,
        inlines.ResultInline,
        inlines.PredecessorInline,
        inlines.SuccessorInline,
        inlines.ExternalKeyInline,
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Project | None = None) -> Any:
        """Return the card's facts in its order; what the register itself notes comes with age."""
        fieldsets = list(super().get_fieldsets(request, obj))
        noted = (_("Rekisterin merkinnät"), {"fields": [self.readonly_fields]})
        return [*fieldsets, noted] if obj else fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Project | None = None) -> Any:
        """Let only who publishes cards say who manages them: it gives rights."""
        may_appoint = self.has_publish_permission(request, obj)
        return self.readonly_fields if may_appoint else ("managers", *self.readonly_fields)

    def get_urls(self) -> list[Any]:
        """Return the admin's addresses, those of the previews and of bringing cards in."""
        view = self.admin_site.admin_view
        return [
            path("tuo/", view(import_view), name="hankkeet_project_import"),
            path("taulukko/", view(table_view), name="hankkeet_project_table"),
            *super().get_urls(),
        ]

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the public page of a published card."""
        is_public = obj is not None and obj.publication == Publication.PUBLISHED
        return obj.get_absolute_url() if is_public else None

    # Funding that was picked from the text

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the form its heading, and tell whether there are proposals to accept."""
        project = context.get("original")
        shares = project.funding_shares.filter(is_proposal=True) if project else None
        context["proposals"] = 0 if shares is None else shares.count()
        if project and self.has_change_permission(request, project) and not is_revision(request):
            context["title"] = _("Muokkaa hanketta")  # which Django does not inflect
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows; keep others' changes; move, check and record the card.

        Of a revision only the rows are saved: they are taken back once they have been read.
        """
        super().save_related(request, form, formsets, change)
        project, reason = form.instance, form.cleaned_data["change_reason"]
        if not change and not request.user.is_superuser:
            project.managers.add(request.user.pk)
        if "_accept" in request.POST:
            project.funding_shares.filter(is_proposal=True).update(is_proposal=False)
        editing = editing_of(request)
        if editing is not None:
            editing.is_saved, editing.reason = True, reason
            editing.keep_both()
            if editing.is_revision:
                return
        self.moved_with_form(request, project, reason)
        refresh([project.pk])
        record([project], request.user, reason)
        note_look(project, request.user)
        read_after_commit(project.pk, partial(tell_of_text, self, request))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the form after accepting proposals."""
        if "_accept" not in request.POST:
            return super().response_change(request, obj)
        self.message_user(
            request, _("Kortti tallennettiin ja ehdotukset hyväksyttiin."), messages.SUCCESS
        )
        return HttpResponseRedirect(request.path)
