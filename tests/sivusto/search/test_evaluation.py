"""The search keeps the bars on a small labelled set of our own."""

import pytest
from django.core.management import CommandError, call_command

from sivusto.search.evaluation import load_documents, results_of

DOCUMENTS = {
    "yksi": ("Kuntalaisten palvelut", "Digitaalisia hyvinvointipalveluita ikäihmisille."),
    "kaksi": ("Katujen valot", "Valaisimia uusitaan kaduilla ja teillä."),
}


@pytest.fixture
def folder(tmp_path):
    for key, (name, text) in DOCUMENTS.items():
        head = f"id: {key}\nnimi: {name}\nsalkku: Salkku\nrahoittaja: STM\nkieli: fi\n---\n"
        (tmp_path / f"{key}.txt").write_text(head + text, "utf-8")
    return tmp_path


@pytest.mark.django_db
def test_the_real_search_answers_the_set(folder):
    queries = {"a": "ikäihminen", "b": "katu", "c": "hyvinvointpalvelu", "d": "stm", "e": "robotti"}
    results = results_of(queries, load_documents(folder))
    assert results == {"a": ["yksi"], "b": ["kaksi"], "c": ["yksi"], "d": results["d"], "e": []}
    assert sorted(results["d"]) == ["kaksi", "yksi"]


@pytest.mark.parametrize("text", ["", "[1]", '[{"id": 1}]'])
def test_queries_that_cannot_be_read_are_told_of(tmp_path, text):
    (tmp_path / "queries.json").write_text(text)
    with pytest.raises(CommandError, match="Hakuja ei voi lukea"):
        call_command("evaluate_search", str(tmp_path), queries=tmp_path / "queries.json")
