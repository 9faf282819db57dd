"""The same list as a decent developer writes it in an afternoon: the peer of ``list_pages``.

The ORM, PostgreSQL's own Finnish full text search in a stored and indexed column, ``annotate`` and
``Count`` for the facets, Django's paginator and templates. Served by gunicorn as ours is.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.plain_settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.contrib.postgres.search import SearchQuery  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.db import models  # noqa: E402
from django.db.models import Count, Q, Sum  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

from hankkeet.models import Organisation, Phase, Project, ProjectType  # noqa: E402
from rahoitus.models import Funder  # noqa: E402
from salkut.models import Portfolio  # noqa: E402

PAGE = engines["django"].from_string("""<!doctype html><title>Hankkeet</title>
<p>{{ page.paginator.count }} hanketta, {{ cost|default:0|floatformat:"2g" }} €</p>
{% for title, options in facets %}<h2>{{ title }}</h2><ul>
{% for name, count in options %}<li>{{ name }} ({{ count }})</li>{% endfor %}</ul>{% endfor %}
<ol>{% for project in page %}<li><a href="/{{ project.code }}/">{{ project.name }}</a>
{{ project.get_phase_display }} {{ project.start_date|date }}–{{ project.end_date|date }}
{{ project.total_cost|floatformat:"2g" }}
{% for share in project.funding_shares.all %}{{ share.funder.name }} {% endfor %}</li>
{% endfor %}</ol>
<p>{{ page.number }} / {{ page.paginator.num_pages }}</p>""")
MOST = 12


def conditions(request: HttpRequest) -> dict[str, Q]:
    """Read what is asked, by facet."""
    found = {}
    if words := request.GET.get("q"):
        found["q"] = Q(text__vector=SearchQuery(words, config="finnish"))
    if phase := request.GET.get("vaihe"):
        found["vaihe"] = Q(phase=phase)
    if slug := request.GET.get("salkku"):
        found["salkku"] = Q(portfolios__slug=slug)
    return found


def listed(found: dict[str, Q], besides: str = "") -> models.QuerySet[Project]:
    projects = Project.objects.filter(publication="published")
    for name, condition in found.items():
        if name != besides:
            projects = projects.filter(condition)
    return projects


def facet(model: type[models.Model], to: str, projects: models.QuerySet[Project]) -> list:
    used = model.objects.filter(**{f"{to}__in": projects}).annotate(n=Count(to, distinct=True))
    return list(used.order_by("-n").values_list("name", "n")[:MOST])


def project_list(request: HttpRequest) -> HttpResponse:
    found = conditions(request)
    projects = listed(found).order_by("-start_date", "-id")
    shown = projects.prefetch_related("funding_shares__funder")
    page = Paginator(shown, 20).get_page(request.GET.get("sivu"))
    phases = listed(found, "vaihe").order_by().values_list("phase").annotate(n=Count("pk"))
    years = projects.order_by().values_list("start_date__year").annotate(n=Count("pk"))
    facets = [
        ("Vaihe", [(Phase(phase).label, n) for phase, n in phases]),
        ("Salkku", facet(Portfolio, "projects", listed(found, "salkku"))),
        ("Rahoittaja", facet(Funder, "funding_shares__project", projects)),
        ("Tyyppi", facet(ProjectType, "projects", projects)),
        ("Toteuttaja", facet(Organisation, "projects", projects)),
        ("Vuosi", list(years)),
    ]
    cost = projects.order_by().aggregate(cost=Sum("total_cost"))["cost"]
    return HttpResponse(PAGE.render({"page": page, "facets": facets, "cost": cost}, request))


urlpatterns = [path("", project_list)]
