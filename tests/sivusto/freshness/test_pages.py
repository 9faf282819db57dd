"""A finished page is answered again until something changes, and never to the wrong reader."""

import threading
from datetime import UTC, datetime
from unittest import mock

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from hankkeet.models import Project
from sivusto.freshness.pages import LONGEST_QUERY, PageCacheMiddleware, tidied
from sivusto.models import Pending
from sivusto.search.index import catch_up
from tests.builders import a_draft, a_portfolio, a_project, a_share

pytestmark = pytest.mark.django_db(transaction=True)

VERSION_ONLY = 0  # besides the question for the version, which passes Django's cursors by


@pytest.fixture(autouse=True)
def _cache(settings):
    settings.PAGE_CACHE_BYTES = 8_000_000


@pytest.fixture
def filled():
    project = a_project()
    project.portfolios.add(a_portfolio())
    a_share(project, amount=90_000)
    catch_up()
    return project


PAGES = ["/", "/hankkeet/", "/hankkeet/?q=kirjastoauto", "/salkut/", "/sv/rahoittajat/"]
PAGES += ["/robots.txt", "/sitemap.xml", "/opensearch.xml", "/hankkeet/luettelo.atom"]


@pytest.mark.parametrize("path", PAGES)
def test_the_second_reader_costs_no_query_but_the_version(
    client, filled, path, django_assert_num_queries
):
    first = client.get(path)
    with django_assert_num_queries(VERSION_ONLY):
        second = client.get(path)
    assert second.content == first.content
    assert second.headers == first.headers
    assert second.headers["Cache-Control"] == "no-cache"
    assert second.headers["Vary"] == "Accept-Encoding"


def test_every_change_is_on_the_next_page_in_every_process(filled):
    workers = [Client(), Client()]  # each has its own shelf, as each process has
    for name in ("Kirjastovene", "Kirjastolautta"):
        Project.objects.filter(pk=filled.pk).update(name=name)
        for worker in workers:
            for path in ("/", "/hankkeet/", filled.get_absolute_url(), "/hankkeet/?q=" + name):
                assert name in worker.get(path).text
                assert name in worker.get(path).text


def test_a_page_of_yesterday_is_made_anew_at_midnight_in_finland(rf):
    made = []
    cache = PageCacheMiddleware(lambda request: made.append(1) or HttpResponse("a"))
    for hour, pages in ((20, 1), (20, 1), (21, 2), (21, 2)):  # UTC, in the summer
        now = datetime(2026, 3, 29, hour, 59, 59, tzinfo=UTC)
        with mock.patch.object(timezone, "now", return_value=now):
            cache(rf.get("/"))
        assert len(made) == pages


def test_a_reader_who_has_the_page_is_told_so(client, filled, django_assert_num_queries):
    etag = client.get("/").headers["ETag"]
    for method in (client.get, client.head):
        with django_assert_num_queries(VERSION_ONLY):
            answer = method("/", headers={"if-none-match": f'"other", {etag}'})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == etag
        for header in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options"):
            assert header in answer.headers
        assert answer.headers["Cache-Control"] == "no-cache"
    Project.objects.filter(pk=filled.pk).update(name="Kirjastovene")
    assert client.get("/", headers={"if-none-match": etag}).status_code == 200


def test_a_change_elsewhere_leaves_the_readers_copy_right(client, filled):
    etag = client.get(filled.get_absolute_url()).headers["ETag"]
    a_share(a_project("Toinen hanke"), "Säätiö")
    answer = client.get(filled.get_absolute_url(), headers={"if-none-match": etag})
    assert answer.status_code == 304


def test_a_page_comes_in_the_coding_that_the_reader_takes(client, filled):
    plain = client.get("/").content
    for _ in range(2):
        packed = client.get("/", headers={"accept-encoding": "gzip, br"})
        assert packed.headers["Content-Encoding"] == "br"
        assert packed.headers["Content-Length"] == str(len(packed.content))
        assert brotli.decompress(packed.content) == plain
        zipped = client.get("/", headers={"accept-encoding": "gzip"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert client.get("/").content == plain


def test_a_head_request_has_the_headers_and_no_body(client, filled):
    page = client.get("/")
    head = client.head("/")
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(page.content))
    assert head.headers["ETag"] == page.headers["ETag"]


def test_a_head_request_first_does_not_spoil_the_page(client, filled):
    assert client.head("/").status_code == 200
    assert "Kirjastoauto" in client.get("/").text


def test_those_who_have_a_session_get_pages_of_their_own(client, filled):
    client.get("/")
    client.force_login(get_user_model().objects.create_superuser("yllapito"))
    for _ in range(2):
        assert "ETag" not in client.get("/").headers


def test_other_sites_cookies_do_not_make_a_page_anew(client, filled, django_assert_num_queries):
    client.get("/")
    client.cookies["_analytiikka"] = "jokin"
    with django_assert_num_queries(VERSION_ONLY):
        client.get("/")


@pytest.mark.parametrize("path", ["/yllapito/login/", "/hankkeet/ei-ole/", "/hankkeet/?q="])
def test_staff_pages_errors_and_redirects_are_not_kept(client, filled, path):
    for _ in range(2):
        answer = client.get(path)
        assert answer.headers.get("ETag") is None
    assert answer.headers.get("Cache-Control") != "no-cache"


def test_a_card_that_appears_at_an_address_of_none_is_seen_at_once(client):
    draft = a_draft()
    assert client.get(draft.get_absolute_url()).status_code == 404
    Project.objects.filter(pk=draft.pk).update(publication="published")
    assert client.get(draft.get_absolute_url()).status_code == 200


def with_cookie():
    response = HttpResponse("a")
    response.set_cookie("nimi", "arvo")
    return response


UNKEPT = {
    "a cookie": with_cookie,
    "private": lambda: HttpResponse("a", headers={"Cache-Control": "private"}),
    "no-store": lambda: HttpResponse("a", headers={"Cache-Control": "max-age=0, no-store"}),
    "by cookie": lambda: HttpResponse("a", headers={"Vary": "Accept-Language, Cookie"}),
    "created": lambda: HttpResponse("a", status=201),
    "an error": lambda: HttpResponse("a", status=500),
    "a stream": lambda: StreamingHttpResponse(["a"]),
    "own mark": lambda: HttpResponse("a", headers={"ETag": '"own"'}),
    "packed": lambda: HttpResponse("a", headers={"Content-Encoding": "gzip"}),
    "big": lambda: HttpResponse("a" * 1_000_000),
}


@pytest.mark.parametrize("kind", UNKEPT)
def test_what_is_not_for_all_or_not_whole_is_made_each_time(rf, kind):
    made = []
    cache = PageCacheMiddleware(lambda request: made.append(1) or UNKEPT[kind]())
    for _ in range(3):
        cache(rf.get("/"))
    assert len(made) == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/", "method": "post"},
        {"path": "/yllapito/"},
        {"path": "/yllapito/hankkeet/project/1/esikatselu/"},
        {"path": "/?q=" + "a" * LONGEST_QUERY},
        {"path": "/", "HTTP_AUTHORIZATION": "Basic YTpi"},
        {"path": "/", "HTTP_COOKIE": "a=b; sessionid=x"},
        {"path": "/", "HTTP_COOKIE": "messages=x"},
    ],
)
def test_who_may_see_more_or_asks_for_more_is_answered_anew(rf, asked):
    made = []
    cache = PageCacheMiddleware(lambda request: made.append(1) or HttpResponse("a"))
    facts = dict(asked)
    ask = getattr(rf, facts.pop("method", "get"))
    for _ in range(2):
        cache(ask(facts.pop("path", "/") if "path" in facts else asked["path"], **facts))
    assert len(made) == 2


def test_each_name_that_the_site_is_called_by_has_its_own_pages(rf):
    cache = PageCacheMiddleware(lambda request: HttpResponse(request.build_absolute_uri()))
    hosts = ["localhost", "127.0.0.1:1234", "localhost"]
    bodies = [cache(rf.get("/", HTTP_HOST=host)).content for host in hosts]
    assert bodies == [b"http://localhost/", b"http://127.0.0.1:1234/", b"http://localhost/"]


def test_a_page_never_echoes_what_its_key_leaves_out(client, filled):
    poisoned = client.get("/hankkeet/?q=kirjastoauto&utm_source=paha&fbclid=paha").text
    clean = client.get("/hankkeet/?q=kirjastoauto").text
    assert poisoned == clean
    assert "paha" not in clean


@pytest.mark.parametrize(
    ("query", "tidy"),
    [
        ("", ""),
        ("q=&vaihe=kaynnissa", "q=&vaihe=kaynnissa"),
        ("vaihe=a&vaihe=b&q=x+y", "vaihe=a&vaihe=b&q=x+y"),
        ("q=ik%C3%A4&utm_medium=s&gclid=1", "q=ik%C3%A4"),
        ("q=%00", "q=%00"),
        ("q=\xc3\xa4", "q=\xc3\xa4"),
    ],
)
def test_tracking_marks_are_left_out(query, tidy):
    assert tidied(query) == tidy


def test_made_up_queries_neither_fill_the_memory_nor_push_out_ordinary_pages(rf):
    made = []
    body = "a" * 20_000
    cache = PageCacheMiddleware(lambda request: made.append(request.path) or HttpResponse(body))
    cache(rf.get("/"))
    for number in range(1000):
        cache(rf.get(f"/?q={number}"))
    assert sum(shelf.size for shelf in cache.shelves.values()) <= 8_000_000
    cache(rf.get("/"))
    assert len(made) == 1001


def test_a_search_in_an_index_that_lags_behind_is_not_kept(client, filled):
    Pending.objects.create(project_id=filled.pk)
    with mock.patch("sivusto.search.index._locked", return_value=False):
        assert client.get("/hankkeet/?q=kirjastovene").status_code == 200
    Project.objects.filter(pk=filled.pk).update(name="Kirjastovene")
    with mock.patch("sivusto.search.index._locked", return_value=False):
        assert "Kirjastovene</a>" not in client.get("/hankkeet/?q=kirjastovene").text
    assert "Kirjastovene" in client.get("/hankkeet/?q=kirjastovene").text.replace("<mark>", "")


def test_a_page_read_while_a_change_is_committed_is_not_kept_as_the_new_one(rf, filled):
    def rename():
        Project.objects.filter(pk=filled.pk).update(name="Uusi")
        connection.close()

    def view(request):
        name = Project.objects.get(pk=filled.pk).name
        if name != "Uusi":  # meanwhile somebody else commits a change and another reader comes
            change = threading.Thread(target=rename)
            change.start()
            change.join()
            assert cache(rf.get("/toinen")).text == "Uusi"
        return HttpResponse(name)

    cache = PageCacheMiddleware(view)
    assert cache(rf.get("/")).text == "Kirjastoauto kylille"
    assert cache(rf.get("/")).text == "Uusi"
