"""The tables of monitoring in the admin, with the rights of the card that they belong to."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from hankkeet.models import Project
from salkut.rows import NamedTabularInline
from seuranta.models import Measure, PlannedRange, StatusEntry, WorkPackage
from sivusto.staff import rights


class CardRightsMixin(admin.ModelAdmin):
    """Lets those edit who edit the card; everybody whose work it is sees."""

    def project_of(self, row: Any) -> Project:
        """Return the project that a row belongs to."""
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show to whose work it is."""
        return rights.may_view(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to whose work it is."""
        return rights.may_view(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to who edits any card; the form offers only those."""
        return rights.may_edit(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to who edits the card."""
        return rights.may_edit(request.user, self.project_of(obj) if obj else None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to who edits the card."""
        return obj is not None and self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only what belongs to cards that the person edits."""
        hers = rights.editable_by(request.user)
        choices: dict[str, QuerySet[Any]] = {
            "project": hers,
            "work_package": WorkPackage.objects.filter(project__in=hers.values("pk")),
        }
        if db_field.name in choices:
            kwargs["queryset"] = choices[db_field.name]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RowsOfCardMixin(NamedTabularInline):
    """Rows within such a table follow its rights."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to whose work it is."""
        return rights.may_view(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to who edits the card."""
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to who edits the card."""
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow to who edits the card."""
        return self._may_edit(request, obj)

    def _may_edit(self, request: HttpRequest, obj: Any) -> bool:
        parent: Any = self.admin_site.get_model_admin(self.parent_model)
        return bool(parent.has_change_permission(request, obj))


class MeasureInline(RowsOfCardMixin):
    """The measures of a work package."""

    model = Measure
    fields = ["title", "unit", "position"]
    show_change_link = True


class PlannedRangeInline(RowsOfCardMixin):
    """The months of a measure."""

    model = PlannedRange


@admin.register(WorkPackage)
class WorkPackageAdmin(CardRightsMixin):
    """Work packages and goals."""

    list_display = ["__str__", "project", "position"]
    list_select_related = ["project"]
    search_fields = ["title", "project__name", "project__code"]
    raw_id_fields = ["project"]
    inlines = [MeasureInline]

    def project_of(self, row: WorkPackage) -> Project:
        """Return the package's project."""
        return row.project


@admin.register(Measure)
class MeasureAdmin(CardRightsMixin):
    """Measures with their months."""

    list_display = ["title", "work_package", "unit"]
    list_select_related = ["work_package"]
    search_fields = ["title", "work_package__title", "work_package__project__code"]
    raw_id_fields = ["work_package"]
    inlines = [PlannedRangeInline]

    def project_of(self, row: Measure) -> Project:
        """Return the project of the measure's package."""
        return row.work_package.project


@admin.register(StatusEntry)
class StatusEntryAdmin(CardRightsMixin):
    """What was told of each measure, to be looked at: it is written on the period's own form."""

    list_display = ["measure", "period", "state"]
    list_select_related = ["measure", "period"]
    search_fields = ["measure__title", "period__project__code"]

    def project_of(self, row: StatusEntry) -> Project:
        """Return the period's project."""
        return row.period.project

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a period has a form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a period has a form, which knows whether it is open."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: what was told is kept."""
        return False
