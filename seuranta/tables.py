"""A project's plan and a period's entries as one report, in four queries of any size."""

from hankkeet.models import Project
from seuranta.models import Measure, ReportingPeriod, StatusEntry, WorkPackage
from seuranta.report import MeasureReport, Report, WorkPackageReport


def report_of(project: Project, period: ReportingPeriod | None = None) -> Report:
    """Return the measures as they are planned now with what an open period says of them.

    Of a locked period this is what it would be if it were locked now; what it is stands in its
    ``report``.
    """
    entries = {
        entry.measure_id: entry
        for entry in (StatusEntry.objects.filter(period=period) if period else ())
    }
    packages = WorkPackage.objects.filter(project=project).prefetch_related(
        "measures__planned_ranges"
    )
    return Report(
        tuple(
            WorkPackageReport(
                package.title,
                tuple(
                    _measure(measure, entries.get(measure.pk)) for measure in package.measures.all()
                ),
            )
            for package in packages
        )
    )


def _measure(measure: Measure, entry: StatusEntry | None) -> MeasureReport:
    told = (
        {"state": entry.state, "status": entry.status, "next_steps": entry.next_steps}
        if entry
        else {}
    )
    return MeasureReport(
        measure.title, measure.details, measure.unit, months=measure.months(), **told
    )
