"""A plan in words for people, and as data for programs."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from seuranta.report import MeasureReport, month_ranges
from sivusto.monitoring.intake.plan import (
    ACTIONS,
    FIELDS,
    Action,
    ImportPlan,
    PlannedMeasure,
    folded,
)
from sivusto.monitoring.reading.found import FLAGS, Scrap
from sivusto.wording import day

SHORT = 90


def months_in_words(measure: MeasureReport) -> str:
    """Write the months as ranges: ``11/2020, 1/2021–3/2021``."""
    return ", ".join(
        str(first) if first == last else f"{first}–{last}"
        for first, last in month_ranges(measure.months)
    )


def flags_in_words(flags: tuple[str, ...]) -> str:
    """Write what should be looked at."""
    return ", ".join(FLAGS[flag] for flag in flags)


def changes_in_words(planned: PlannedMeasure) -> str:
    """Name the fields that change, and whether the measure has moved besides."""
    is_moved_too = planned.is_moved and planned.action is Action.CHANGED
    told = [FIELDS[name] for name in planned.changes]
    return ", ".join(map(str, [ACTIONS[Action.MOVED], *told] if is_moved_too else told))


def title_in_words(planned: ImportPlan, title: str) -> str:
    """Write a work package's title, and that it has moved."""
    told = title or _("(ilman otsikkoa)")
    if folded(title) in planned.moved_packages:
        return _("%(title)s (siirtynyt)") % {"title": told}
    return told


def period_line(planned: ImportPlan) -> str:
    """Tell which period's status the report is."""
    start, end = planned.period
    text = (
        _("Tilanteet tulevat uudelle raportointijaksolle %(start)s – %(end)s.")
        if planned.opens_period
        else _("Tilanteet tulevat avoimelle raportointijaksolle %(start)s – %(end)s.")
    )
    return text % {"start": day(start), "end": day(end)}


def sum_line(planned: ImportPlan) -> str:
    """Tell in one line how many measures of each kind there are."""
    counts = planned.counts
    return _(
        "Toimenpiteitä %(all)d: uusia %(new)d, muuttuvia %(changed)d, siirtyneitä %(moved)d, "
        "ennallaan %(same)d. "
        "Ymmärtämättä jäi %(scraps)d kohtaa."
    ) % {
        "all": len(planned.measures),
        "new": counts[Action.NEW],
        "changed": counts[Action.CHANGED],
        "moved": counts[Action.MOVED],
        "same": counts[Action.UNCHANGED],
        "scraps": len(planned.reading.not_understood),
    }


def lines(planned: ImportPlan) -> Iterator[str]:
    """Write the plan line by line."""
    yield period_line(planned)
    for title, measures in planned.grouped():
        yield f"\n{title_in_words(planned, title)}"
        yield from map(_measure_line, measures)
    if planned.missing:
        yield "\n" + _("Hankkeella on toimenpiteitä, joita raportissa ei ole. Ne jäävät ennalleen:")
        yield from (f"  {_short(title)}" for title in planned.missing)
    if planned.reading.not_understood:
        yield "\n" + _("Tätä ei ymmärretty:")
        yield from map(_scrap_line, planned.reading.not_understood)
    yield from planned.reading.notes
    yield "\n" + sum_line(planned)


def _measure_line(planned: PlannedMeasure) -> str:
    facts = [months_in_words(planned.measure), changes_in_words(planned)]
    facts.append(flags_in_words(planned.flags))
    told = "; ".join(filter(None, facts))
    return f"  [{ACTIONS[planned.action]}] {_short(planned.measure.title)}" + (
        f" ({told})" if told else ""
    )


def _scrap_line(scrap: Scrap) -> str:
    return f"  {scrap.place}: ”{_short(scrap.text)}” – {scrap.reason}"


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def as_data(planned: ImportPlan) -> dict[str, Any]:
    """Return the plan as values for JSON: what was read, and what becomes of each measure."""
    data = planned.reading.as_data()
    steps = iter(planned.measures)
    for package in data["work_packages"]:
        for measure in package["measures"]:
            step = next(steps)
            measure |= {
                "action": step.action.value,
                "changes": list(step.changes),
                "is_moved": step.is_moved,
            }
    start, end = planned.period
    return {
        "project": planned.project.code,
        "period": {
            "start": start.isoformat(),
            "end": end.isoformat(),
            "is_new": planned.opens_period,
        },
        "counts": {action.value: number for action, number in planned.counts.items()},
        "missing": list(planned.missing),
        "moved_packages": sorted(planned.moved_packages),
        **data,
    }
