"""The form by which a project tells how its measures go, last period's words beside the new."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seuranta.models import Measure, ReportingPeriod, State, StatusEntry
from seuranta.report import MeasureReport, Report
from seuranta.standing import pairs
from seuranta.tables import report_of
from sivusto.monitoring.reading.lighttext import from_plain
from sivusto.monitoring.wording import months_in_words

FIELDS = ("state", "status", "next_steps")
LONGEST = 20_000


class GrownOldError(Exception):
    """Somebody else has saved the report since the form was opened."""


class LightTextField(forms.CharField):
    """Text whose lists and spaces are written as reports have them."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, "cols": 50}))
        super().__init__(required=False, max_length=LONGEST, **kwargs)

    def clean(self, value: Any) -> str:
        """Return light text."""
        return from_plain(super().clean(value))


class EntryForm(forms.Form):
    """What is told of one measure."""

    state = forms.ChoiceField(
        label=gettext_lazy("Tila"),
        required=False,
        choices=[("", gettext_lazy("Ei ilmoitettu")), *State.choices],
    )
    status = LightTextField(label=gettext_lazy("Tilanne"))
    next_steps = LightTextField(label=gettext_lazy("Jatkotoimenpiteet"))


@dataclass
class FilledMeasure:
    """A measure on the form with what the period before told of it."""

    package: str
    measure: Measure
    form: EntryForm
    before: MeasureReport | None

    @property
    def months(self) -> str:
        """The planned months in words."""
        return months_in_words(self.measure.months())


def earlier(period: ReportingPeriod) -> tuple[ReportingPeriod | None, Report | None]:
    """Return the period before this one, and its report: as locked, or as written so far."""
    before = (
        ReportingPeriod.objects.filter(project=period.project_id, end_date__lt=period.end_date)
        .order_by("-end_date", "-start_date")
        .first()
    )
    if before is None:
        return None, None
    return before, report_of(period.project, before) if before.is_open else before.report


def measures_of(period: ReportingPeriod, data: Any = None) -> list[FilledMeasure]:
    """Return the measures with their forms, in four queries of any size."""
    _before, report = earlier(period)
    known = {entry.measure_id: entry for entry in period.entries.all()}
    measures = list(
        Measure.objects.filter(work_package__project=period.project_id)
        .select_related("work_package")
        .prefetch_related("planned_ranges")
        .order_by("work_package__position", "work_package_id", "position", "id")
    )
    told = pairs(report, report_of(period.project))
    return [
        FilledMeasure(
            measure.work_package.title,
            measure,
            EntryForm(data, prefix=f"m{measure.pk}", initial=_initial(known.get(measure.pk))),
            before,
        )
        for measure, before in zip(measures, told, strict=True)
    ]


def _initial(entry: StatusEntry | None) -> dict[str, str]:
    return {name: getattr(entry, name) for name in FIELDS} if entry else {}


def save(
    period: ReportingPeriod, filled: list[FilledMeasure], version: str, *, is_sent: bool
) -> int:
    """Write what valid forms say; return how many measures changed.

    Raises GrownOldError, and writes nothing, where the period is no longer open or another has
    saved since `version`.
    """
    with transaction.atomic():
        now = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
        if not now.is_open or now.updated_at.isoformat() != version:
            raise GrownOldError
        changed = [each for each in filled if each.form.has_changed()]
        StatusEntry.objects.bulk_create(
            (
                StatusEntry(period=now, measure=each.measure, **each.form.cleaned_data)
                for each in changed
            ),
            update_conflicts=True,
            unique_fields=["period", "measure"],
            update_fields=list(FIELDS),
            batch_size=1000,
        )
        if is_sent:
            now.submitted_at = timezone.now()
        now.save(update_fields=["submitted_at", "updated_at"])
    return len(changed)


def copied(filled: list[FilledMeasure], data: Any) -> Any:
    """Return what was sent, its empty fields filled with the words of the period before."""
    values = data.copy()
    for each in filled:
        for name in FIELDS if each.before else ():
            key = each.form.add_prefix(name)
            if not values.get(key, "").strip():
                values[key] = getattr(each.before, name)
    return values


def problems(filled: list[FilledMeasure]) -> Iterator[str]:
    """Name each measure that has not been told of."""
    for each in filled:
        values = each.form.cleaned_data if each.form.is_bound else each.form.initial
        if not any(values.get(name) for name in FIELDS):
            yield _("Toimenpiteestä ”%(title)s” ei ole kerrottu mitään.") % {
                "title": each.measure.title[:90]
            }
