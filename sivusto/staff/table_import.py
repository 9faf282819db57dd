"""An edited table in on the staff's screen: upload, see the plan, confirm exactly that."""

import base64
import json
import zlib
from functools import partial
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

from sivusto.staff.rights import may_add, may_edit, refusals
from sivusto.transfer.table.applying import TableRefusedError, Written, apply
from sivusto.transfer.table.planned import Action, Rights, TablePlan
from sivusto.transfer.table.planning import plan
from sivusto.transfer.tablefile import Limits, Table, TableError, read_table
from sivusto.transfer.tablefile.model import packed, unpacked

SESSION_KEY = "table_import"
LIMITS = Limits(rows=6_000, columns=100, letters=5_000_000)
MOST_WRITTEN = 1000  # rows while one waits; the command writes as many as there are
MOST_SHOWN = 200  # rows of a group
# What becomes of the rows, those that need an eye first.
GROUPS = {
    Action.FAULTY: gettext_lazy("Virheelliset"),
    Action.CONFLICT: gettext_lazy("Ristiriidat"),
    Action.CHANGED: gettext_lazy("Muuttuvat"),
    Action.NEW: gettext_lazy("Uudet"),
}


class TableForm(forms.Form):
    """The file, and why."""

    upload = forms.FileField(
        label=gettext_lazy("Taulukko"),
        help_text=gettext_lazy(
            "Hankeluettelosta viety taulukko (XLSX tai CSV), jota on muokattu. Sarakkeita saa "
            "poistaa ja siirtää."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Muutoksen perustelu"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy(
            "Vapaaehtoinen. Näkyy korttien julkisessa muutoshistoriassa. Älä kirjoita tähän "
            "henkilötietoja."
        ),
    )

    def clean_upload(self) -> Any:
        """Return the table of the file."""
        file = self.cleaned_data["upload"]
        if file.size > LIMITS.file:
            text = _("Tiedosto on liian suuri. Suurin sallittu koko on %(size)s.")
            raise forms.ValidationError(text % {"size": filesizeformat(LIMITS.file)})
        try:
            return read_table(file.read(), LIMITS)
        except TableError as error:
            raise forms.ValidationError(str(error)) from error


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def table_view(request: HttpRequest) -> HttpResponse:
    """Show the form, then the plan of what was sent, then write exactly what was shown."""
    if not (admin.site.has_permission(request) and may_edit(request.user)):
        raise PermissionDenied
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    table, reason = form.cleaned_data["upload"], form.cleaned_data["reason"]
    try:
        planned = plan(table, _rights(request))
    except TableError as error:
        form.add_error("upload", str(error))
        return _page(request, form)
    if len(planned.written_rows) > MOST_WRITTEN:
        text = _(
            "Taulukossa on liikaa muuttuvia rivejä. Kerralla tallennetaan enintään %(most)d; jaa "
            "taulukko osiin tai pyydä ylläpitäjää tuomaan se komennolla import_table."
        )
        form.add_error("upload", text % {"most": MOST_WRITTEN})
        return _page(request, form)
    request.session[SESSION_KEY] = _kept(table, reason)
    return _page(request, form, planned)


def _confirm(request: HttpRequest) -> HttpResponse:
    """Write the plan that was shown; whatever else it would be now is shown instead."""
    kept = request.session.get(SESSION_KEY)
    if kept is None:
        messages.error(request, _("Taulukkoa ei enää ole. Valitse tiedosto uudelleen."))
        return redirect(request.path)
    table, reason = _table(kept)
    rights = _rights(request)
    planned = plan(table, rights)
    shown, user = request.POST["confirm"], request.user
    try:
        written = apply(planned, rights, by=user, shown=shown, reason=reason)
    except TableRefusedError as error:
        messages.error(request, str(error))
        return _page(request, TableForm(), plan(table, rights))
    del request.session[SESSION_KEY]
    messages.success(request, _summary(written))
    return redirect("admin:hankkeet_project_changelist")


def _rights(request: HttpRequest) -> Rights:
    return Rights(partial(refusals, request.user), may_add(request.user))


def _page(request: HttpRequest, form: TableForm, planned: TablePlan | None = None) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": _("Tuo muokattu taulukko"),
        "form": form,
        "plan": planned,
        "groups": _groups(planned) if planned else [],
    }
    return render(request, "admin/import_table.html", context)


def _groups(planned: TablePlan) -> list[dict[str, Any]]:
    """Return the rows by what becomes of them, so many of each as one can read."""
    found = []
    for action, label in GROUPS.items():
        rows = planned.of(action)
        if rows:
            more = max(len(rows) - MOST_SHOWN, 0)
            group = {"label": label, "number": len(rows), "rows": rows[:MOST_SHOWN], "more": more}
            found.append(group)
    return found


def _summary(written: Written) -> str:
    parts = [
        ngettext("%d uusi luonnos", "%d uutta luonnosta", written.new) % written.new,
        ngettext("%d kortti muuttui", "%d korttia muuttui", written.changed) % written.changed,
    ]
    return f"{_('Taulukko tuotiin')}: {', '.join(parts)}."


def _kept(table: Table, reason: str) -> dict[str, str]:
    """Return what the session keeps between the plan and its confirmation."""
    rows = [[packed(cell) for cell in row] for row in table.rows]
    text = json.dumps([rows, table.sheet, list(table.other_sheets)])
    return {"table": base64.b64encode(zlib.compress(text.encode())).decode(), "reason": reason}


def _table(kept: dict[str, str]) -> tuple[Table, str]:
    rows, sheet, others = json.loads(zlib.decompress(base64.b64decode(kept["table"])))
    return Table([[unpacked(cell) for cell in row] for row in rows], sheet, others), kept["reason"]
