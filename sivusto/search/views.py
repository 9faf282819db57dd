"""The list of projects: filters, order and page are all in its address."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django_filters.views import FilterView

from hankkeet.models import Project
from sivusto.card.queries import rows
from sivusto.search.counting import outcome
from sivusto.search.facets import facets
from sivusto.search.filters import ProjectFilter
from sivusto.search.passages import found_rows

PAGE_SIZE = 20


class ProjectListView(FilterView):
    """Public projects that the filters let through; a filter that makes no sense is told of."""

    filterset_class = ProjectFilter
    template_name = "hankkeet/list.html"
    context_object_name = "projects"
    paginate_by = PAGE_SIZE
    page_kwarg = "sivu"
    unfolded_kwarg = "kaikki"  # names of facets whose every value is shown
    strict = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer; an address with empty parts, as a form sends them, leads to the tidy one."""
        if any("" in values for _name, values in request.GET.lists()):
            return HttpResponseRedirect(f"{request.path}{tidy(request.GET)}")
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_queryset(self) -> QuerySet[Project]:
        """Return what anybody may see, as rows need it."""
        return rows().public()

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """Cut out the asked page; a number beyond the last page means the last one."""
        number = whole_number(self.request.GET.get(self.page_kwarg, ""))
        self.outcome = outcome(self.filterset.selection, number, page_size)
        found = rows().public().in_bulk(self.outcome.keys)
        projects = [found[key] for key in self.outcome.keys if key in found]
        paginator = Paginator(projects, page_size)
        paginator.count = self.outcome.number
        page = Page(projects, self.outcome.page, paginator)
        return paginator, page, projects, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the answer sentence and the filters need."""
        context = super().get_context_data(**kwargs)
        form, search = context["filter"].form, context["filter"].search
        query, unfolded = self.request.GET, self.request.GET.getlist(self.unfolded_kwarg)
        selection = self.filterset.selection
        return context | {
            "form": form,
            "search": search,
            "rows": found_rows(context["projects"], search.query if search else None),
            "totals": {
                "number": self.outcome.number,
                "cost": self.outcome.cost,
                "without_cost": self.outcome.without_cost,
            },
            "facets": facets(selection, self.outcome, unfolded),
            "page_numbers": context["paginator"].get_elided_page_range(
                self.outcome.page, on_each_side=1, on_ends=1
            ),
            "is_filtered": any(name in form.fields for name in query),
        }


def whole_number(text: str) -> int:
    """Read a page number; what is none means the first page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def tidy(query: QueryDict) -> str:
    """Return ``?`` and the query without its empty parts, "" when none are left."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if filled := [value for value in values if value]:
            kept.setlist(name, filled)
    return f"?{kept.urlencode()}" if kept else ""
