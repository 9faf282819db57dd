"""Printed files are kept by content, bounded, whole, and by no name from outside."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from sivusto.card.printing import PdfStore, PrinterOptions


@pytest.fixture
def style(tmp_path):
    path = tmp_path / "card.css"
    path.write_text("p {}")
    return path


@pytest.fixture
def store(tmp_path, style):
    return PdfStore(tmp_path / "pdf", PrinterOptions(roots={}, stylesheets=[style]), 1_000)


def test_what_was_put_is_found_again(store):
    key = store.key("<p>Kortti")
    assert store.get(key) is None
    assert store.put(key, b"%PDF") == store.get(key)
    assert store.get(key).read_bytes() == b"%PDF"


def test_another_text_or_look_is_another_file(store, style):
    keys = {store.key("<p>A"), store.key("<p>B")}
    style.write_text("p { color: red }")
    assert len(keys | {store.key("<p>A")}) == 3


def test_the_least_recently_used_goes_first(store):
    keys = [store.key(str(number)) for number in range(3)]
    for age, key in zip((300, 200), keys, strict=False):
        path = store.put(key, b"x" * 400)
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    store.get(keys[0])
    store.put(keys[2], b"x" * 400)
    assert [store.get(key) is not None for key in keys] == [True, False, True]


def test_a_file_larger_than_the_store_is_kept_alone(store):
    small, large = store.key("small"), store.key("large")
    store.put(small, b"x" * 400)
    assert store.put(large, b"x" * 5_000).stat().st_size == 5_000
    assert store.get(small) is None


@pytest.mark.parametrize("name", ["", "../" * 30 + "etc", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_name_from_outside_is_no_key(store, name):
    with pytest.raises(ValueError, match="key"):
        store.get(name)


def test_many_writers_of_one_file_leave_one_whole_file(store, tmp_path):
    key = store.key("same")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.put(key, b"x" * 900), range(40)))
    files = [path for path in (tmp_path / "pdf").rglob("*") if path.is_file()]
    assert [path.stat().st_size for path in files] == [900]


def test_an_owners_files_are_dropped_and_the_others_stay(store):
    mine = [store.put(store.key(text, "H1001"), b"%PDF") for text in ("old", "new")]
    other, nobodys = (store.put(store.key("new", owner), b"%PDF") for owner in ("H1002", ""))
    assert store.drop("H1001") == 2
    assert not any(path.exists() for path in mine)
    assert other.exists()
    assert nobodys.exists()
    assert store.clear() == 2
    assert not other.exists()


def test_one_content_of_two_owners_is_two_files(store):
    assert store.key("same", "H1001") != store.key("same", "H1002")
    assert store.key("same", "H1001") == store.key("same", "H1001")
