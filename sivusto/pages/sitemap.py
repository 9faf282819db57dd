"""What search engines are told of."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from hankkeet.models import Project
from salkut.models import Portfolio
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

    limit = 5000

    def items(self) -> QuerySet[Project]:
        """Return public projects in a stable order."""
        return Project.objects.public().order_by("pk").only("code", "updated_at")

    def lastmod(self, item: Project) -> Any:
        """Return when the card last changed."""
        return item.updated_at


class Groups(OurSitemap):
    """Portfolios and funders that have public projects."""

    def items(self) -> list[Model]:
        """Return them all; there are dozens."""
        return [*Portfolio.objects.all(), *queries.funders()]


class Pages(OurSitemap):
    """Pages of which there is one."""

    def items(self) -> list[str]:
        """Return their names in the address table."""
        return ["front", "portfolios", "projects", "funders", "accessibility", "privacy"]

    def location(self, item: str) -> str:
        """Return the page's address."""
        return reverse(item)


SITEMAPS: dict[str, type[Sitemap]] = {"hankkeet": Cards, "ryhmat": Groups, "sivut": Pages}
