"""One person's data on the staff's screen: sought, shown with the words around, and erased.

What is sought is sent in the body of the request, so that no server log keeps whom it was about.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from hankkeet.models import Project
from sivusto.privacy.erasing import Erased, erase
from sivusto.privacy.models import ErasureRecord
from sivusto.privacy.person import Person, PersonError
from sivusto.privacy.places import Place, find, known_by
from sivusto.privacy.sessions import sessions_with

PERMISSION = "sivusto.handle_personal_data"
COUNTED = {
    "contacts": gettext_lazy("yhteyshenkilöitä"),
    "feedback": gettext_lazy("palautteiden osoitteita"),
    "own": gettext_lazy("henkilön kenttiä"),
    "texts": gettext_lazy("tekstin kohtia"),
    "sessions": gettext_lazy("istuntoja"),
    "printed": gettext_lazy("tulosteita"),
}


class PersonForm(forms.Form):
    """Whose data is sought."""

    term = forms.CharField(
        label=gettext_lazy("Nimi, sähköpostiosoite tai puhelinnumero"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
        help_text=gettext_lazy(
            "Nimi löytyy taivutettuna ja kummin päin tahansa, numero miten tahansa ryhmiteltynä. "
            "Löydetyn yhteyshenkilön puhelin ja sähköposti haetaan samalla."
        ),
    )
    person: Person

    def clean_term(self) -> str:
        """Read the term as a person."""
        term: str = self.cleaned_data["term"]
        try:
            self.person = known_by(term)
        except PersonError as error:
            raise forms.ValidationError(str(error)) from error
        return term


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def person_view(request: HttpRequest) -> HttpResponse:
    """Ask for a person, show where she stands, and take her out of the places chosen."""
    if not (admin.site.has_permission(request) and request.user.has_perm(PERMISSION)):
        raise PermissionDenied
    form = PersonForm(request.POST or None)
    context: dict[str, Any] = {"title": _("Henkilön tiedot"), "form": form}
    if request.method == "POST" and form.is_valid():
        person = form.person
        places, chosen = find(person), set(request.POST.getlist("place"))
        if "erase" in request.POST and (chosen or not places):
            _tell(request, erase(person, chosen, by=request.user))
            places = find(person)
        context |= {
            "places": [{"place": place, "address": _address(place)} for place in places],
            "sessions": len(sessions_with(person)),
            "is_searched": True,
        }
    context |= admin.site.each_context(request) | {"title": context["title"]}
    return render(request, "admin/personal_data.html", context)


def _tell(request: HttpRequest, erased: Erased) -> None:
    number = erased.counts.get("own", 0) + erased.counts.get("texts", 0)
    text = ngettext("Poistettiin yhdestä paikasta.", "Poistettiin %(n)d paikasta.", number)
    messages.success(request, text % {"n": number})
    if erased.refused:
        text = ngettext(
            "Yhtä paikkaa ei voitu muuttaa: se on oma tunnuksesi tai pysyvä loki.",
            "%(n)d paikkaa ei voitu muuttaa: ne ovat oma tunnuksesi tai pysyvää lokia.",
            len(erased.refused),
        )
        messages.warning(request, text % {"n": len(erased.refused)})


def _address(place: Place) -> str:
    """Return where staff mend the place by hand: its own form, or its card's."""
    row: Any = place.row
    project = row if isinstance(row, Project) else getattr(row, "project", None)
    target = row if admin.site.is_registered(type(row)) else project
    if target is None:
        return ""
    try:
        name = f"admin:{target._meta.app_label}_{target._meta.model_name}_change"
        return reverse(name, args=[target.pk])
    except NoReverseMatch:
        return ""


@admin.register(ErasureRecord)
class ErasureRecordAdmin(admin.ModelAdmin):
    """What has been removed: a log that nobody edits, and the way to a person's data."""

    list_display = ["done_at", "kind", "done_by", "account", "shown_codes", "shown_counts"]
    list_filter = ["kind", "done_at"]
    list_select_related = ["done_by"]
    readonly_fields = ("done_at", "kind", "done_by", "account", "shown_codes", "shown_counts")
    fields = readonly_fields

    def get_urls(self) -> list[Any]:
        """Add the page for one person's data."""
        view = self.admin_site.admin_view(person_view)
        return [path("henkilo/", view, name="sivusto_person"), *super().get_urls()]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to those who may handle personal data."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to those who may handle personal data."""
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: removals write it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: it is a log."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: it is a log."""
        return False

    @admin.display(description=gettext_lazy("hankkeet"))
    def shown_codes(self, record: ErasureRecord) -> str:
        """Show the cards' codes."""
        return ", ".join(record.codes)

    @admin.display(description=gettext_lazy("poistettu"))
    def shown_counts(self, record: ErasureRecord) -> str:
        """Show how much of what was removed."""
        return ", ".join(f"{COUNTED.get(k, k)} {n}" for k, n in record.counts.items())
