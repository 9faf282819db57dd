"""In a real browser: the desk, the map and the mail's link fit and need no mouse."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from hankkeet.models import Look, Project, Publication
from sivusto.checks.store import refresh
from sivusto.reminders import links
from tests.builders import a_message, a_portfolio, a_ready_draft
from tests.sivusto.reminders.builders import LONG_AGO, a_silent_card
from tests.sivusto.staff.helpers import a_superuser
from tests.sivusto.staff.test_browser import a_browser, own

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PICTURES = os.environ.get("HANKKEET_TEST_PICTURES", "")
LONG = "Hyvinvointipalvelukokonaisuusuudistamishankkeen jatkohanke, osa kaksi, " * 3


def judged(page, name):
    """Find no fault by the rules of axe, and nothing wider than the screen, at both widths."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def something_everywhere():
    card = a_silent_card(LONG)
    card.portfolios.add(a_portfolio(f"Salkku {LONG}"[:190]))
    Project.objects.update(published_at=LONG_AGO, planned_end_date="2025-06-30")
    a_message(card, "Yhdyssanahirviö" * 40)
    a_ready_draft(publication=Publication.IN_REVIEW)
    refresh(Project.objects.values_list("pk", flat=True))
    return card


def test_the_desk_and_the_map_are_accessible_fit_and_break_no_policy(live_server):
    card = something_everywhere()
    user = a_superuser()
    pages = {
        "desk": reverse("admin:index"),
        "silent": reverse("admin:desk_list", args=["hiljaiset"]),
        "findings": reverse("admin:desk_list", args=["havainnot"]),
        "empty": reverse("admin:desk_list", args=["palautetut"]),
        "map": reverse("admin:silence"),
        "map-wrong": reverse("admin:silence") + "?alku=ei",
        "link": reverse("confirm", args=[links.token(card.pk, user.pk, "x")]),
        "link-wrong": reverse("confirm", args=["x"]),
    }
    faults: list[str] = []
    with a_browser(live_server.url, faults) as page:
        for name, path in pages.items():
            page.goto(live_server.url + path)
            judged(page, name)
    assert own(faults) == []


def test_a_card_is_confirmed_by_keyboard_alone_on_the_desk_and_by_the_mails_link(live_server):
    card = something_everywhere()
    link = reverse("confirm", args=[links.token(card.pk, a_superuser().pk, "x")])
    faults: list[str] = []
    with a_browser(live_server.url, faults) as page:
        page.goto(live_server.url + reverse("admin:index"))
        page.focus("#hiljaiset button")
        page.keyboard.press("Enter")
        page.wait_for_selector(".messagelist")
        assert page.url == live_server.url + reverse("admin:index")
        page.context.clear_cookies()
        page.goto(live_server.url + link)
        page.focus("main form button")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=status]")
        judged(page, "confirmed")
    assert own(faults) == []
    assert sorted(Look.objects.values_list("kind", flat=True)) == ["confirmed", "mailed"]


def test_the_reviewers_buttons_carry_their_mark(client):
    """Of the panel above a card in review; a partial gets it only if it is handed over."""
    client.handler.enforce_csrf_checks = True
    client.force_login(a_superuser())
    card = a_ready_draft(publication=Publication.IN_REVIEW)
    page = client.get(reverse("admin:hankkeet_project_change", args=[card.pk])).text
    form = page[page.index('class="judge"') :]
    mark = form[: form.index("</form>")].split('name="csrfmiddlewaretoken" value="')[1]
    answer = {"move": "published", "csrfmiddlewaretoken": mark.split('"')[0]}
    client.post(reverse("admin:hankkeet_project_move", args=[card.pk]), answer)
    assert Project.objects.public().count() == 1
