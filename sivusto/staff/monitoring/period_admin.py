"""Reporting periods in the admin: who is missing, reminders, locking and publishing."""

import logging
from smtplib import SMTPException
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hankkeet.models import Project
from seuranta.models import ReportingPeriod
from seuranta.tables import report_of
from sivusto.staff import rights
from sivusto.staff.monitoring.bringing import import_view
from sivusto.staff.monitoring.fill_view import fill_view
from sivusto.staff.monitoring.letters import remind
from sivusto.staff.monitoring.opening import OpenForm, opened_in_words
from sivusto.staff.monitoring.tables import CardRightsMixin

logger = logging.getLogger(__name__)


class MissingFilter(admin.SimpleListFilter):
    """Whether the project has sent its report."""

    title = gettext_lazy("raportti")
    parameter_name = "raportti"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [("puuttuu", gettext_lazy("Puuttuu")), ("tullut", gettext_lazy("Tullut"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the periods of the choice."""
        if self.value() == "puuttuu":
            return queryset.missing()
        return queryset.filter(submitted_at__isnull=False) if self.value() == "tullut" else queryset


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(CardRightsMixin):
    """Periods of the projects, those still missing first; what is locked stays as it is."""

    list_display = ["shown_project", "__str__", "due_date", "state", "shown_sent", "reminded_at"]
    list_display_links = ["__str__"]
    list_select_related = ["project"]
    list_filter = [MissingFilter, "state", "project__portfolios", "end_date"]
    search_fields = ["project__name", "project__code"]
    ordering = ["-end_date", "submitted_at", "project__name"]
    raw_id_fields = ["project"]
    fields = ["project", "start_date", "end_date", "due_date", "state", "submitted_at"]
    readonly_fields = ["state", "submitted_at"]
    actions = ["send_reminders", "lock", "publish", "reopen"]
    change_list_template = "admin/seuranta/periods.html"

    def project_of(self, row: ReportingPeriod) -> Project:
        """Return the period's project."""
        return row.project

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow for an open period to who publishes the card."""
        return bool(obj and obj.is_open and rights.may_publish(request.user, obj.project))

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer the actions to who publishes cards."""
        found = super().get_actions(request)
        if not rights.may_publish(request.user):
            return {}
        found.pop("delete_selected", None)
        return found

    def get_urls(self) -> list[Any]:
        """Return the admin's addresses and those of the screens."""
        view = self.admin_site.admin_view
        return [
            path("avaa/", view(self.open_view), name="seuranta_reportingperiod_open"),
            path("<int:pk>/tayta/", view(fill_view), name="seuranta_reportingperiod_fill"),
            path("tuo/<str:code>/", view(import_view), name="seuranta_reportingperiod_import"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("hanke"), ordering="project__name")
    def shown_project(self, period: ReportingPeriod) -> SafeString:
        """Lead to the period's report."""
        address = reverse("admin:seuranta_reportingperiod_fill", args=[period.pk])
        return format_html('<a href="{}">{}</a>', address, period.project)

    @admin.display(description=gettext_lazy("lähetetty"), ordering="submitted_at")
    def shown_sent(self, period: ReportingPeriod) -> Any:
        """Show when the report was sent; what is missing, and still could be sent, stands out."""
        missing = format_html('<span class="state">{}</span>', _("puuttuu"))
        return period.submitted_at or (missing if period.is_open else "–")

    # What is done to many

    @admin.action(description=gettext_lazy("Muistuta niitä, joiden raportti puuttuu"))
    def send_reminders(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Mail the managers of those whose report is missing."""
        sent, nobody, failed = 0, [], []
        periods = self._hers(request, queryset).missing().select_related("project")
        for period in periods.prefetch_related("project__managers"):
            try:
                if remind(period):
                    sent += 1
                else:
                    nobody.append(period.project.name)
            except (SMTPException, OSError) as error:
                logger.warning("a reminder of period %s could not be mailed: %s", period.pk, error)
                failed.append(period.project.name)
        self.message_user(request, _("Muistutuksia lähetettiin %(n)d.") % {"n": sent})
        if nobody:
            text = _("Näillä hankkeilla ei ole projektipäällikköä, jolla on osoite: %(names)s.")
            self.message_user(request, text % {"names": ", ".join(nobody)}, messages.WARNING)
        if failed:
            text = _("Sähköpostipalvelin ei ottanut vastaan näiden muistutuksia: %(names)s.")
            self.message_user(request, text % {"names": ", ".join(failed)}, messages.ERROR)

    @admin.action(description=gettext_lazy("Lukitse raportit"))
    def lock(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Keep the reports as they are now."""
        number = 0
        for period in self._hers(request, queryset).open().select_related("project"):
            number += self.locked(request, period)
        text = ngettext("Lukittiin %(n)d raportti.", "Lukittiin %(n)d raporttia.", number)
        self.message_user(request, text % {"n": number})

    @admin.action(description=gettext_lazy("Julkaise lukitut raportit"))
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let the public see locked reports."""
        number = 0
        for period in self._hers(request, queryset):
            if period.publish():
                number += 1
                self.log_change(request, period, _("Raportti julkaistiin."))
        text = ngettext("Julkaistiin %(n)d raportti.", "Julkaistiin %(n)d raporttia.", number)
        if number < len(queryset):
            text += " " + _("Avoin raportti lukitaan ennen julkaisua.")
        self.message_user(request, text % {"n": number})

    @admin.action(description=gettext_lazy("Avaa uudelleen (poistaa julkaisusta)"))
    def reopen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let reports be mended."""
        number = 0
        for period in self._hers(request, queryset):
            if period.reopen():
                number += 1
                self.log_change(request, period, _("Raportti avattiin uudelleen."))
        text = ngettext("Avattiin %(n)d raportti.", "Avattiin %(n)d raporttia.", number)
        self.message_user(request, text % {"n": number})

    def locked(self, request: HttpRequest, period: ReportingPeriod) -> bool:
        """Lock one report and note who did it; return whether it was open."""
        is_done = period.lock(report_of(period.project, period))
        if is_done:
            self.log_change(request, period, _("Raportti lukittiin."))
        return is_done

    def _hers(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Keep the periods of cards that the person publishes."""
        return queryset.filter(project__in=rights.published_by(request.user).values("pk"))

    # Opening

    def open_view(self, request: HttpRequest) -> HttpResponse:
        """Open a period for a whole portfolio."""
        if not rights.may_publish(request.user):
            raise PermissionDenied
        form = OpenForm(request.POST or None, user=request.user)
        if request.method == "POST" and form.is_valid():
            self.message_user(request, opened_in_words(*form.open()), messages.SUCCESS)
            return redirect("admin:seuranta_reportingperiod_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Avaa raportointijakso salkulle"),
            "form": form,
        }
        return render(request, "admin/seuranta/open.html", context)
