"""The project's form: a whole card on one page."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hankkeet.file_admin import FileAdmin
from hankkeet.models import Attachment, Project, Publication
from sivusto.card.queries import cards
from sivusto.card.views import (
    DOWNLOAD_POLICY,
    attachment_response,
    card_pdf_response,
    card_response,
)
from sivusto.history.recording import record
from sivusto.staff import inlines
from sivusto.staff.findings import FindingFilter, FindingsMixin
from sivusto.staff.forms import ProjectForm
from sivusto.staff.history import HistoryPage
from sivusto.staff.imports import import_view
from sivusto.staff.project_rights import RightsMixin
from sivusto.templatetags.finnish import day, euros


class ProposalFilter(admin.SimpleListFilter):
    """Whether some funding was picked from the text and not checked."""

    title = gettext_lazy("tarkistamatonta rahoitusta")
    parameter_name = "ehdotuksia"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one answer that needs doing something."""
        return [("on", _("On tarkistamatta"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep projects with unchecked shares."""
        if self.value() != "on":
            return queryset
        return queryset.filter(funding_shares__is_proposal=True).distinct()


@admin.register(Project)
class ProjectAdmin(RightsMixin, HistoryPage, inlines.PlainRelatedFields, FindingsMixin, FileAdmin):
    """Cards: made, checked, published and withdrawn."""

    form = ProjectForm
    list_display = [
        "name",
        "shown_publication",
        "phase",
        "shown_findings",
        "shown_portfolios",
        "shown_start",
        "shown_end",
        "shown_cost",
    ]
    list_filter = [
        "publication",
        "phase",
        FindingFilter,
        ProposalFilter,
        "portfolios",
        "project_type",
        ("funding_shares__funder", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["name", "code", "external_keys__value"]
    search_help_text = gettext_lazy("Hae nimellä, tunnuksella tai vanhan rekisterin tunnisteella.")
    ordering = ["-updated_at", "-pk"]
    list_per_page = 50
    actions = ["publish_selected", "withdraw_selected", "delete_selected"]
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
            {"fields": ["managers", "publication", "change_reason"]},
        ),
    ]
    inlines = [
        inlines.SectionInline,
        inlines.FundingShareInline,
        inlines.ImplementerInline,
        inlines.ContactInline,
        inlines.AttachmentInline,
        inlines.LogoInline,
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return projects with the portfolios that the list shows."""
        return super().get_queryset(request).prefetch_related("portfolios")

    def get_urls(self) -> list[Any]:
        """Return the admin's addresses, those of the previews and of bringing cards in."""
        view = self.admin_site.admin_view
        return [
            path("tuo/", view(import_view), name="hankkeet_project_import"),
            path("liite/<str:name>", view(self.attachment), name="hankkeet_project_attachment"),
            path("<int:pk>/kortti/", view(self.preview), name="hankkeet_project_preview"),
            path(
                "<int:pk>/kortti.pdf", view(self.preview_paper), name="hankkeet_project_preview_pdf"
            ),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the card as it would be when published."""
        response = card_response(request, self._card(request, pk), preview=True)
        response._csp_config = settings.SECURE_CSP  # type: ignore[attr-defined]
        return response

    def preview_paper(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the card as PDF as it would be when published."""
        response: Any = card_pdf_response(request, self._card(request, pk), preview=True)
        response._csp_config = settings.SECURE_CSP
        return response  # type: ignore[no-any-return]

    def attachment(self, request: HttpRequest, name: str) -> HttpResponse | FileResponse:
        """Give a stored file, also one that the public does not see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        response: Any = attachment_response(get_object_or_404(Attachment, file=f"liitteet/{name}"))
        response._csp_config = DOWNLOAD_POLICY
        return response  # type: ignore[no-any-return]

    def _card(self, request: HttpRequest, pk: int) -> Project:
        project: Project | None = cards().filter(pk=pk).first()
        if not self.has_view_permission(request, project):
            raise PermissionDenied
        if project is None:
            raise Http404(_("Hanketta ei löydy."))
        return project

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the public page of a published card."""
        is_public = obj is not None and obj.publication == Publication.PUBLISHED
        return obj.get_absolute_url() if is_public else None

    # What may be deleted

    @admin.action(
        description=gettext_lazy("Poista valitut luonnokset pysyvästi"), permissions=["delete"]
    )
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Delete drafts; refuse all if one of them has been public."""
        names = [p.name for p in queryset.filter(published_at__isnull=False)[:5]]
        if not names:
            return delete_selected(self, request, queryset)
        text = _(
            "Mitään ei poistettu. Kerran julkaistua korttia ei voi poistaa, mutta sen voi "
            "poistaa julkaisusta: %(names)s"
        )
        self.message_user(request, text % {"names": ", ".join(names)}, messages.ERROR)
        return None

    # Publishing

    @admin.action(description=gettext_lazy("Julkaise valitut"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Make the chosen cards public."""
        chosen = Project.objects.filter(pk__in=queryset.values("pk"))
        others = chosen.exclude(publication=Publication.PUBLISHED)
        already = chosen.count() - others.count()
        with transaction.atomic():
            changed = list(others.publishable())
            held_back = list(others.exclude(pk__in=[project.pk for project in changed]))
            count = Project.objects.filter(pk__in=[project.pk for project in changed]).publish()
            record(changed, request.user)
            _log(request, changed, _("Julkaistu."))
        self.tell_held_back(request, held_back)
        text = ngettext("%(n)s kortti julkaistiin.", "%(n)s korttia julkaistiin.", count)
        if already:
            text += " " + _("%(already)s oli julkaistu jo ennestään.")
        self.message_user(request, text % {"n": count, "already": already}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Poista julkaisusta"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take the chosen public cards out of sight."""
        chosen = Project.objects.filter(pk__in=queryset.values("pk"))
        changed = list(chosen.public())
        with transaction.atomic():
            count = chosen.withdraw()
            record(changed, request.user)
            _log(request, changed, _("Poistettu julkaisusta."))
        text = ngettext(
            "%(n)s kortti poistettiin julkaisusta. Sen tiedot ovat tallessa, ja sen voi julkaista "
            "uudelleen.",
            "%(n)s korttia poistettiin julkaisusta. Niiden tiedot ovat tallessa, ja ne voi "
            "julkaista uudelleen.",
            count,
        )
        self.message_user(request, text % {"n": count}, messages.SUCCESS)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Project | None:
        """Return the project, held while its form is saved: two editors are served in turn."""
        if request.method == "POST" and connection.in_atomic_block and object_id.isdecimal():
            list(Project.objects.filter(pk=object_id).select_for_update())
        found: Project | None = super().get_object(request, object_id, from_field)
        return found

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        """Save; note the moment at which the card first becomes public."""
        if obj.publication == Publication.PUBLISHED and obj.published_at is None:
            obj.published_at = timezone.now()
        super().save_model(request, obj, form, change)

    # Funding that was picked from the text

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Tell the form whether there are proposals to accept."""
        proposals = (
            self.model.objects.filter(pk=object_id, funding_shares__is_proposal=True).count()
            if object_id.isdecimal()
            else 0
        )
        context = {"proposals": proposals} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows; accept the proposals if that button was pressed; keep a version."""
        super().save_related(request, form, formsets, change)
        if not change and not request.user.is_superuser:
            form.instance.managers.add(request.user.pk)
        if "_accept" in request.POST:
            form.instance.funding_shares.filter(is_proposal=True).update(is_proposal=False)
        record([form.instance], request.user, form.cleaned_data["change_reason"])

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the form after accepting proposals."""
        if "_accept" not in request.POST:
            return super().response_change(request, obj)
        self.message_user(
            request, _("Kortti tallennettiin ja ehdotukset hyväksyttiin."), messages.SUCCESS
        )
        return HttpResponseRedirect(request.path)

    # The list

    @admin.display(description=gettext_lazy("julkaisutila"), ordering="publication")
    def shown_publication(self, project: Project) -> str:
        """Show the state so that it can be told at a glance."""
        return format_html(
            '<span class="state state-{}">{}</span>',
            project.publication,
            project.get_publication_display(),
        )

    @admin.display(description=gettext_lazy("salkut"))
    def shown_portfolios(self, project: Project) -> str:
        """Show the names of its portfolios."""
        return ", ".join(portfolio.name for portfolio in project.portfolios.all())

    @admin.display(description=gettext_lazy("alkaa"), ordering="start_date")
    def shown_start(self, project: Project) -> str:
        """Show the day on which it starts."""
        return day(project.start_date)

    @admin.display(description=gettext_lazy("päättyy"), ordering="end_date")
    def shown_end(self, project: Project) -> str:
        """Show the day on which it ends."""
        return day(project.end_date)

    @admin.display(description=gettext_lazy("kustannukset"), ordering="total_cost")
    def shown_cost(self, project: Project) -> str:
        """Show what it costs."""
        return euros(project.total_cost)


def _log(request: HttpRequest, projects: list[Project], message: str) -> None:
    user: Any = request.user
    LogEntry.objects.log_actions(
        user_id=user.pk, queryset=projects, action_flag=CHANGE, change_message=message
    )
