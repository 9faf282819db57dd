"""The card on paper: the same fields, tagged, named, dated, printed once."""

import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from unittest.mock import patch
from uuid import uuid4

import page
import pytest
from django.conf import settings
from pypdf import PdfReader

from hankkeet.models import Project, Section
from sivusto.card import paper
from sivusto.card.printing import PrintTimeout
from sivusto.card.printing.pool import PLACES
from tests.builders import a_project, a_whole_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PDF_DIR", tmp_path)
    monkeypatch.setattr(paper, "pdf_store", lambda: paper.PdfStore(tmp_path, paper._options()))


def pdf(client, project):
    response = client.get(f"{project.get_absolute_url()}kortti.pdf")
    assert response.status_code == 200, response.text
    return response, b"".join(response.streaming_content)


def words(data):
    reader = PdfReader(io.BytesIO(data))
    text = " ".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", text.replace("\xad", ""))


def test_paper_shows_every_field_of_the_card(client):
    project = a_whole_card("Ääkköset ja pitkä yhdyssananimi hyvinvointipalvelutarjottimesta")
    _response, data = pdf(client, project)
    text = words(data)
    for field in (
        "Hankkeen nimi",
        "Hanketyyppi",
        "Kaupungin oma hanke",
        "Hyvän arjen salkku 2024–2028",
        "Tavoitteet ovat tässä",
        "Käynnissä",
        "1.3.2024",
        "31.12.2026",
        "Kaste-ohjelma",
        "Kirjastopalvelut",
        "Aino Esimerkki",
        "Loppuraportti",
        f"/hankkeet/{project.code}/",
        "1/2",
    ):
        assert field in text


def test_paper_is_tagged_named_and_dated(client):
    project = a_whole_card("Kirjastoauto & kylät")
    response, data = pdf(client, project)
    reader = PdfReader(io.BytesIO(data))
    assert response["Content-Disposition"] == 'inline; filename="kirjastoauto-kylat.pdf"'
    assert reader.metadata.title == "Kirjastoauto & kylät"
    assert reader.trailer["/Root"]["/Lang"] == "fi"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert f"Päivitetty {project.updated_at.astimezone().day}." in words(data)


def test_paper_passes_pdf_ua(client):
    _response, data = pdf(client, a_whole_card())
    assert [f.message for f in page.validate_pdf_bytes(data, profile="ua1").failures] == []


def test_the_same_content_is_printed_once(client):
    project = a_whole_card()
    pdf(client, project)
    with patch.object(paper, "_pool", side_effect=AssertionError("printed again")):
        pdf(client, project)


def test_no_persons_address_is_in_the_printed_card(client):
    project = a_whole_card()
    text = '<p>meri.virta@example.fi, <a href="mailto:aamu.rusko@example.fi">Aamu</a>'
    Section.objects.create(project=project, body=text)
    reader = PdfReader(io.BytesIO(pdf(client, project)[1]))
    links = [
        link.get_object()["/A"]["/URI"]
        for sheet in reader.pages
        for link in sheet.get("/Annots", ())
        if "/URI" in link.get_object().get("/A", {})
    ]
    boxes = [link for link in links if link.startswith("mailto:")]
    assert boxes == ["mailto:kirjasto@jokilahti.example.fi"]
    assert "@" not in "".join(sheet.extract_text() for sheet in reader.pages)


def test_an_unchanged_card_asks_one_thing_of_the_database(client, django_assert_num_queries):
    project = a_whole_card()
    first = pdf(client, project)[1]
    with django_assert_num_queries(1):
        assert pdf(client, project)[1] == first


def test_a_kept_file_that_had_to_make_room_is_printed_anew(client):
    project = a_whole_card()
    pdf(client, project)
    for path in settings.PDF_DIR.rglob("*.pdf"):
        path.unlink()
    assert pdf(client, project)[1].startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_a_printed_card_that_is_withdrawn_is_gone_at_once(client):
    project = a_whole_card()
    pdf(client, project)
    Project.objects.all().withdraw()
    assert client.get(f"{project.get_absolute_url()}kortti.pdf").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_changed_card_is_printed_anew(client):
    project = a_whole_card()
    pdf(client, project)
    Section.objects.create(project=project, heading="Hyödyt", body="<p>Uutta tekstiä</p>")
    assert "Uutta tekstiä" in words(pdf(client, project)[1])


def test_a_card_that_cannot_be_printed_says_why(client):
    project = a_project()
    with patch.object(paper.PrinterPool, "print_html", side_effect=PrintTimeout):
        response = client.get(f"{project.get_absolute_url()}kortti.pdf")
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "kesti liian kauan" in response.text


def test_a_reader_beyond_those_who_may_wait_is_asked_to_come_back(client):
    address = f"{a_project().get_absolute_url()}kortti.pdf"
    with ExitStack() as stack:
        for _ in range(PLACES):
            stack.enter_context(paper._pool().place())
        response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "Yritä hetken kuluttua uudelleen" in response.text
    assert pdf(client, Project.objects.get())[1].startswith(b"%PDF")


def test_two_who_ask_for_a_fresh_card_at_once_get_one_print():
    html = f"<html lang=fi><title>Koe</title><h1>{uuid4()}</h1>"
    with patch.object(paper.PrinterPool, "print_html", autospec=True) as printing:
        printing.side_effect = lambda _pool, _html, _weight: time.sleep(0.2) or b"%PDF"
        with ThreadPoolExecutor(PLACES) as readers:
            paths = set(readers.map(paper.printed, [html] * PLACES))
    assert (len(paths), printing.call_count) == (1, 1)


def test_a_card_that_hung_the_printer_is_not_tried_again_at_once(client, monkeypatch):
    address = f"{a_project().get_absolute_url()}kortti.pdf"
    with patch.object(paper.PrinterPool, "print_html", side_effect=PrintTimeout) as printing:
        answers = [client.get(address).status_code for _ in range(3)]
        assert (answers, printing.call_count) == ([503, 503, 503], 1)
        monkeypatch.setattr("sivusto.card.printing.store.HUNG_FOR_S", 0)
        client.get(address)
        assert printing.call_count == 2


def test_a_text_of_no_break_spaces_is_printed_in_time(client):
    project = a_project()
    Section.objects.create(project=project, body="<p>" + "sanoja\xa0" * 2500)
    assert words(pdf(client, project)[1]).count("sanoja") >= 2500


def test_paper_speaks_the_readers_language(client):
    project = a_project()
    response = client.get(f"/en{project.get_absolute_url()}kortti.pdf")
    reader = PdfReader(io.BytesIO(b"".join(response.streaming_content)))
    assert reader.trailer["/Root"]["/Lang"] == "en"
