"""The table of cards out of the list, to be edited in a spreadsheet and brought in again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hankkeet.models import Project
from sivusto.answers.views import XLSX
from sivusto.transfer.table.columns import table_rows
from sivusto.transfer.table.exporting import table_csv, table_workbook
from sivusto.transfer.table.planning import MOST_ROWS


class TableExportMixin(admin.ModelAdmin):
    """Two actions of the list: the chosen cards as XLSX and as CSV."""

    @admin.action(
        description=gettext_lazy("Vie taulukkona muokattavaksi (Excel)"), permissions=["view"]
    )
    def export_workbook(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Give the chosen cards as a workbook."""
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        file = table_workbook(chosen)
        return FileResponse(file, filename=f"{_stem()}.xlsx", as_attachment=True, content_type=XLSX)

    @admin.action(
        description=gettext_lazy("Vie taulukkona muokattavaksi (CSV)"), permissions=["view"]
    )
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Give the chosen cards as CSV."""
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        response = HttpResponse(table_csv(chosen), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{_stem()}.csv"'
        return response

    def _chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Return the chosen cards with what the table shows; tell if they are too many."""
        keys = list(queryset.order_by().values_list("pk", flat=True)[: MOST_ROWS + 1])
        if len(keys) > MOST_ROWS:
            text = _("Vie kerralla enintään %(most)d korttia.") % {"most": MOST_ROWS}
            self.message_user(request, text, messages.ERROR)
            return None
        return table_rows(Project.objects.filter(pk__in=keys).order_by("name", "pk"))


def _stem() -> str:
    return f"hankkeet-{timezone.localdate().isoformat()}"
