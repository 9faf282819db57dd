"""Merging two funders, programmes or organisations: chosen in the list, previewed, then done."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hankkeet.admin import OrganisationAdmin
from hankkeet.models import Organisation
from rahoitus.admin import FunderAdmin, ProgrammeAdmin
from rahoitus.models import Funder, Programme
from sivusto.merging.apply import merge
from sivusto.merging.plan import MergeRefusedError, Plan, plan_of, weighed

for model in (Funder, Programme, Organisation):
    admin.site.unregister(model)


class MergingMixin(admin.ModelAdmin):
    """Adds to a list the action that makes two of its rows one, for who may change them."""

    actions = ["merge_selected"]

    def get_urls(self) -> list[Any]:
        """Add the page that shows what a merge would do and does it."""
        view = self.admin_site.admin_view(self.merge_view)
        return [path("yhdista/", view, name=self._named("merge")), *super().get_urls()]

    @admin.action(description=gettext_lazy("Yhdistä kaksi samaksi"), permissions=["change"])
    def merge_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Lead to the preview; what more cards use is proposed to stay."""
        chosen = list(queryset.order_by("pk")[:3])
        if len(chosen) != 2:
            text = _("Valitse täsmälleen kaksi riviä, jotka tarkoittavat samaa.")
            self.message_user(request, text, messages.ERROR)
            return None
        cards = weighed(chosen)
        kept, gone = sorted(chosen, key=lambda row: (-cards[row.pk], row.pk))
        return HttpResponseRedirect(self._preview_of(kept.pk, gone.pk))

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Show what merging two rows would do; when it is confirmed, do it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        keys = [_key(request.GET.get(name, "")) for name in ("jaa", "poistuu")]
        if request.method == "POST" and (answer := self._merged(request, *keys)):
            return answer
        rows = self.model._default_manager.in_bulk(keys)
        try:
            if len(rows) < len(set(keys)):
                raise MergeRefusedError(_("Riviä ei enää ole: se on jo yhdistetty tai poistettu."))
            plan = plan_of(rows[keys[0]], rows[keys[1]])
        except MergeRefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(reverse(f"admin:{self._named('changelist')}"))
        return self._shown(request, plan)

    def _merged(self, request: HttpRequest, kept: int, gone: int) -> HttpResponse | None:
        """Merge as was shown; None where the page has to be shown again."""
        if "conflicts" in request.POST and "accepted" not in request.POST:
            text = _("Lue ristiriidat ja merkitse, että ne saa ratkaista näin. Mitään ei tehty.")
            self.message_user(request, text, messages.ERROR)
            return None
        seen = request.POST.get("seen", "")
        try:
            plan = merge(self.model, kept, gone, seen=seen, by=request.user)
        except MergeRefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        names = {"gone": plan.gone.name, "kept": plan.kept.name}
        self.log_change(request, plan.kept, _("Yhdistetty: %(gone)s → %(kept)s") % names)
        text = _("%(gone)s on nyt sama kuin %(kept)s.") % names
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:{self._named('change')}", args=[kept]))

    def _shown(self, request: HttpRequest, plan: Plan) -> HttpResponse:
        cards = weighed([plan.kept, plan.gone])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Yhdistä kaksi samaksi"),
            "opts": self.opts,
            "plan": plan,
            "kept_cards": cards[plan.kept.pk],
            "gone_cards": cards[plan.gone.pk],
            "turned": self._preview_of(plan.gone.pk, plan.kept.pk),
            "changelist": reverse(f"admin:{self._named('changelist')}"),
        }
        return render(request, "admin/merge.html", context)

    def _named(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _preview_of(self, kept: int, gone: int) -> str:
        address = reverse(f"admin:{self._named('merge')}")
        return f"{address}?{urlencode({'jaa': kept, 'poistuu': gone})}"


def _key(text: str) -> int:
    """Return a key of an address; 0, which no row has, for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@admin.register(Funder)
class MergingFunderAdmin(MergingMixin, FunderAdmin):
    """Funders, two of which may turn out to be one."""


@admin.register(Programme)
class MergingProgrammeAdmin(MergingMixin, ProgrammeAdmin):
    """Programmes, two of which may turn out to be one."""


@admin.register(Organisation)
class MergingOrganisationAdmin(MergingMixin, OrganisationAdmin):
    """Organisations, two of which may turn out to be one."""
