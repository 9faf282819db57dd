"""The list of projects: filters, order and page are all in its address."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from django_filters.views import FilterView

from hankkeet.models import Project
from sivusto.card.queries import rows
from sivusto.pages.context import finnish_mark
from sivusto.search import address
from sivusto.search.bitmaps.answering import outcome
from sivusto.search.facets import facets
from sivusto.search.filters import ProjectFilter
from sivusto.search.passages import found_rows
from sivusto.search.selection import FACETS
from sivusto.security import inline

PAGE_SIZE = 20
VALUES_AT_A_TIME = 100


class ProjectListView(FilterView):
    """Public projects that the filters let through; a filter that makes no sense is told of."""

    filterset_class = ProjectFilter
    template_name = "hankkeet/list.html"
    context_object_name = "projects"
    paginate_by = PAGE_SIZE
    page_kwarg = "sivu"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer; an address with empty parts, as a form sends them, leads to the tidy one."""
        if address.is_untidy(request.GET):
            return HttpResponseRedirect(f"{request.path}{address.tidy(request.GET)}")
        self.filterset = self.get_filterset(self.filterset_class)
        self.object_list = self.get_queryset()  # asked only when the page's keys are known
        return self.render_to_response(self.get_context_data(filter=self.filterset))

    def get_queryset(self) -> QuerySet[Project]:
        """Return what anybody may see."""
        return Project.objects.public()

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """Cut out the asked page; a number beyond the last page means the last one."""
        number = whole_number(self.request.GET.get(self.page_kwarg, ""))
        self.outcome = outcome(self.filterset.selection, number, page_size)
        public = rows().public().order_by()
        found = {project.pk: project for project in public.filter(pk__in=self.outcome.keys)}
        projects = [found[key] for key in self.outcome.keys if key in found]
        paginator = Paginator(projects, page_size)
        paginator.count = self.outcome.number
        page = Page(projects, self.outcome.page, paginator)
        return paginator, page, projects, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the answer sentence and the filters need."""
        context = super().get_context_data(**kwargs)
        filterset, found = self.filterset, self.outcome
        search = filterset.search
        query = urlencode(address.asked(filterset))
        question = f"?{query}" if query else ""
        return context | {
            "form": filterset.form,
            "search": search,
            "rows": found_rows(context["projects"], search.query if search else None),
            "totals": {
                "number": found.number,
                "cost": found.cost,
                "without_cost": found.without_cost,
            },
            "facets": facets(filterset.selection, found),
            "chips": address.chips(filterset),
            "without_facets": address.without_facets(filterset),
            "orders": address.orders(filterset),
            "asked": QueryDict(query),
            "permalink": f"{settings.PUBLIC_ADDRESS}{self.request.path}{question}",
            "feed": f"{settings.PUBLIC_ADDRESS}{reverse('list_atom')}{question}",
            "page_numbers": context["paginator"].get_elided_page_range(
                found.page, on_each_side=1, on_ends=1
            ),
            "loader": mark_safe(inline.LOADER),  # ours, named in the policy by its hash
        }


@require_safe
def facet_values(request: HttpRequest, name: str) -> HttpResponse:
    """Offer every value of a facet to be ticked, some at a time; the rest of the list is kept."""
    if name not in FACETS:
        raise Http404
    filterset = ProjectFilter(request.GET or None)
    found = outcome(filterset.selection, page=1, size=1)
    [facet] = [f for f in facets(filterset.selection, found, [name]) if f.name == name]
    part = Paginator(facet.options, VALUES_AT_A_TIME).get_page(request.GET.get("osa"))
    here = {(name, option.value) for option in part}
    kept = [pair for pair in address.asked(filterset) if pair not in here]
    mark = finnish_mark() if facet.is_content else ""
    context = {"facet": facet, "part": part, "kept": kept, "mark": mark}
    return render(request, "hankkeet/values.html", context)


def whole_number(text: str) -> int:
    """Read a page number; what is none means the first page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
