"""The public pages in a real browser: accessible, usable by keyboard, silent, and not too wide."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from hankkeet.models import Project
from rahoitus.models import Funder
from salkut.models import Portfolio
from seuranta.models import ReportingPeriod
from sivusto.monitoring.demo import load_reports
from sivusto.transfer.demo import load_demo
from tests import chromium
from tests.builders import a_part, a_text

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (390, 1280)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def site(live_server):
    folder = Path(settings.BASE_DIR) / "fixtures" / "demo"
    load_demo(folder)
    load_reports(folder)
    return live_server.url


def addresses():
    """One page of each kind, of the sort that holds most."""
    longest = max(Project.objects.public(), key=lambda project: len(project.name))
    reported = ReportingPeriod.objects.public().first().project
    linked = Project.objects.public().filter(sub_projects__isnull=False).first()
    return [
        "/",
        "/salkut/",
        Portfolio.objects.first().get_absolute_url(),
        f"{Portfolio.objects.first().get_absolute_url()}salkkukirja/",
        "/hankkeet/",
        "/hankkeet/?q=zzz&vaihe=outo",
        longest.get_absolute_url(),
        linked.get_absolute_url(),
        f"{longest.get_absolute_url()}?pvm={timezone.localdate().isoformat()}",
        f"{longest.get_absolute_url()}?pvm=1990-01-01",
        f"{linked.get_absolute_url()}muutokset/",
        *texts_of(linked),
        f"{longest.get_absolute_url()}palaute/",
        f"/sv{longest.get_absolute_url()}palaute/kiitos/",
        f"{reported.get_absolute_url()}seuranta/",
        f"{reported.portfolios.first().get_absolute_url()}seuranta/",
        f"{reported.portfolios.first().get_absolute_url()}seuranta/aikajana/",
        "/tulokset/",
        f"/tulokset/?salkku={Portfolio.objects.first().slug}",
        Project.objects.filter(results__isnull=False).first().get_absolute_url(),
        "/rahoittajat/",
        Funder.objects.filter(funding_shares__isnull=False).first().get_absolute_url(),
        "/saavutettavuus/",
        "/sv/hankkeet/",
        "/ei-ole/",
    ]


def texts_of(project):
    """Attachments' texts with every kind of block, in another language, and one that failed."""
    blocks = [
        {"kind": "heading", "text": "Väliotsikko", "level": 4},
        {"kind": "list", "items": [[0, "yksi"], [1, "alempi"]]},
        {"kind": "table", "rows": [[f"Vuosi {n}" for n in range(30)]] * 2 + [[""] * 30]},
        {"kind": "table", "rows": [["Vuosi", ""], ["2024", "10 €"]], "has_head": True},
        {"kind": "paragraph", "text": "Autot kulkivat kylille. " * 60},
        {"kind": "notes", "text": "Puhu hitaasti."},
    ]
    parts = [a_part(n, f"Dian {n} aihe" * (n % 3), *blocks) for n in range(1, 25)]
    long = a_text(project, parts=parts).get_absolute_url()
    failed = a_text(project, state="failed", message="Rikki.", content={}, language="")
    swedish = a_text(project, "Slutrapport", language="sv")
    others = [text.get_absolute_url() for text in (failed, swedish)]
    return [long, f"{long}?kohta=dia-9#dia-9", f"/sv{long}?kohta=x", *others]


def listen(page):
    """The list into which the page's console writes."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_every_kind_of_page_is_accessible_silent_and_fits(browser, site):
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 900})
        said = listen(page)
        for path in addresses():
            page.goto(site + path)
            found = Axe().run(page, options={"runOnly": RULES["runOnly"]}).response["violations"]
            problems = [(v["id"], v["nodes"][0]["html"][:120]) for v in found]
            assert problems == [], (width, path)
            too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert too_wide <= 0, (width, path)
        assert [text for text in said if "404" not in text] == []
        page.close()


def test_a_project_is_found_and_opened_with_the_keyboard_alone(browser, site):
    page = browser.new_page()
    page.goto(f"{site}/hankkeet/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Siirry sisältöön"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    # The script comes when one touches the form. Enter before it leads to a whole new page.
    chromium.wait_for_list_script(page)
    page.keyboard.type("muistiystävällinen")
    page.keyboard.press("Enter")
    # The first search of a process takes its time.
    expect(page.locator("#tulokset")).to_be_focused(timeout=30_000)
    assert "q=muistiyst" in page.url
    for _ in range(40):
        page.keyboard.press("Tab")
        if "/hankkeet/H" in page.evaluate("document.activeElement.getAttribute('href') || ''"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("article.card")
    assert "Muistiystävällinen" in page.inner_text("h1").replace("\xad", "")
    page.close()


def test_filters_work_without_script(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/hankkeet/")
    page.get_by_text("Rajaa", exact=True).click()
    page.get_by_label("Päättynyt").check()
    page.get_by_role("button", name="Näytä hankkeet").click()
    page.wait_for_url("**vaihe=paattynyt*")
    phases = page.locator(".results .phase").all_inner_texts()
    assert set(phases) == {"Päättynyt"}
    context.close()
