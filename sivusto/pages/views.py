"""The pages around the list and the card."""

import sys
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.defaults import server_error
from django.views.generic import DetailView, ListView, TemplateView

from hankkeet.models import Phase, Project, Result
from seuranta.models import ReportingPeriod
from sivusto.card.queries import rows
from sivusto.figures.counting import count_changes
from sivusto.freshness.outage import is_outage, unavailable
from sivusto.models import PageText
from sivusto.pages import icon, queries
from sivusto.pages.sitemap import parts
from sivusto.pages.slices import FromEitherEnd
from sivusto.pages.timeline import Span, Timeline, draw

ON_FRONT_PAGE = 6
ON_TIMELINE = 40
PAGE_SIZE = 20
FUNDERS_ON_PAGE = 100


class FrontPage(TemplateView):
    """What the city is doing."""

    template_name = "pages/front.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add figures, portfolios, and the newest and running projects."""
        count_changes()
        public = rows().public()
        return super().get_context_data(**kwargs) | {
            "figures": queries.register_figures(),
            "portfolios": queries.portfolios().filter(number__gt=0),
            "running": public.running()[:ON_FRONT_PAGE],
            "newest": public.order_by(F("published_at").desc(nulls_last=True), "-pk")[
                :ON_FRONT_PAGE
            ],
        }


class PortfolioListView(ListView):
    """All portfolios with their figures."""

    template_name = "salkut/list.html"
    context_object_name = "portfolios"

    def get_queryset(self) -> QuerySet[Any]:
        """Return portfolios, also those without projects."""
        count_changes()
        return queries.portfolios().select_related("predecessor")


class AddressedView(DetailView):
    """A thing at its slug; a slug that it has had before redirects."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the thing, or lead to its present address."""
        count_changes()
        slug = str(kwargs["slug"])
        found = self.get_queryset().at_address(slug).first()  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        if found.slug != slug:
            return redirect(found, permanent=True)
        self.object = found
        return self.render_to_response(self.get_context_data(object=found))

    def page_of(self, objects: QuerySet[Any], number: int) -> Any:
        """Return the asked page of the so many things below it."""
        things: Any = FromEitherEnd(objects, number)
        return Paginator(things, PAGE_SIZE).get_page(self.request.GET.get("sivu"))


class PortfolioView(AddressedView):
    """A portfolio: what it is for, its figures, its time line and its projects."""

    template_name = "salkut/detail.html"
    context_object_name = "portfolio"

    def get_queryset(self) -> QuerySet[Any]:
        """Return portfolios with their figures."""
        reports = ReportingPeriod.objects.public().filter(project__portfolios=OuterRef("pk"))
        portfolios: QuerySet[Any] = queries.portfolios().annotate(has_reports=Exists(reports))
        return portfolios.select_related("predecessor").prefetch_related("successors")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the projects and the time line."""
        projects = Project.objects.public().filter(portfolios=self.object)
        return super().get_context_data(**kwargs) | {
            "timeline": _timeline(projects),
            "timeline_limit": ON_TIMELINE,
            "has_results": Result.objects.public()
            .in_use()
            .filter(project__portfolios=self.object)
            .exists(),
            "page_obj": self.page_of(
                rows().public().filter(portfolios=self.object), self.object.number
            ),
        }


class FunderListView(TemplateView):
    """Funders of public projects, the biggest payers first, so many on a page."""

    template_name = "rahoittajat/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the asked page of funders with their figures."""
        count_changes()
        funders = queries.funders().order_by(F("amount").desc(nulls_last=True), "-number", "pk")
        page = Paginator(funders, FUNDERS_ON_PAGE).get_page(self.request.GET.get("sivu"))
        return super().get_context_data(**kwargs) | {"page_obj": page}


class FunderView(AddressedView):
    """A funder: what it pays, in what, by programme and year."""

    template_name = "rahoittajat/detail.html"
    context_object_name = "funder"

    def get_queryset(self) -> QuerySet[Any]:
        """Return funders with their figures."""
        return queries.funders()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sums and the shares."""
        shares = queries.counted_shares().filter(funder=self.object)
        return super().get_context_data(**kwargs) | {
            "by_programme": queries.by_programme(self.object),
            "by_year": queries.by_year(self.object),
            "without_amount": self.object.unstated,
            "has_proposals": self.object.proposals,
            "page_obj": self.page_of(
                shares.select_related("project", "programme").order_by(
                    F("project__start_date").desc(nulls_last=True), "-project__pk", "pk"
                ),
                self.object.shares,
            ),
        }


@require_safe
def page_text(request: HttpRequest, page: str) -> HttpResponse:
    """Show a text that staff have written."""
    text = PageText.objects.filter(page=page).first()
    if text is None:
        raise Http404
    return render(request, "pages/text.html", {"text": text})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what to leave alone and where the sitemap is."""
    sitemap = f"{settings.PUBLIC_ADDRESS}{reverse('sitemap')}"
    body = f"User-agent: *\nDisallow: /yllapito/\n\nSitemap: {sitemap}\n"
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the parts of the sitemap are."""
    context = {"sitemaps": parts()}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@require_safe
@cache_control(max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Give the icon to browsers that ask for it by habit."""
    return HttpResponse(icon.SVG, content_type="image/svg+xml")


def failure(request: HttpRequest) -> HttpResponse:
    """Answer what went wrong: the database is away for now, or the fault is ours."""
    return unavailable(request) if is_outage(sys.exc_info()[1]) else server_error(request)


def _timeline(projects: QuerySet[Project]) -> Timeline | None:
    """Draw the newest projects that have a beginning, the earliest of them first."""
    by_start = F("start_date").desc(nulls_last=True)  # as the index has them
    newest = projects.filter(start_date__isnull=False).order_by(by_start, "-pk")[:ON_TIMELINE]
    found = sorted(newest, key=lambda project: (project.start_date, project.pk))
    today = timezone.localdate()
    spans = []
    for project in found:
        end = project.end_date
        if end is None and project.phase in (Phase.ENDED, Phase.DISCONTINUED):
            end = project.start_date  # it has ended, nobody knows when
        spans.append(Span(project, project.start_date, end))
    return draw(spans, today)
