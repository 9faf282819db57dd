"""Many cards changed at once on the staff's screens: chosen, previewed, then done or not.

Only cards on which the person's own save would be the card at once are changed. A public card that
she changes through a review is left out, and she is told so: a proposal is read by a reviewer card
by card, and should be made with the card before one's eyes.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sivusto.editing.bulk import BulkRefusedError, PlannedCard, apply, plan
from sivusto.staff.bulk_form import MOST_CARDS, BulkForm
from sivusto.staff.project_rights import RightsMixin
from sivusto.staff.rights import may_edit, refusals


class BulkMixin(RightsMixin):
    """Changes phase, portfolios and contact of the cards chosen from the list."""

    def get_urls(self) -> list[Any]:
        """Add the address of the form, its preview and its doing."""
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("muuta-kerralla/", view, name="hankkeet_project_bulk"), *super().get_urls()]

    @admin.action(description=gettext_lazy("Muuta kerralla…"), permissions=["change"])
    def change_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Ask what to change on the chosen cards."""
        keys = sorted(queryset.order_by().values_list("pk", flat=True)[: MOST_CARDS + 1])
        if len(keys) > MOST_CARDS:
            text = _("Valitse kerralla enintään %(most)d korttia.") % {"most": MOST_CARDS}
            self.message_user(request, text, messages.ERROR)
            return None
        return self._page(request, keys, BulkForm(keys=keys))

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """Show the form again, the preview of what it would do, or do it."""
        if not may_edit(request.user):
            raise PermissionDenied
        keys = _keys(request.POST.get("cards", ""))
        if request.method != "POST" or not keys:
            self.message_user(request, _("Valitse ensin muutettavat kortit."), messages.WARNING)
            return HttpResponseRedirect(_list())
        form = BulkForm(request.POST, keys=keys)
        if not form.is_valid() or "_again" in request.POST:
            return self._page(request, keys, form)
        if "_apply" in request.POST:
            return self._applied(request, keys, form)
        return self._preview(request, keys, form)

    def _applied(self, request: HttpRequest, keys: list[int], form: BulkForm) -> HttpResponse:
        shown = dict(pair.partition(":")[::2] for pair in request.POST.get("shown", "").split())
        stamps = {key: shown.get(str(key), "") for key in keys}
        reason = form.cleaned_data["reason"]
        try:
            number = apply(form.change(), stamps, _refuser(request.user), request.user, reason)
        except BulkRefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return self._preview(request, keys, form, stamps)
        text = ngettext("%d kortti muutettiin.", "%d korttia muutettiin.", number) % number
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(_list())

    def _preview(
        self,
        request: HttpRequest,
        keys: list[int],
        form: BulkForm,
        before: Mapping[int, str] | None = None,
    ) -> HttpResponse:
        planned = plan(keys, form.change(), _refuser(request.user))
        stamps = {each.project.pk: each.stamp for each in planned}
        keys = list(stamps)
        changed_since = {key for key in keys if before and before.get(key) != stamps[key]}
        context = {
            "groups": _groups(planned),
            "changed_since": changed_since,
            "is_writable": any(each.is_changed for each in planned),
            "shown": " ".join(f"{key}:{stamp}" for key, stamp in stamps.items()),
        }
        return self._page(request, keys, form, "bulk_preview", context)

    def _page(
        self,
        request: HttpRequest,
        keys: list[int],
        form: BulkForm,
        template: str = "bulk_form",
        more: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        number = len(keys)
        title = ngettext("Muuta %d kortti", "Muuta kerralla %d korttia", number) % number
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "cards": " ".join(map(str, keys)),
            "address": reverse("admin:hankkeet_project_bulk"),
            **(more or {}),
        }
        return render(request, f"admin/hankkeet/project/{template}.html", context)


def _keys(text: str) -> list[int]:
    """Return the keys of cards that a form carries; none if it makes no sense."""
    words = text.split()
    is_sane = len(words) <= MOST_CARDS and all(w.isdecimal() and len(w) < 19 for w in words)
    return [int(word) for word in words] if is_sane else []


def _refuser(user: Any) -> Any:
    """Return what tells which cards the person may not change, and why."""
    return partial(refusals, user)


def _groups(planned: Sequence[PlannedCard]) -> list[dict[str, Any]]:
    groups = (
        (_("Muuttuvat"), [each for each in planned if each.is_changed]),
        (_("Eivät muutu"), [each for each in planned if each.refusal]),
        (
            _("Ennallaan, sillä tiedot ovat jo näin"),
            [each for each in planned if not each.refusal and not each.sentences],
        ),
    )
    return [{"label": label, "cards": some} for label, some in groups if some]


def _list() -> str:
    return reverse("admin:hankkeet_project_changelist")
