"""The form of what is to be changed on the chosen cards."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hankkeet.models import Contact, Phase
from hankkeet.models.contacts import Visibility
from salkut.models import Portfolio
from sivusto.editing.bulk import tasks_of
from sivusto.editing.bulk_change import Change, Person, Task
from sivusto.staff.fields import FinnishDateField

MOST_CARDS = 500

FIELDSETS = (
    (gettext_lazy("Vaihe ja salkut"), ("phase", "added", "removed")),
    (
        gettext_lazy("Yhteyshenkilö"),
        (
            *("contact", "tasks", "role", "unit", "unit_email"),
            *("person_name", "phone", "email", "start_date", "visibility"),
        ),
    ),
    (gettext_lazy("Historiaan"), ("reason",)),
)


def contact_field(name: str, help_text: Any = "") -> forms.Field:
    """Return a field for a text of a contact, as its model has it, that may be left empty."""
    field: Any = Contact._meta.get_field(name)
    kind = forms.EmailInput if name == "unit_email" else forms.TextInput
    widget = kind(attrs={"class": "vTextField"})
    return field.formfield(required=False, help_text=help_text, widget=widget)  # type: ignore[no-any-return]


class BulkForm(forms.Form):
    """Phase, portfolios and contact; what is left empty stays as it is on each card."""

    phase = forms.ChoiceField(
        label=gettext_lazy("Käsittelyvaihe"),
        required=False,
        choices=[("", gettext_lazy("ei muuteta")), *Phase.choices],
    )
    added = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Lisää salkkuihin"),
        required=False,
        queryset=Portfolio.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )
    removed = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Poista salkuista"),
        required=False,
        queryset=Portfolio.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.ChoiceField(
        label=gettext_lazy("Yhteyshenkilö"),
        required=False,
        choices=[
            ("", gettext_lazy("ei muuteta")),
            ("replace", gettext_lazy("vaihdetaan henkilö")),
            ("add", gettext_lazy("lisätään yhteyshenkilö")),
        ],
    )
    tasks = forms.MultipleChoiceField(
        label=gettext_lazy("Kenen tilalle"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Kun vaihdetaan henkilö: missä tehtävissä hän aloittaa."),
    )
    role = contact_field("role", gettext_lazy("Kun lisätään: esimerkiksi projektipäällikkö."))
    unit = contact_field("unit", gettext_lazy("Kun lisätään: esimerkiksi hyvinvointipalvelut."))
    unit_email = contact_field("unit_email")
    person_name = contact_field("person_name", gettext_lazy("Uusi henkilö."))
    phone = contact_field("phone")
    email = contact_field("email")
    start_date = FinnishDateField(label=gettext_lazy("Alkaen"), required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Näkyvyys"),
        choices=Visibility.choices,
        initial=Visibility.ROLE,
        required=False,
        help_text=gettext_lazy("Mitä kuka tahansa näkee uudesta henkilöstä kortilla."),
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

    def __init__(self, *args: Any, keys: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Portfolio.objects.filter(pk__in=Portfolio.objects.filter(projects__in=keys))
        self.fields["removed"].queryset = mine  # type: ignore[attr-defined]
        self.counted = tasks_of(keys)
        tasks: Any = self.fields["tasks"]
        tasks.choices = [(task.key, _label(task, n)) for task, n in self.counted.items()]

    @property
    def fieldsets(self) -> list[dict[str, Any]]:
        """The fields in groups, each under a heading."""
        return [
            {"label": label, "fields": [self[name] for name in names]} for label, names in FIELDSETS
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for something to change, and for all that a change of contact needs."""
        data = super().clean() or self.cleaned_data
        if set(data.get("added") or ()) & set(data.get("removed") or ()):
            self.add_error("removed", _("Samaa salkkua ei voi sekä lisätä että poistaa."))
        kind = data.get("contact")
        if kind == "replace":
            self._demand("tasks", _("Valitse, kenen tilalle henkilö tulee."))
            self._demand("person_name", _("Kirjoita uuden henkilön nimi."))
        elif kind == "add" and not any(data.get(n) for n in ("role", "unit", "person_name")):
            self.add_error("role", _("Anna yhteyshenkilölle tehtävä, yksikkö tai nimi."))
        elif not any([data.get("phase"), data.get("added"), data.get("removed"), kind]):
            raise ValidationError(_("Valitse, mitä muutetaan."))
        return data

    def _demand(self, name: str, text: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, text)

    def change(self) -> Change:
        """Return what was asked for."""
        data = self.cleaned_data
        person = {name: data[name] for name in ("person_name", "phone", "email", "start_date")}
        person["visibility"] = data["visibility"] or Visibility.ROLE
        place = {name: data[name] for name in ("role", "unit", "unit_email")}
        chosen = frozenset(task for task in self.counted if task.key in data["tasks"])
        return Change(
            phase=data["phase"],
            added=tuple(data["added"]),
            removed=tuple(data["removed"]),
            person=Person(**person) if data["contact"] else None,
            tasks=chosen if data["contact"] == "replace" else frozenset(),
            **(place if data["contact"] == "add" else {}),
        )


def _label(task: Task, number: int) -> str:
    cards = ngettext("%d kortti", "%d korttia", number) % number
    named = [task.person_name or _("ei henkilöä"), task.place]
    return f"{', '.join(filter(None, named))} ({cards})"
