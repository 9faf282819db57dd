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
from sivusto.editing.mending import finding_of_proposal, mend_proposal
from sivusto.reminders.looks import note_look
from sivusto.staff import rights
from sivusto.staff.careful import is_revision
from sivusto.staff.project_rights import RightsMixin

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


class FindingsMixin(RightsMixin):
    """The panel above a project's form, its buttons, and the list's column."""

    def get_urls(self) -> list[Any]:
        """Add the addresses that the panel's buttons send to."""
        view = self.admin_site.admin_view
        steps = {"korjaa": self._mend, "tunnettu": self._mark, "palauta": self._bring_back}
        own = [
            path(
                f"<int:pk>/{place}havainto/{name}/",
                view(step),
                {"is_apart": bool(place)},
                name=_name(name, is_apart=bool(place)),
            )
            for place in ("", "muutosehdotus/")
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
            is_apart = is_revision(request)
            right = rights.may_edit if is_apart else rights.may_edit_directly
            context |= {
                "findings": mine.unknown().worst_first(),
                "known_findings": mine.known().worst_first(),
                "longest_reason": LONGEST_REASON,
                "may_mend": self.asked(request, right, project),
                "finding_steps": {
                    step: reverse(f"admin:{_name(step, is_apart=is_apart)}", args=[project.pk])
                    for step in ("korjaa", "tunnettu", "palauta")
                },
                "mend_seen": request.proposed_seen if is_apart else project.version,  # type: ignore[attr-defined]
            }
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    # The panel's buttons

    def _mend(self, request: HttpRequest, pk: int, *, is_apart: bool) -> HttpResponse:
        project = self._own(request, pk, is_apart)
        key, seen = request.POST.get("key", ""), request.POST.get("version", "")
        try:
            if is_apart:
                done = mend_proposal(project, key, seen, request.user)
                note_look(project, request.user)
            else:
                done = mend(pk, key, seen, request.user)
        except MendRefusedError as error:
            return self._back(request, project, is_apart, str(error), messages.ERROR)
        text = _("Korjattu muutosehdotukseen: %(what)s.") if is_apart else _("Korjattu: %(what)s.")
        return self._back(request, project, is_apart, text % {"what": done})

    def _mark(self, request: HttpRequest, pk: int, *, is_apart: bool) -> HttpResponse:
        project = self._own(request, pk, is_apart)
        key, reason = (_clean(request.POST.get(name, "")) for name in ("key", "reason"))
        try:
            finding = (
                finding_of_proposal(project, key)
                if is_apart
                else project.findings.filter(key=key).first()
            )
        except MendRefusedError as error:
            return self._back(request, project, is_apart, str(error), messages.ERROR)
        if finding is None:
            text = _("Havaintoa ei enää ole.")
            return self._back(request, project, is_apart, text, messages.WARNING)
        if not reason or len(reason) > LONGEST_REASON:
            text = _("Kirjoita lyhyt perustelu, enintään %(most)d merkkiä. Mitään ei merkitty.")
            told = text % {"most": LONGEST_REASON}
            return self._back(request, project, is_apart, told, messages.ERROR)
        user: Any = request.user
        KnownFinding.objects.update_or_create(
            project=project,
            key=finding.key,
            defaults={"reason": reason, "marked_by": user},
        )
        self.log_change(request, project, f"{_('Merkitty tunnetuksi')}: {finding.message}")
        text = _("Merkitty tunnetuksi. Havainto palaa, jos sen luvut muuttuvat.")
        return self._back(request, project, is_apart, text)

    def _bring_back(self, request: HttpRequest, pk: int, *, is_apart: bool) -> HttpResponse:
        project = self._own(request, pk, is_apart)
        project.known_findings.filter(key=_clean(request.POST.get("key", ""))).delete()
        return self._back(request, project, is_apart, _("Havainto on taas näkyvissä."))

    def _own(self, request: HttpRequest, pk: int, is_apart: bool) -> Project:
        """Return the project if the person may change it, or propose changes, and asks to."""
        project: Project = get_object_or_404(Project, pk=pk)
        if request.method != "POST":
            raise PermissionDenied
        self.demand(request, rights.may_edit if is_apart else rights.may_edit_directly, project)
        return project

    def _back(
        self,
        request: HttpRequest,
        project: Project,
        is_apart: bool,
        text: str,
        level: int = messages.SUCCESS,
    ) -> HttpResponse:
        self.message_user(request, text, level)
        page = "revision" if is_apart else "change"
        return HttpResponseRedirect(reverse(f"admin:hankkeet_project_{page}", args=[project.pk]))


def _name(step: str, *, is_apart: bool) -> str:
    return f"hankkeet_project_{'revision_' if is_apart else ''}finding_{step}"


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()


def _count(weight: str) -> Any:
    """Count findings of a weight without joining them to the list's rows."""
    mine = Finding.objects.unknown().filter(project=OuterRef("pk"), weight=weight)
    numbers = mine.order_by().values("project").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(numbers), 0)
