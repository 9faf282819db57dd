"""The book's page tells by itself how far the book is, and works without its script."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from sivusto.book import making
from sivusto.book.models import PortfolioBook
from sivusto.card import paper
from tests.builders import a_portfolio, a_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PDF_DIR", tmp_path)
    monkeypatch.setattr(paper, "pdf_store", lambda: paper.PdfStore(tmp_path, paper._options()))


@pytest.fixture
def address(live_server):
    a_project("Aamupuuro").portfolios.add(a_portfolio())
    return f"{live_server.url}{a_portfolio().get_absolute_url()}salkkukirja/"


def test_a_reader_who_waits_sees_it_grow_and_come(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("button", name="Kokoa salkkukirja").click()
    place = page.get_by_role("status")
    expect(place).to_contain_text("Kirja on jonossa.")
    PortfolioBook.objects.update(state="making", number=10, done=4)
    expect(place).to_contain_text("4/10 korttia", timeout=15_000)
    PortfolioBook.objects.update(done=7)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "7", timeout=15_000)
    assert making.make_asked() == 1
    expect(page.get_by_role("link", name="Avaa salkkukirja")).to_be_visible(timeout=15_000)
    page.close()


def test_without_script_a_link_tells_how_far_it_is(browser, address):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    page.get_by_role("button", name="Kokoa salkkukirja").click()
    assert making.make_asked() == 1
    page.get_by_role("link", name="Katso, joko kirja on valmis").click()
    expect(page.get_by_role("link", name="Avaa salkkukirja")).to_be_visible()
    page.context.close()
