"""The list in a real browser: it answers as one types and ticks, and works without script."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from sivusto.transfer.demo import load_demo
from tests import chromium

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FOCUSED = "document.activeElement.name + '=' + document.activeElement.value"


@pytest.fixture
def site(live_server):
    load_demo(Path(settings.BASE_DIR) / "fixtures" / "demo")
    return live_server.url


@pytest.fixture
def page(browser, site):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(20_000)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(f"{site}/hankkeet/")
    yield page
    page.close()


def ready(page):
    """Touch the form, and wait for the script that this brings."""
    with page.expect_response("**/list*.js"):
        page.locator("#q").focus()
    chromium.wait_for_list_script(page)


def expect_phases(page, *phases):
    expect(page.locator(".results .phase").first).to_have_text(phases[0])
    assert set(page.locator(".results .phase").all_inner_texts()) == set(phases)


def problems(page):
    found = Axe().run(page, options={"runOnly": RULES["runOnly"]}).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in found]


def test_typing_and_ticking_answer_at_once_and_back_takes_a_step_back(page, site):
    page.request.get(f"{site}/hankkeet/?q=koulu")  # the first search of a process takes its time
    ready(page)
    page.keyboard.type("muistiystävällinen")
    page.wait_for_url("**/hankkeet/?q=muistiyst*")
    expect(page.locator("#tila")).to_have_text("1 hanke")
    assert page.evaluate(FOCUSED) == "q=muistiystävällinen"
    page.locator("#q").fill("")
    page.wait_for_url(f"{site}/hankkeet/")
    page.get_by_label("Päättynyt").check()
    page.wait_for_url("**/hankkeet/?vaihe=paattynyt")
    expect_phases(page, "Päättynyt")
    assert page.evaluate(FOCUSED) == "vaihe=paattynyt"
    assert page.get_by_role("link", name="Käsittelyvaihe: Päättynyt").count() == 1
    page.go_back()
    page.wait_for_url(f"{site}/hankkeet/")
    expect(page.get_by_label("Päättynyt")).not_to_be_checked()
    assert page.errors == []


def test_a_tick_keeps_focus_and_the_counts_of_the_others_follow(page):
    ready(page)
    before = page.locator("[name=salkku] ~ small").all_inner_texts()
    page.get_by_label("Käynnissä", exact=False).first.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**vaihe=kaynnissa")
    expect(page.locator("#tila")).not_to_be_empty()
    assert page.evaluate(FOCUSED) == "vaihe=kaynnissa"
    assert page.locator("[name=salkku] ~ small").all_inner_texts() != before
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**vaihe=kaynnissa&vaihe=paattynyt")
    assert page.evaluate(FOCUSED) == "vaihe=paattynyt"
    assert page.errors == []


def test_order_chips_and_pages_are_live_too(page):
    ready(page)
    page.get_by_label("Järjestys").select_option("nimi")
    page.wait_for_url("**/hankkeet/?jarjestys=nimi")
    page.get_by_role("link", name="Sivu 2").click()
    page.wait_for_url("**jarjestys=nimi&sivu=2")
    expect(page.locator("#tulokset")).to_be_focused()
    page.get_by_label("Päättynyt").check()
    page.wait_for_url("**/hankkeet/?vaihe=paattynyt&jarjestys=nimi")
    page.get_by_role("link", name="Käsittelyvaihe: Päättynyt").click()
    page.wait_for_url("**/hankkeet/?jarjestys=nimi")
    expect(page.get_by_label("Päättynyt")).not_to_be_checked()
    assert page.errors == []


def test_when_an_update_fails_it_is_said_and_the_button_still_works(page):
    ready(page)
    page.route("**/hankkeet/?*", lambda route: route.abort())
    page.locator("#q").fill("koulu")
    expect(page.locator("#tila")).to_contain_text("Luettelo ei päivittynyt")
    assert page.locator("#q").input_value() == "koulu"
    assert problems(page) == []
    page.unroute("**/hankkeet/?*")
    page.get_by_role("button", name="Hae", exact=True).click()
    page.wait_for_url("**/hankkeet/?q=koulu*")


@pytest.mark.parametrize("width", [390, 1280])
def test_filters_empty_results_and_errors_are_accessible(browser, site, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    for query in ("?q=palvelu&vaihe=paattynyt&budjetti=50-200", "?q=zzz&vaihe=outo"):
        page.goto(f"{site}/hankkeet/{query}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        assert problems(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.goto(f"{site}/hankkeet/rajaukset/rahoittaja/?vaihe=paattynyt")
    assert problems(page) == []
    page.close()


def test_on_a_phone_the_filters_fold_away_when_one_is_ready(browser, site):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{site}/hankkeet/")
    assert not page.get_by_label("Päättynyt").is_visible()
    page.locator(".filters > summary").click()
    chromium.wait_for_list_script(page)
    page.get_by_label("Päättynyt").check()
    page.wait_for_url("**vaihe=paattynyt")
    page.locator("#nayta", has_text="hanketta").click()
    expect(page.get_by_label("Päättynyt")).not_to_be_visible()
    assert page.locator(".filters > summary b").inner_text().startswith("1")
    page.close()


def test_everything_works_without_script(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/hankkeet/")
    page.locator(".filters > summary").click()
    page.get_by_label("Päättynyt").check()
    page.get_by_role("button", name="Näytä hankkeet").click()
    page.wait_for_url(f"{site}/hankkeet/?vaihe=paattynyt")
    page.get_by_label("Järjestys").select_option("nimi")
    page.get_by_role("button", name="Järjestä").click()
    page.wait_for_url(f"{site}/hankkeet/?vaihe=paattynyt&jarjestys=nimi")
    page.get_by_role("link", name="Käsittelyvaihe: Päättynyt").click()
    page.wait_for_url(f"{site}/hankkeet/?jarjestys=nimi")
    context.close()
