"""Published cards are printed before anybody asks; drafts never, and nobody waits for it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.utils import timezone

from hankkeet.models import Project
from sivusto.card import ahead, paper
from sivusto.card.ahead import Ahead
from sivusto.card.printing import PrintTimeout
from tests.builders import a_draft, a_project, a_ready_draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PDF_DIR", tmp_path)
    monkeypatch.setattr(paper, "pdf_store", lambda: paper.PdfStore(tmp_path, paper._options()))


@pytest.fixture
def printed():
    """Collect the cards' names as they come to the printer."""
    documents = []
    with patch.object(paper.PrinterPool, "print_html", autospec=True) as printing:
        printing.side_effect = lambda _pool, html, _weight: documents.append(html) or b"%PDF"
        yield lambda: sorted(html.split("<title>")[1].split("</title>")[0] for html in documents)


def test_published_cards_are_printed_and_drafts_are_not(printed):
    a_project("Julkinen")
    a_draft("Luonnos")
    assert Ahead().catch_up() == 1
    assert printed() == ["Julkinen"]


def test_what_is_published_in_bulk_later_is_printed_once(printed):
    a_project("Ennestään")
    drafts = [a_ready_draft(f"Uusi {number}").pk for number in range(3)]
    house = Ahead()
    house.catch_up()
    Project.objects.filter(pk__in=drafts).publish()
    assert [house.catch_up(), house.catch_up()] == [3, 0]
    assert printed() == ["Ennestään", "Uusi 0", "Uusi 1", "Uusi 2"]


def test_the_first_reader_gets_what_was_printed_ahead(client, printed):
    project = a_project()
    Ahead().catch_up()
    with patch.object(paper, "_pool", side_effect=AssertionError("printed again")):
        response = client.get(f"{project.get_absolute_url()}kortti.pdf")
        assert b"".join(response.streaming_content) == b"%PDF"


def test_a_card_that_cannot_be_printed_does_not_stop_the_others(printed):
    a_project("Toinen")
    a_project("Ensimmäinen")
    with patch.object(ahead, "printed_card", side_effect=PrintTimeout) as printing:
        assert Ahead().catch_up() == printing.call_count == 2


def test_old_cards_wait_for_their_first_reader(printed):
    a_project()
    Project.objects.update(updated_at=timezone.now() - timedelta(days=30))
    assert Ahead().catch_up() == 0


def test_it_stops_when_it_may_not_go_on(printed):
    a_project()
    Ahead().catch_up(lambda: False)
    assert printed() == []
