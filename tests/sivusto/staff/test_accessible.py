"""In a real browser: the main staff screens have no fault by the rules of axe, and fit a phone.

The sign-in pages are judged in ``signing``, the desk's own lists beside the desk.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from hankkeet.models import Project, Publication
from sivusto.checks.store import refresh
from sivusto.editing import revisions
from sivusto.editing.values import read
from sivusto.history.recording import record
from tests.builders import (
    a_measure,
    a_message,
    a_period,
    a_portfolio,
    a_ready_draft,
    a_share,
    a_whole_card,
)
from tests.sivusto.staff.helpers import a_superuser
from tests.sivusto.staff.test_browser import a_browser

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PICTURES = os.environ.get("HANKKEET_TEST_PICTURES", "")
# Django's script for choosing rights gives a name to an icon that may have none; the icon says
# nothing that the field's own label does not.
OF_DJANGO = ("search-label-icon",)


def of(name, *args):
    return reverse(f"admin:{name}", args=args)


def a_site_at_work(user):
    """A card in each state that has a screen of its own; returns the screens' addresses."""
    card, revised = a_whole_card(), a_whole_card("Muutettava")
    record([card])
    Project.objects.filter(pk=card.pk).update(name="Toinen nimi,")
    record([card])
    waiting = a_ready_draft("Odottava", publication=Publication.IN_REVIEW)
    a_share(waiting, is_proposal=True, quote="A 5 euroa")
    live = read(revised.pk)
    revisions.keep(revised, live | {"name": "Uusi,"}, live, by=user, reason="Syy.")
    refresh([card.pk, revised.pk, waiting.pk])
    measure, period, message = a_measure(card, months=((2025, 1),)), a_period(card), a_message(card)
    group = User.objects.create_user("kirjaaja", is_staff=True)
    return {
        "desk": of("index"),
        "list": of("hankkeet_project_changelist"),
        "add": of("hankkeet_project_add"),
        "card": of("hankkeet_project_change", card.pk),
        "review": of("hankkeet_project_change", waiting.pk),
        "revision": of("hankkeet_project_revision", revised.pk),
        "history": of("hankkeet_project_history", card.pk),
        "restore": of("hankkeet_project_restore", card.pk, 1),
        "delete": of("hankkeet_project_delete", waiting.pk),
        "import": of("hankkeet_project_import"),
        "table": of("hankkeet_project_table"),
        "periods": of("seuranta_reportingperiod_changelist"),
        "open-period": of("seuranta_reportingperiod_open"),
        "report": of("seuranta_reportingperiod_fill", period.pk),
        "period": of("seuranta_reportingperiod_change", period.pk),
        "import-report": of("seuranta_reportingperiod_import", card.code),
        "package": of("seuranta_workpackage_change", measure.work_package_id),
        "measure": of("seuranta_measure_change", measure.pk),
        "inbox": of("hankkeet_feedback_changelist"),
        "message": of("hankkeet_feedback_change", message.pk),
        "funders": of("rahoitus_funder_changelist"),
        "funder": of("rahoitus_funder_change", card.funding_shares.first().funder_id),
        "portfolio": of("salkut_portfolio_change", a_portfolio().pk),
        "users": of("auth_user_changelist"),
        "user": of("auth_user_change", group.pk),
        "password": of("password_change"),
    }


def faults_of(page, name):
    """Return what axe finds at both widths, and whether the page is wider than the screen."""
    faults = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        for rule in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:200] for node in rule["nodes"]]
            own = [html for html in nodes if not any(mark in html for mark in OF_DJANGO)]
            faults += [(name, width, rule["id"], html) for html in own]
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            faults.append((name, width, "wide", found))
    return faults


def test_the_main_screens_have_no_fault_and_fit_a_phone(live_server):
    pages = a_site_at_work(a_superuser())
    faults = []
    with a_browser(live_server.url, []) as page:
        for name, address in pages.items():
            answer = page.goto(live_server.url + address)
            assert answer.status == 200, name
            page.wait_for_load_state("networkidle")
            faults += faults_of(page, name)
    assert faults == []


def test_a_choice_that_is_searched_for_has_the_name_of_its_field_and_tells_its_value(live_server):
    a_superuser()
    card = a_whole_card()
    with a_browser(live_server.url, []) as page:
        page.goto(live_server.url + of("hankkeet_project_change", card.pk))
        chosen = "Rahoittaja Sosiaali- ja terveysministeriö"
        expect(page.get_by_role("combobox", name=chosen).first).to_be_visible()
        expect(page.get_by_role("searchbox", name="Salkut")).to_be_visible()
        implementers = page.get_by_role("group", name="Toteuttajat", exact=True)
        implementers.get_by_role("button", name="Lisää toinen Toteuttaja").click()
        added = implementers.get_by_role("combobox", name="Toteuttaja").last
        added.click()
        expect(page.get_by_role("searchbox", name="Toteuttaja")).to_be_focused()
