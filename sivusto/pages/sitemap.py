"""What search engines are told of."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import Exists, Max, Model, OuterRef, Q, QuerySet
from django.urls import reverse

from hankkeet.models import AttachmentText, Project
from salkut.models import Portfolio
from seuranta.models import PeriodState, ReportingPeriod
from sivusto.figures.counting import count_changes
from sivusto.pages import queries


class OurSitemap(Sitemap):
    """Addresses below the site's own public one, whatever name the request called us by."""

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the scheme of the public address."""
        return urlsplit(settings.PUBLIC_ADDRESS).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the host, with its port, of the public address."""
        return urlsplit(settings.PUBLIC_ADDRESS).netloc


class Cards(OurSitemap):
    """Public cards."""

    limit = 2000  # far below the 50 000 that the protocol allows: a part is made while one waits

    def items(self) -> QuerySet[Project]:
        """Return public projects in a stable order."""
        return Project.objects.public().order_by("pk").only("code", "updated_at")

    def lastmod(self, item: Project) -> Any:
        """Return when the card last changed."""
        return item.updated_at

    def get_latest_lastmod(self) -> Any:
        """Return when any of them last changed, without loading them."""
        return Project.objects.public().aggregate(latest=Max("updated_at"))["latest"]


class Reports(OurSitemap):
    """Pages of monitoring, of projects with a published report."""

    limit = 2000

    def items(self) -> QuerySet[Project]:
        """Return public projects that have one, with when the last was published."""
        projects: QuerySet[Project] = Project.objects.public()
        return (
            projects.only("code")
            .annotate(
                reported_at=Max(
                    "reporting_periods__published_at",
                    filter=Q(reporting_periods__state=PeriodState.PUBLISHED),
                )
            )
            .filter(reported_at__isnull=False)
            .order_by("pk")
        )

    def location(self, item: Project) -> str:
        """Return the page's address."""
        return reverse("monitoring", args=[item.code])

    def lastmod(self, item: Any) -> Any:
        """Return when its last report was published."""
        return item.reported_at

    def get_latest_lastmod(self) -> Any:
        """Return when any was published, without loading them."""
        return ReportingPeriod.objects.public().aggregate(latest=Max("published_at"))["latest"]


class PortfolioReports(OurSitemap):
    """Monitoring of portfolios whose projects have reported."""

    def items(self) -> QuerySet[Any]:
        """Return the portfolios."""
        reports = ReportingPeriod.objects.public().filter(project__portfolios=OuterRef("pk"))
        return Portfolio.objects.filter(Exists(reports)).order_by("pk")

    def location(self, item: Portfolio) -> str:
        """Return the page's address."""
        return reverse("portfolio_monitoring", args=[item.slug])


class Texts(OurSitemap):
    """Attachments that can be read as text."""

    limit = 2000

    def items(self) -> QuerySet[AttachmentText]:
        """Return the public texts without what they say."""
        texts = AttachmentText.objects.public().with_text().select_related("attachment__project")
        return texts.only("attachment__project__code").order_by("pk")


class Groups(OurSitemap):
    """Portfolios and funders that have public projects."""

    def items(self) -> list[Model]:
        """Return them all; there are dozens."""
        count_changes()
        return [*Portfolio.objects.all(), *queries.funders()]


class Pages(OurSitemap):
    """Pages of which there is one."""

    def items(self) -> list[str]:
        """Return their names in the address table."""
        return [
            *("front", "portfolios", "projects", "funders", "results"),
            *("accessibility", "privacy"),
        ]

    def location(self, item: str) -> str:
        """Return the page's address."""
        return reverse(item)


SITEMAPS: dict[str, type[Sitemap]] = {
    "hankkeet": Cards,
    "seurannat": Reports,
    "salkkujen-seurannat": PortfolioReports,
    "liitteet": Texts,
    "ryhmat": Groups,
    "sivut": Pages,
}


def parts() -> Iterator[SitemapIndexItem]:
    """Give the address of every part of the sitemap, so many cards in each."""
    for section, kind in SITEMAPS.items():
        part = kind()
        address = settings.PUBLIC_ADDRESS + reverse("sitemap_part", args=[section])
        latest: Any = part.get_latest_lastmod()
        for page in part.paginator.page_range:
            yield SitemapIndexItem(f"{address}?p={page}" if page > 1 else address, latest)
