"""A list on paper: the sentence, the filters and the table, tagged; honest when it is cut."""

import io
import re
from unittest.mock import patch

import page
import pytest
from django.conf import settings
from pypdf import PdfReader

from hankkeet.models import Project
from sivusto.answers import paper as answer_paper
from sivusto.card import paper
from sivusto.card.printing import PrintTimeout
from tests.builders import a_project, a_whole_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PDF_DIR", tmp_path)
    monkeypatch.setattr(paper, "pdf_store", lambda: paper.PdfStore(tmp_path, paper._options()))


def pdf(client, query="", language=""):
    response = client.get(f"{language}/hankkeet/vastaus.pdf{query}")
    assert response.status_code == 200, response.text
    return b"".join(response.streaming_content)


def words(data):
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return re.sub(r"\s+", " ", text.replace("\xad", ""))


def test_the_sheet_holds_the_sentence_the_filters_and_the_table(client):
    project = a_whole_card()
    text = words(pdf(client, "?vaihe=kaynnissa&salkku=hyvan-arjen-salkku-2024-2028"))
    for part in (
        "1 käynnissä oleva hanke Hyvän arjen salkussa 2024–2028; kustannukset 120 000 €; tilanne",
        "Rajaukset",
        project.code,
        project.name,
        "1.3.2024",
        "Jokilahden kaupunki",
        "/hankkeet/?vaihe=kaynnissa",
        "1/1",
    ):
        assert part in text


@pytest.mark.parametrize("query", ["", "?q=kirjastoauto&vuosi=2025&vaihe=outo", "?q=xyzzy"])
def test_the_sheet_passes_pdf_ua(client, query):
    a_whole_card()
    a_project("Toinen", planned_cost=None)
    data = pdf(client, query)
    assert [f.message for f in page.validate_pdf_bytes(data, profile="ua1").failures] == []
    assert PdfReader(io.BytesIO(data)).metadata.title == "Vastaus hankkeista"


def test_a_long_list_is_cut_and_says_so_with_the_address_of_the_whole(client, monkeypatch):
    monkeypatch.setattr(answer_paper, "MOST_ROWS", 3)
    for index in range(5):
        a_project(f"Hanke numero {index}")
    text = words(pdf(client, "?vaihe=kaynnissa"))
    assert "5 käynnissä olevaa hanketta" in text
    assert text.count("Hanke numero") == 3
    assert "ensimmäiset 3 hanketta" in text


def test_a_sheet_of_hundreds_of_rows_is_printed_whole(client):
    Project.objects.bulk_create(
        Project(name=f"Hanke numero {index}", slug=f"h{index}", publication="published")
        for index in range(150)
    )
    text = words(pdf(client))
    assert text.count("Hanke numero") == 150
    assert "luettelon ensimmäiset" not in text


def test_rows_too_heavy_to_print_leave_the_sheet_shorter(client):
    Project.objects.bulk_create(
        Project(name=f"Nro {index} {'pitkä nimi ' * 26}", slug=f"n{index}", publication="published")
        for index in range(290)
    )
    with patch.object(answer_paper, "printed", side_effect=PrintTimeout) as printer:
        client.get("/hankkeet/vastaus.pdf")
    assert "ensimmäiset 145 hanketta" in printer.call_args[0][0]


def test_a_sheet_that_cannot_be_printed_leads_back_to_the_list(client):
    with patch.object(answer_paper, "printed", side_effect=PrintTimeout):
        response = client.get("/hankkeet/vastaus.pdf?vaihe=kaynnissa")
    assert response.status_code == 503
    assert 'href="/hankkeet/?vaihe=kaynnissa"' in response.text


def test_the_sheet_speaks_the_readers_language(client):
    reader = PdfReader(io.BytesIO(pdf(client, language="/sv")))
    assert reader.trailer["/Root"]["/Lang"] == "sv"
