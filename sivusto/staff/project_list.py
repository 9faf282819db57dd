"""The list of cards: what it shows of each, and by what it is searched."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hankkeet.models import Project, Revision
from sivusto.staff.findings import FindingFilter
from sivusto.staff.rights import answered_for_by
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


class MineFilter(admin.SimpleListFilter):
    """Whether the card is the person's own work, of a superuser too."""

    title = gettext_lazy("omat")
    parameter_name = "omat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one answer that spares others' cards."""
        return [("on", _("Omat kortit"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the cards that she manages or whose portfolio she coordinates."""
        if self.value() != "on":
            return queryset
        return queryset.filter(pk__in=answered_for_by(request.user).values("pk"))


class RevisionFilter(admin.SimpleListFilter):
    """Whether something is proposed to the card."""

    title = gettext_lazy("muutosehdotus")
    parameter_name = "ehdotus"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer those that wait for somebody first."""
        return [("in_review", _("Tarkastettavana")), ("any", _("On muutosehdotus"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep cards with such a revision."""
        if self.value() == "in_review":
            return queryset.filter(pk__in=Revision.objects.in_review().values("project"))
        if self.value() == "any":
            return queryset.filter(pk__in=Revision.objects.values("project"))
        return queryset


class ListMixin(admin.ModelAdmin):
    """The cards in a list."""

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
        MineFilter,
        "publication",
        RevisionFilter,
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
    actions = [
        *("change_selected", "export_workbook", "export_csv"),
        *("publish_selected", "withdraw_selected", "delete_selected"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return projects with the portfolios and revisions that the list shows."""
        rows = super().get_queryset(request).select_related("revision")
        return rows.prefetch_related("portfolios")

    @admin.display(description=gettext_lazy("julkaisutila"), ordering="publication")
    def shown_publication(self, project: Project) -> str:
        """Show the state so that it can be told at a glance, and a revision's beside it."""
        revision = getattr(project, "revision", None)
        shown = (project.publication, project.get_publication_display())
        if revision is None:
            return format_html('<span class="state state-{}">{}</span>', *shown)
        return format_html(
            '<span class="state state-{}">{}</span> <span class="state state-{}">{}: {}</span>',
            *shown,
            revision.state,
            _("Muutosehdotus"),
            revision.get_state_display(),
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
