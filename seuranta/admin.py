"""The tables of monitoring; what is done with them every day has screens of its own."""

from django.contrib import admin

from seuranta.models import Measure, PlannedRange, ReportingPeriod, StatusEntry, WorkPackage


class MeasureInline(admin.TabularInline):
    """The measures of a work package."""

    model = Measure
    fields = ["title", "unit", "position"]
    extra = 0
    show_change_link = True


class PlannedRangeInline(admin.TabularInline):
    """The months of a measure."""

    model = PlannedRange
    extra = 0


@admin.register(WorkPackage)
class WorkPackageAdmin(admin.ModelAdmin):
    """Work packages and goals."""

    list_display = ["__str__", "project", "position"]
    list_select_related = ["project"]
    search_fields = ["title", "project__name", "project__code"]
    raw_id_fields = ["project"]
    inlines = [MeasureInline]


@admin.register(Measure)
class MeasureAdmin(admin.ModelAdmin):
    """Measures with their months."""

    list_display = ["title", "work_package", "unit"]
    list_select_related = ["work_package"]
    search_fields = ["title", "work_package__title", "work_package__project__code"]
    raw_id_fields = ["work_package"]
    inlines = [PlannedRangeInline]


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(admin.ModelAdmin):
    """Periods; their state moves on the monitoring screens, which keep what is locked."""

    list_display = ["project", "start_date", "end_date", "due_date", "state", "submitted_at"]
    list_select_related = ["project"]
    list_filter = ["state"]
    search_fields = ["project__name", "project__code"]
    raw_id_fields = ["project"]
    readonly_fields = ["state", "submitted_at", "reminded_at", "published_at"]


@admin.register(StatusEntry)
class StatusEntryAdmin(admin.ModelAdmin):
    """What was told of each measure; that of a locked period is not changed any more."""

    list_display = ["measure", "period", "state"]
    list_select_related = ["measure", "period"]
    search_fields = ["measure__title", "period__project__code"]
    raw_id_fields = ["period", "measure"]

    def has_change_permission(self, request: object, obj: StatusEntry | None = None) -> bool:
        """Allow while the period is open."""
        is_open = obj is None or obj.period.is_open
        return is_open and super().has_change_permission(request, obj)  # type: ignore[arg-type]
