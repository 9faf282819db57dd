"""The shelf holds so many bytes of pages, of one edition, and packs them for those who unpack."""

import gzip
import threading

import brotli
import pytest

from sivusto.freshness.shelf import OVERHEAD, Page, Shelf, coding

TEXT = ("<p>Kirjastoauto kulkee kylillä.</p>" * 40).encode()


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000,gzip; q=0.001", "gzip"),
        ("GZIP", "gzip"),
        ("identity", ""),
        ("brotli, xgzip", ""),
        ("", ""),
    ],
)
def test_a_reader_gets_what_it_can_unpack(accepted, chosen):
    assert coding(accepted) == chosen


def test_a_page_is_the_same_in_every_coding():
    page = Page.of(TEXT)
    assert page.body("") == ("", TEXT)
    assert brotli.decompress(page.packed("br").body("br")[1]) == TEXT
    assert gzip.decompress(page.packed("gzip").body("gzip")[1]) == TEXT
    assert page.etag == Page.of(TEXT).etag
    assert page.etag != Page.of(TEXT + b" ").etag


def test_a_short_page_is_not_packed():
    assert Page.of(b"User-agent: *").packed("br").body("br") == ("", b"User-agent: *")


def test_a_page_is_packed_once_and_only_as_it_is_asked_for():
    page = Page.of(TEXT)
    assert page.packed("") is page
    assert page.body("br") == ("", TEXT)
    packed = page.packed("gzip")
    assert [*packed.bodies] == ["", "gzip"]
    assert packed.packed("gzip;q=1.0") is packed
    assert [*packed.packed("br, gzip").bodies] == ["", "gzip", "br"]


def test_the_shelf_never_holds_more_than_its_limit_and_forgets_the_least_asked_for():
    page = Page.of(TEXT)
    shelf = Shelf(20 * page.size)
    shelf.turn_to(1)
    for number in range(500):
        shelf.get(1, 0)
        shelf.keep(1, number, page)
        assert shelf.size <= shelf.limit
    assert shelf.get(1, 0) is page
    assert shelf.get(1, 1) is None
    assert shelf.get(1, 499) is page
    assert shelf.size == 20 * page.size


def test_keeping_a_page_again_takes_no_more_room():
    shelf, page = Shelf(100 * OVERHEAD), Page.of(b"a")
    shelf.turn_to(1)
    for _ in range(3):
        shelf.keep(1, "/", page)
    assert shelf.size == page.size


def test_one_big_page_does_not_sweep_the_shelf():
    shelf, small = Shelf(100_000), Page.of(b"a")
    shelf.turn_to(1)
    shelf.keep(1, "small", small)
    shelf.keep(1, "big", Page.of(b"a" * 50_000))
    assert shelf.get(1, "small") is small
    assert shelf.get(1, "big") is None


def test_a_new_edition_clears_the_shelf_and_a_late_page_of_the_old_one_is_not_kept():
    shelf, page = Shelf(100_000), Page.of(b"a")
    shelf.turn_to((1, "today"))
    shelf.keep((1, "today"), "/", page)
    shelf.turn_to((2, "today"))
    shelf.keep((1, "today"), "/", page)
    assert shelf.get((1, "today"), "/") is None
    assert shelf.get((2, "today"), "/") is None
    assert shelf.size == 0


def test_threads_share_it():
    page, shelf = Page.of(b"a"), Shelf(50 * OVERHEAD)
    shelf.turn_to(0)

    def work(own):
        for number in range(2000):
            shelf.turn_to(number // 500)
            shelf.keep(number // 500, (own, number % 70), page)
            shelf.get(number // 500, (own, number % 70))

    threads = [threading.Thread(target=work, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < shelf.size <= shelf.limit
    assert shelf.size % page.size == 0
