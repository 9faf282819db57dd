"""Where card texts come from."""

import io
import sys
from types import SimpleNamespace

from sivusto.transfer import sources
from sivusto.transfer.sources import collect


def test_a_folder_gives_its_card_texts_in_order_and_hides_what_is_hidden(tmp_path):
    for name in ("b.txt", "a.HTML", "ala/c.htm", ".x.txt", ".git/d.txt", "kuva.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found = [source.data.decode() for source in collect([str(tmp_path)])]
    assert found == ["a.HTML", "ala/c.htm", "b.txt"]


def test_a_file_named_twice_is_read_once(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("a")
    assert len(collect([str(file), str(file)])) == 1


def test_standard_input_is_a_dash(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"kortti")))
    assert [(s.name, s.data) for s in collect(["-"])] == [("-", b"kortti")]


def test_what_cannot_be_read_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST", 3)
    (tmp_path / "iso.txt").write_text("yli kolme")
    (tmp_path / "tyhja").mkdir()
    paths = [str(tmp_path / name) for name in ("ei.txt", "tyhja", "iso.txt")]
    problems = [source.problem for source in collect([*paths, "/dev/null"])]
    words = ["ei ole", "ei ole korttien", "liian suuri", "tavallinen"]
    assert all(word in problem for word, problem in zip(words, problems, strict=True))
