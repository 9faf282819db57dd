"""What is wrong with a card, on the staff's screen: shown, mended, or marked as known."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hankkeet.models import Finding, KnownFinding, Project, Weight
from sivusto.checks.mending import MendRefusedError, mend
from sivusto.staff import rights

LONGEST_REASON = int(KnownFinding._meta.get_field("reason").max_length or 0)


class FindingFilter(admin.SimpleListFilter):
    """How bad the worst is that nobody has marked as known."""

    title = gettext_lazy("havainnot")
    parameter_name = "havainnot"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each weight, any at all, and none."""
        return [*Weight.choices, ("any", _("Jokin havainto")), ("none", _("Ei havaintoja"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep projects with such a finding."""
        found = Finding.objects.unknown()
        if self.value() in Weight.values:
            return queryset.filter(pk__in=found.filter(weight=self.value()).values("project"))
        if self.value() == "any":
            return queryset.filter(pk__in=found.values("project"))
        if self.value() == "none":
            return queryset.exclude(pk__in=found.values("project"))
        return queryset


class FindingsMixin(admin.ModelAdmin):
    """The panel above a project's form, its buttons, and the list's column."""

    def get_urls(self) -> list[Any]:
        """Add the addresses that the panel's buttons send to."""
        view = self.admin_site.admin_view
        steps = {"korjaa": self._mend, "tunnettu": self._mark, "palauta": self._bring_back}
        own = [
            path(f"<int:pk>/havainto/{name}/", view(step), name=f"hankkeet_project_finding_{name}")
            for name, step in steps.items()
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Count what is wrong, by weight."""
        counted = {f"{weight}_findings": _count(weight) for weight in Weight.values}
        counting: QuerySet[Any] = super().get_queryset(request).annotate(**counted)
        return counting

    @admin.display(description=gettext_lazy("havainnot"), ordering="-serious_findings")
    def shown_findings(self, project: Any) -> SafeString | str:
        """Show how many findings there are, and of what weight the worst is."""
        numbers = {weight: getattr(project, f"{weight}_findings") for weight in Weight.values}
        worst = next((Weight(weight) for weight, number in numbers.items() if number), None)
        if worst is None:
            return ""
        return format_html(
            '<span class="weight weight-{}">{} · {}</span>',
            worst.value,
            sum(numbers.values()),
            worst.label.lower(),
        )

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the form its findings, the worst first, and those that are known."""
        project = context.get("original")
        if project is not None:
            mine = Finding.objects.filter(project=project)
            context |= {
                "findings": mine.unknown().worst_first(),
                "known_findings": mine.known().worst_first(),
                "longest_reason": LONGEST_REASON,
                "may_mend": not getattr(request, "is_revision", False)
                and rights.may_edit_directly(request.user, project),
            }
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    # The panel's buttons

    def _mend(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._own(request, pk)
        data = request.POST
        try:
            done = mend(pk, data.get("key", ""), data.get("version", ""), request.user)
        except MendRefusedError as error:
            return self._back(request, pk, str(error), messages.ERROR)
        return self._back(request, pk, _("Korjattu: %(what)s.") % {"what": done})

    def _mark(self, request: HttpRequest, pk: int) -> HttpResponse:
        project = self._own(request, pk)
        finding = project.findings.filter(key=request.POST.get("key", "")).first()
        user: Any = request.user
        reason = request.POST.get("reason", "").replace("\0", "").strip()
        if finding is None:
            return self._back(request, pk, _("Havaintoa ei enää ole."), messages.WARNING)
        if not reason or len(reason) > LONGEST_REASON:
            text = _("Kirjoita lyhyt perustelu, enintään %(most)d merkkiä. Mitään ei merkitty.")
            return self._back(request, pk, text % {"most": LONGEST_REASON}, messages.ERROR)
        KnownFinding.objects.update_or_create(
            project=project,
            key=finding.key,
            defaults={"reason": reason, "marked_by": user},
        )
        self.log_change(request, project, f"{_('Merkitty tunnetuksi')}: {finding.message}")
        text = _("Merkitty tunnetuksi. Havainto palaa, jos sen luvut muuttuvat.")
        return self._back(request, pk, text)

    def _bring_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        project = self._own(request, pk)
        project.known_findings.filter(key=request.POST.get("key", "")).delete()
        return self._back(request, pk, _("Havainto on taas näkyvissä."))

    def _own(self, request: HttpRequest, pk: int) -> Project:
        """Return the project if the person may change it and asks to."""
        project: Project = get_object_or_404(Project, pk=pk)
        is_allowed = rights.may_edit_directly(request.user, project)
        if request.method != "POST" or not is_allowed:
            raise PermissionDenied
        return project

    def _back(
        self, request: HttpRequest, pk: int, text: str, level: int = messages.SUCCESS
    ) -> HttpResponse:
        self.message_user(request, text, level)
        return HttpResponseRedirect(reverse("admin:hankkeet_project_change", args=[pk]))


def _count(weight: str) -> Any:
    """Count findings of a weight without joining them to the list's rows."""
    mine = Finding.objects.unknown().filter(project=OuterRef("pk"), weight=weight)
    numbers = mine.order_by().values("project").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(numbers), 0)
