"""Bringing card texts in on the staff's screen: upload, see the plan, confirm exactly that."""

import base64
import zlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from hankkeet.models import Publication
from sivusto.staff.rights import coordinated_by, may_import, published_by
from sivusto.transfer.apply import ImportRefusedError, Result, apply, settle
from sivusto.transfer.plan import plan
from sivusto.transfer.planned import Action, Plan, PlannedCard
from sivusto.transfer.report import (
    contents,
    differences,
    excerpts,
    missing_label,
    sum_line,
)
from sivusto.transfer.sources import Source

MOST_FILES = 50
MOST_BYTES = 5 * 1024 * 1024
MOST_NAMED = 10
SESSION_KEY = "card_import"
# What becomes of the files, those that need an eye first.
GROUPS = {
    Action.FAULTY: gettext_lazy("Virheelliset"),
    Action.CONFLICT: gettext_lazy("Ristiriidat"),
    Action.CHANGED: gettext_lazy("Muuttuvat"),
    Action.NEW: gettext_lazy("Uudet"),
    Action.UNCHANGED: gettext_lazy("Ennallaan"),
}


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, each checked as one; the sum of their sizes is limited."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, none if there are none."""
        files = [super(SeveralFilesField, self).clean(file) for file in data or []]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Valitse kerralla enintään %(most)d tiedostoa.") % {"most": MOST_FILES}
            )
        if sum(file.size for file in files) > MOST_BYTES:
            raise forms.ValidationError(
                _("Tiedostot ovat yhteensä liian suuret. Kerralla voi tuoda enintään %(size)s.")
                % {"size": filesizeformat(MOST_BYTES)}
            )
        return files


class ImportForm(forms.Form):
    """What to bring in, and how new cards are published."""

    uploads = SeveralFilesField(
        label=gettext_lazy("Tiedostot"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Korttien sivut tekstinä tai HTML:nä, enintään 50 tiedostoa ja yhteensä 5 Mt."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Liitä kortin teksti"),
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "Avaa kortti selaimessa, valitse koko sivu, kopioi se ja liitä tähän. Yksi kortti "
            "kerrallaan."
        ),
    )
    publication = forms.ChoiceField(
        label=gettext_lazy("Uudet kortit"),
        choices=[
            (Publication.PUBLISHED, gettext_lazy("julkaistaan heti")),
            (Publication.DRAFT, gettext_lazy("jäävät luonnoksiksi")),
        ],
        initial=Publication.PUBLISHED,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for something to read."""
        cleaned = super().clean() or self.cleaned_data
        nothing = not cleaned.get("uploads") and not cleaned.get("text", "").strip()
        if nothing and not self.errors:
            raise forms.ValidationError(_("Valitse tiedosto tai liitä kortin teksti."))
        return cleaned

    def sources(self) -> list[Source]:
        """Return what was uploaded and pasted, under names that tell them apart."""
        found = [Source(file.name, file.read()) for file in self.cleaned_data["uploads"]]
        if self.cleaned_data["text"].strip():
            found.append(Source(_("liitetty teksti"), self.cleaned_data["text"].encode()))
        named: dict[str, Source] = {}
        for source in found:
            name, number = source.name, 2
            while name in named:
                name, number = f"{source.name} ({number})", number + 1
            named[name] = Source(name, source.data)
        return list(named.values())


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def import_view(request: HttpRequest) -> HttpResponse:
    """Show the form, then the plan of what was sent, then write exactly what was shown."""
    if not (admin.site.has_permission(request) and may_import(request.user)):
        raise PermissionDenied
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sources, publication = form.sources(), form.cleaned_data["publication"]
        request.session[SESSION_KEY] = _kept(sources, publication)
        return _page(request, form, plan(sources, Publication(publication)))
    return _page(request, form)


def _confirm(request: HttpRequest) -> HttpResponse:
    """Write the plan that was shown; whatever else it would be now is shown instead."""
    kept = request.session.get(SESSION_KEY)
    if kept is None:
        messages.error(request, _("Tuotavia kortteja ei enää ole. Valitse tiedostot uudelleen."))
        return redirect(request.path)
    planned = plan(_sources(kept), Publication(kept["publication"]))
    strange = _not_hers(request.user, planned)
    if strange:
        text = _("Mitään ei tuotu, sillä kaikki kortit eivät kuulu salkkuihisi: %(names)s.")
        messages.error(request, text % {"names": ", ".join(strange[:MOST_NAMED])})
        return _page(request, ImportForm(), planned)
    try:
        result = apply(planned, shown=request.POST["confirm"], by=request.user)
    except ImportRefusedError as error:
        messages.error(request, str(error))
        return _page(request, ImportForm(), plan(_sources(kept), planned.publication))
    settle(result)
    del request.session[SESSION_KEY]
    messages.success(request, _summary(result))
    return redirect("admin:hankkeet_project_changelist")


def _not_hers(user: Any, planned: Plan) -> list[str]:
    """Return the names of cards that would be written and that the person does not publish."""
    if user.is_superuser:
        return []
    written = [card for card in planned.cards if card.steps_taken]
    old = {card.project.pk for card in written if card.project}
    hers = set(published_by(user).filter(pk__in=old).values_list("pk", flat=True))
    portfolios = set(coordinated_by(user).values_list("pk", flat=True))
    return [
        card.text.name
        for card in written
        if (
            card.project.pk not in hers
            if card.project
            else portfolios.isdisjoint(_portfolios(card))
        )
    ]


def _portfolios(card: PlannedCard) -> list[Any]:
    """Return the keys of the portfolios that a new card names; those not yet made by name."""
    fact = (card.new or {}).get("portfolios")
    return list(fact.value) if fact else []


def _page(request: HttpRequest, form: ImportForm, planned: Plan | None = None) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": _("Tuo kortteja"),
        "form": form,
        "plan": planned,
    }
    if planned is not None:
        context |= {
            "groups": _groups(planned),
            "sum_line": sum_line(planned),
            "is_writable": any(card.steps_taken for card in planned.cards),
            "publication_label": dict(form.fields["publication"].choices)[planned.publication],  # type: ignore[attr-defined]
        }
    return render(request, "admin/import_cards.html", context)


def _groups(planned: Plan) -> list[dict[str, Any]]:
    """Return the files by what becomes of them."""
    found = [
        {
            "label": label,
            "cards": [_shown(card) for card in planned.cards if card.action == action],
        }
        for action, label in GROUPS.items()
    ]
    return [group for group in found if group["cards"]]


def _shown(card: PlannedCard) -> dict[str, Any]:
    is_new = card.action == Action.NEW
    rows = [
        {
            "label": step.label,
            "old": excerpts(step.now, step.new)[0],
            "new": excerpts(step.now, step.new)[1],
            "is_conflict": step.kind == "conflict",
        }
        for step in (() if is_new or card.same_as else card.steps)
    ]
    text = card.text
    return {
        "source": text.source,
        "name": text.name,
        "code": card.code,
        "project": card.project,
        "contents": contents(card) if is_new else differences(card) if card.same_as else [],
        "rows": rows,
        "missing": [missing_label(field) for field in text.missing] if text.is_card else [],
        "messages": card.messages,
    }


def _summary(result: Result) -> str:
    new = sum(card.action == Action.NEW for card in result.cards)
    changed = sum(card.action != Action.NEW and bool(card.steps_taken) for card in result.cards)
    parts = [
        ngettext("Tuotiin %d uusi kortti", "Tuotiin %d uutta korttia", new) % new,
        ngettext("%d kortti muuttui", "%d korttia muuttui", changed) % changed,
    ]
    return ", ".join(parts) + "."


def _kept(sources: list[Source], publication: str) -> dict[str, Any]:
    """Return what the session keeps between the plan and its confirmation."""
    texts = [
        [source.name, base64.b64encode(zlib.compress(source.data)).decode()] for source in sources
    ]
    return {"texts": texts, "publication": publication}


def _sources(kept: dict[str, Any]) -> list[Source]:
    return [
        Source(name, zlib.decompress(base64.b64decode(packed))) for name, packed in kept["texts"]
    ]
