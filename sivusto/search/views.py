"""The list of projects: filters, order and page are all in its address."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django_filters.views import FilterView

from hankkeet.models import Project
from sivusto.card.queries import rows
from sivusto.search.engine import Search
from sivusto.search.facets import facets
from sivusto.search.filters import ProjectFilter
from sivusto.search.passages import found_rows
from sivusto.search.ranked import Ranked

PAGE_SIZE = 20


class ProjectListView(FilterView):
    """Public projects that the filters let through; a filter that makes no sense is told of."""

    filterset_class = ProjectFilter
    template_name = "hankkeet/list.html"
    context_object_name = "projects"
    paginate_by = PAGE_SIZE
    page_kwarg = "sivu"
    strict = False

    def get_queryset(self) -> QuerySet[Project]:
        """Return what anybody may see, as rows need it."""
        return rows().public()

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """Cut out the asked page; a number beyond the last page means the last one."""
        self.totals = totals(queryset)
        by_rank = self.filterset.is_by_rank and self.totals["number"]
        ordered: Any = (
            Ranked(queryset, self.filterset.search.best(queryset)) if by_rank else queryset
        )
        paginator = Paginator(ordered, page_size)
        paginator.count = self.totals["number"]
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the answer sentence and the filters need."""
        context = super().get_context_data(**kwargs)
        form = context["filter"].form
        search: Search | None = context["filter"].search
        filled = [n for n, value in self.request.GET.items() if value and n in form.fields]
        return context | {
            "form": form,
            "search": search,
            "rows": found_rows(list(context["projects"]), search.query if search else None),
            "totals": self.totals,
            "facets": facets(self.request.GET),
            "page_numbers": context["paginator"].get_elided_page_range(
                context["page_obj"].number, on_each_side=1, on_ends=1
            ),
            "is_filtered": any(filled),
            "is_narrowed": any(name not in ("q", "jarjestys") for name in filled),
        }


def totals(projects: QuerySet[Project]) -> dict[str, Any]:
    """Return the number of projects, their cost together, and how many have no cost stated."""
    return projects.order_by().aggregate(
        number=Count("pk"),
        cost=Sum("total_cost"),
        without_cost=Count("pk", filter=Q(total_cost__isnull=True)),
    )
