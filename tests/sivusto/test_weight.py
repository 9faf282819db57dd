"""A page of the demo register weighs less than a photograph: at most 10 kB and three requests."""

import re
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.utils import timezone

from hankkeet.models import Project
from rahoitus.models import Funder
from salkut.models import Portfolio
from seuranta.models import ReportingPeriod
from sivusto.monitoring.demo import load_reports
from sivusto.transfer.demo import load_demo

pytestmark = pytest.mark.django_db

LIMIT = 10_000
STATIC = Path(settings.STATICFILES_DIRS[0])


@pytest.fixture
def demo():
    folder = Path(settings.BASE_DIR) / "fixtures" / "demo"
    load_demo(folder)
    load_reports(folder)


@cache
def weight_of_file(name):
    return len(brotli.compress((STATIC / name).read_bytes()))


def weight(client, path):
    """Bytes over the wire for a first visit, with the files as they are served compressed."""
    response = client.get(path, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response["Content-Encoding"] == "gzip"
    text = client.get(path).text
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', text)
    assert len(files) <= 2
    assert not re.findall(r'<(?:img|script|link rel="stylesheet")[^>]*//', text)
    return len(response.content) + sum(map(weight_of_file, files))


@pytest.mark.parametrize(
    "path",
    ["/", "/hankkeet/", "/hankkeet/?q=jokilahti", "/rahoittajat/", "/salkut/", "/tulokset/"],
)
def test_lists_are_light(client, demo, path):
    assert weight(client, path) <= LIMIT


def test_pages_of_monitoring_are_light(client, demo):
    projects = {period.project for period in ReportingPeriod.objects.public()}
    portfolios = {portfolio for project in projects for portfolio in project.portfolios.all()}
    pages = [f"{thing.get_absolute_url()}seuranta/" for thing in projects | portfolios]
    pages += [f"{each.get_absolute_url()}seuranta/aikajana/" for each in portfolios]
    assert len(pages) > 2
    assert max(weight(client, page) for page in pages) <= LIMIT


def test_cards_of_the_past_and_their_histories_are_light(client, demo):
    day = timezone.localdate().isoformat()
    weights = {
        path: weight(client, path)
        for project in Project.objects.public()
        for path in (
            f"{project.get_absolute_url()}?pvm={day}",
            f"{project.get_absolute_url()}muutokset/",
        )
    }
    assert len(weights) > 100
    assert max(weights.values()) <= LIMIT, max(weights, key=weights.get)


def test_cards_portfolios_and_funders_are_light(client, demo):
    things = [*Project.objects.public(), *Portfolio.objects.all(), *Funder.objects.all()]
    weights = {}
    for thing in things:
        path = thing.get_absolute_url()
        if client.get(path).status_code == 200:
            weights[path] = weight(client, path)
        if isinstance(thing, Project):
            weights[f"{path}palaute/"] = weight(client, f"{path}palaute/")
    assert len(weights) > 50
    assert max(weights.values()) <= LIMIT, max(weights, key=weights.get)
