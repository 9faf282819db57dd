"""A portfolio's book: made of its public cards, once, in the background, and true when given."""

from datetime import date
from io import StringIO
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from hankkeet.models import Project
from sivusto.book import making
from sivusto.book.models import PortfolioBook
from sivusto.book.views import MOST_CARDS
from sivusto.card import kept, paper
from sivusto.card.printing import PrintFailed
from tests.builders import a_draft, a_portfolio, a_project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PDF_DIR", tmp_path)
    monkeypatch.setattr(paper, "pdf_store", lambda: paper.PdfStore(tmp_path, paper._options()))
    monkeypatch.setattr(kept, "_kept", type(kept._kept)())


@pytest.fixture
def portfolio():
    """A portfolio with three public cards and a draft."""
    portfolio = a_portfolio("Hyvän arjen salkku", purpose="Arki sujuu.")
    for name, cost in (("Älypysäkki", 1000), ("Aamupuuro", 2500), ("Öinen liikenne", None)):
        project = a_project(name, planned_cost=None, actual_cost=cost, start_date=date(2024, 3, 1))
        project.portfolios.set([portfolio])
    a_draft("Salainen aie").portfolios.set([portfolio])
    return portfolio


def address(portfolio, end="salkkukirja/"):
    return f"{portfolio.get_absolute_url()}{end}"


def texts_of(path):
    return [sheet.extract_text().replace("\xad", "") for sheet in PdfReader(path).pages]


def test_the_book_has_figures_contents_time_line_and_the_cards_in_finnish_order(portfolio):
    book = making.make(portfolio)
    front, *_rest = texts = texts_of(book.path)
    whole = "\n".join(texts)
    assert "Hyvän arjen salkku" in front
    assert "3 hanketta" in front
    assert "3 500 €" in front.replace("\u202f", " ").replace("\xa0", " ")
    assert "Arki sujuu." in front
    assert "Aikajana" in whole
    assert "Salainen aie" not in whole
    labels = PdfReader(book.path).page_labels
    first = {labels[n]: text for n, text in enumerate(texts)}
    names = ["Aamupuuro", "Älypysäkki", "Öinen liikenne"]
    contents = next(text for text in texts if "Sisällys" in text)
    numbers = [line for line in contents.split() if line.isdigit()][:3]
    assert [names[n] in first[number] for n, number in enumerate(numbers)] == [True] * 3
    assert (book.number, book.pages) == (3, len([label for label in labels if label.isdigit()]))


def test_a_card_that_cannot_be_printed_is_told_of_and_left_out(portfolio):
    real = paper.PrinterPool.print_html

    def failing(pool, html, weight):
        if "<title>Aamupuuro</title>" in html:
            raise PrintFailed
        return real(pool, html, weight)

    with patch.object(paper.PrinterPool, "print_html", failing):
        book = making.make(portfolio)
    assert book.number == 2
    assert "Yhtä korttia ei voitu tulostaa" in "\n".join(texts_of(book.path))


def test_what_is_ready_is_neither_printed_nor_read_again(portfolio):
    first = making.make(portfolio)
    with (
        patch.object(paper.PrinterPool, "print_html", side_effect=AssertionError("printed")),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        assert making.make(portfolio) == first
    assert len(queries) <= 8
    kept._kept.clear()  # as another process knows only what is noted
    with patch("sivusto.book.cards.cards", side_effect=AssertionError("read")):
        assert making.make(portfolio) == first


@pytest.mark.django_db(transaction=True)  # the register's version grows when a change is committed
def test_a_change_makes_another_book_and_the_old_one_is_not_given(client, portfolio):
    ordered(client, portfolio)
    project = Project.objects.get(name="Aamupuuro")
    assert taken(client, portfolio).status_code == 200
    project.publication = "draft"
    project.save()
    response = client.get(address(portfolio, "salkkukirja.pdf"))
    assert response.status_code == 302
    assert response.url == address(portfolio)
    page = client.get(address(portfolio)).text
    assert "Hanketietoja on muutettu" in page
    assert "Kirjaan tulee 2 korttia" in page
    ordered(client, portfolio)
    assert taken(client, portfolio).status_code == 200


def taken(client, portfolio, **headers):
    """Take the book and read it to its end."""
    response = client.get(address(portfolio, "salkkukirja.pdf"), headers=headers)
    if response.status_code == 200:
        assert b"".join(response.streaming_content).startswith(b"%PDF-1.7")
    return response


def ordered(client, portfolio):
    response = client.post(address(portfolio))
    assert response.url == address(portfolio)
    return making.make_asked()


def test_a_reader_asks_waits_and_takes_the_book(client, portfolio):
    assert "Kokoa salkkukirja" in client.get(address(portfolio)).text
    client.post(address(portfolio))
    client.post(address(portfolio))
    assert PortfolioBook.objects.count() == 1
    waiting = client.get(address(portfolio))
    assert "Kirja on jonossa." in waiting.text
    assert waiting.headers["Cache-Control"] == "no-store"
    PortfolioBook.objects.update(state="making", number=3, done=2)
    assert "2/3 korttia valmiina" in client.get(address(portfolio)).text
    assert making.make_asked() == 1
    assert making.make_asked() == 0
    ready = client.get(address(portfolio)).text
    assert "Avaa salkkukirja" in ready
    assert "3 korttia" in ready
    response = taken(client, portfolio)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "salkkukirja-hyvan-arjen-salkku.pdf" in response.headers["Content-Disposition"]
    again = taken(client, portfolio, **{"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_card_that_is_forgotten_is_in_no_book_any_more(client, portfolio):
    ordered(client, portfolio)
    book = PortfolioBook.objects.get()
    assert paper.pdf_store().get(book.key)
    paper.forget_printed([])
    assert paper.pdf_store().get(book.key)
    paper.forget_printed([Project.objects.get(name="Aamupuuro").code])
    assert paper.pdf_store().get(book.key) is None
    assert client.get(address(portfolio, "salkkukirja.pdf")).status_code == 302


def test_each_language_has_a_book_of_its_own(client, portfolio):
    ordered(client, portfolio)
    swedish = f"/sv{address(portfolio)}"
    assert client.get(f"/sv{address(portfolio, 'salkkukirja.pdf')}").status_code == 302
    client.post(swedish)
    making.make_asked()
    book = PortfolioBook.objects.get(language="sv")
    assert PdfReader(paper.pdf_store().get(book.key)).trailer["/Root"]["/Lang"] == "sv"


def test_a_portfolio_without_public_cards_or_with_too_many_says_so(client, portfolio, monkeypatch):
    empty = a_portfolio("Tyhjä salkku")
    assert "ei ole vielä julkaistuja" in client.get(address(empty)).text
    client.post(address(empty))
    assert not PortfolioBook.objects.exists()
    assert "salkkukirja/" not in client.get(empty.get_absolute_url()).text
    monkeypatch.setattr("sivusto.book.views.MOST_CARDS", 2)
    monkeypatch.setattr("sivusto.book.making.MOST_CARDS", 2)
    assert "Salkussa on yli 2 hanketta" in client.get(address(portfolio)).text
    with pytest.raises(making.BookError, match="yli 2 hanketta"):
        making.make(portfolio)
    assert MOST_CARDS == 1000
    assert client.get("/salkut/ei-ole/salkkukirja/").status_code == 404


def test_a_maker_that_dies_is_followed_by_another_but_not_for_ever(client, portfolio):
    client.post(address(portfolio))
    with (
        patch.object(making, "make", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        making.make_asked()
    assert PortfolioBook.objects.get().state == "making"
    PortfolioBook.objects.update(tries=3)
    assert making.make_asked() == 1
    book = PortfolioBook.objects.get()
    assert book.state == "failed"
    assert "Kerro asiasta ylläpidolle" in client.get(address(portfolio)).text
    ordered(client, portfolio)
    assert PortfolioBook.objects.get().state == "ready"


def test_the_command_makes_a_book_and_tells_how_far_it_is(portfolio, tmp_path):
    told, target = StringIO(), tmp_path / "kirja.pdf"
    call_command("portfolio_book", portfolio.slug, output=target, stdout=told)
    assert "3/3 korttia valmiina" in told.getvalue()
    assert "3 korttia" in told.getvalue()
    assert PdfReader(target).metadata.title == "Salkkukirja: Hyvän arjen salkku"
    with pytest.raises(CommandError, match="hyvan-arjen-salkku"):
        call_command("portfolio_book", "ei-ole")
    call_command("portfolio_book", stdout=told)
    assert "Koottiin 0 salkkukirjaa." in told.getvalue()


def test_the_portfolio_leads_to_its_book_and_no_page_asks_more_for_more_cards(client, portfolio):
    assert address(portfolio) in client.get(portfolio.get_absolute_url()).text
    with CaptureQueriesContext(connection) as queries:
        client.get(address(portfolio))
    assert len(queries) <= 5
