"""Every public address on one screen."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path

from sivusto.answers import views as answers
from sivusto.book import views as book
from sivusto.card import views as card
from sivusto.card.poster import ONE_PAGER, POSTER
from sivusto.documents import views as documents
from sivusto.feedback import views as feedback
from sivusto.history import views as history
from sivusto.models import PageText
from sivusto.monitoring import views as monitoring
from sivusto.pages import results
from sivusto.pages import views as pages
from sivusto.pages.sitemap import SITEMAPS
from sivusto.reminders import views as reminders
from sivusto.search.views import ProjectListView, facet_values

handler500 = "sivusto.pages.views.failure"


def any_case(word: str) -> str:
    """Return a pattern for the word in any letter case, as old servers took it."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


urlpatterns = [
    path("yllapito/", admin.site.urls),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="icon"),
    path("opensearch.xml", answers.opensearch, name="opensearch"),
    path("sitemap.xml", pages.sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_part"),
    path("liitteet/<int:pk>/<str:name>", card.attachment, name="attachment"),
    path("media/logot/<str:name>", card.logo, name="logo"),
    path("media/logot/pienet/<str:name>", card.logo, {"is_small": True}, name="small_logo"),
    re_path(rf"^{any_case('hankekortti')}\d*\.{any_case('asp')}$", card.old_register),
]
urlpatterns += i18n_patterns(
    path("", pages.FrontPage.as_view(), name="front"),
    path("salkut/", pages.PortfolioListView.as_view(), name="portfolios"),
    path("salkut/<slug:slug>/", pages.PortfolioView.as_view(), name="portfolio"),
    path("salkut/<slug:slug>/salkkukirja/", book.book_page, name="portfolio_book"),
    path("salkut/<slug:slug>/salkkukirja.pdf", book.book_paper, name="portfolio_book_pdf"),
    path(
        "salkut/<slug:slug>/seuranta/",
        monitoring.portfolio_monitoring,
        name="portfolio_monitoring",
    ),
    path(
        "salkut/<slug:slug>/seuranta/aikajana/",
        monitoring.portfolio_timeline,
        name="portfolio_timeline",
    ),
    path(
        "salkut/<slug:slug>/seuranta/raportit.<str:kind>",
        monitoring.portfolio_file,
        name="portfolio_monitoring_file",
    ),
    path("hankkeet/", ProjectListView.as_view(), name="projects"),
    path("hankkeet/rajaukset/<str:name>/", facet_values, name="facet_values"),
    path("hankkeet/luettelo.csv", answers.list_csv, name="list_csv"),
    path("hankkeet/luettelo.xlsx", answers.list_xlsx, name="list_xlsx"),
    path("hankkeet/luettelo.json", answers.list_json, name="list_json"),
    path("hankkeet/luettelo.atom", answers.list_atom, name="list_atom"),
    path("hankkeet/vastaus.pdf", answers.answer_paper, name="answer_pdf"),
    path("hankkeet/<slug:code>/", history.or_on_day(card.card, history.card_on_day), name="card"),
    path(
        "hankkeet/<slug:code>/kortti.pdf",
        history.or_on_day(card.card_paper, history.card_paper_on_day),
        name="card_pdf",
    ),
    path(
        "hankkeet/<slug:code>/juliste.pdf", card.sheet_paper, {"sheet": POSTER}, name="card_poster"
    ),
    path(
        "hankkeet/<slug:code>/tiiviste.pdf",
        card.sheet_paper,
        {"sheet": ONE_PAGER},
        name="card_one_pager",
    ),
    path("hankkeet/<slug:code>/kortti.json", card.card_json, name="card_json"),
    path("hankkeet/<slug:code>/muutokset/", history.changes, name="card_changes"),
    path("hankkeet/<slug:code>/seuranta/", monitoring.project_monitoring, name="monitoring"),
    path(
        "hankkeet/<slug:code>/seuranta/raportti.pdf",
        monitoring.report_paper,
        name="monitoring_pdf",
    ),
    path(
        "hankkeet/<slug:code>/seuranta/kalenteri.ics",
        monitoring.calendar,
        name="monitoring_calendar",
    ),
    path(
        "hankkeet/<slug:code>/seuranta/raportti.<str:kind>",
        monitoring.report_file,
        name="monitoring_file",
    ),
    path(
        "hankkeet/<slug:code>/liitteet/<int:pk>/teksti/",
        documents.attachment_text,
        name="attachment_text",
    ),
    path("hankkeet/<slug:code>/palaute/", feedback.feedback, name="feedback"),
    path("hankkeet/<slug:code>/palaute/kiitos/", feedback.thanks, name="feedback_thanks"),
    path("vahvista/<str:token>/", reminders.confirm, name="confirm"),
    path("tulokset/", results.results, name="results"),
    path("tulokset/luettelo.csv", results.results_csv, name="results_csv"),
    path("tulokset/luettelo.json", results.results_json, name="results_json"),
    path("rahoittajat/", pages.FunderListView.as_view(), name="funders"),
    path("rahoittajat/<slug:slug>/", pages.FunderView.as_view(), name="funder"),
    path(
        "saavutettavuus/",
        pages.page_text,
        {"page": PageText.Page.ACCESSIBILITY},
        name="accessibility",
    ),
    path("tietosuoja/", pages.page_text, {"page": PageText.Page.PRIVACY}, name="privacy"),
    prefix_default_language=False,
)
