"""In a real browser: nothing breaks the policy, and the editor writes what staff mean."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright

from hankkeet.models import Project
from sivusto.models import PageText
from tests import chromium
from tests.builders import a_draft, a_share, a_whole_card
from tests.sivusto.staff.helpers import a_superuser

pytestmark = pytest.mark.django_db(transaction=True)
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


@contextmanager
def a_browser(address: str, faults: list[str], **options) -> Iterator[Page]:
    """A page of a logged-in staff member; what goes wrong on it is noted."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        page = browser.new_context(**options).new_page()
        page.add_init_script(LISTEN)
        page.on("console", lambda message: message.type == "error" and faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/yllapito/login/?next=/yllapito/")
        page.fill("#id_username", "ylläpitäjä")
        page.fill("#id_password", "salasana-on-pitkä")
        page.click("[type=submit]")
        page.wait_for_url("**/yllapito/")
        yield page
        browser.close()


def own(faults: list[str]) -> list[str]:
    """Faults other than the icon that the browser asks for by itself."""
    return [fault for fault in faults if "404" not in fault]


def test_no_staff_page_breaks_the_policy(live_server):
    a_superuser()
    project, draft = a_whole_card(), a_draft("Luonnos")
    a_share(draft, is_proposal=True, quote="A 5 euroa")
    PageText.objects.get_or_create(page="tietosuoja", defaults={"body": "<p>x</p>"})
    names = ("add", "changelist", "import", "table")
    pages = [reverse(f"admin:hankkeet_project_{name}") for name in names]
    pages += [reverse(f"admin:hankkeet_project_{name}", args=[draft.pk]) for name in ("delete",)]
    pages += [
        reverse(f"admin:hankkeet_project_{name}", args=[row.pk])
        for name in ("change", "history", "preview")
        for row in (project, draft)
    ]
    pages += [reverse(f"admin:{name}") for name in ("index", "password_change", "auth_user_add")]
    pages += [reverse("admin:sivusto_pagetext_change", args=["tietosuoja"])]
    pages += [reverse(f"admin:rahoitus_funder_{name}") for name in ("add", "changelist")]
    faults: list[str] = []
    with a_browser(live_server.url, faults) as browser:
        for page in pages:
            browser.goto(live_server.url + page)
            browser.wait_for_load_state("networkidle")
            assert own(faults) == [], page


def test_text_typed_in_the_editor_is_saved_with_its_looks(live_server):
    a_superuser()
    faults: list[str] = []
    with a_browser(live_server.url, faults) as page:
        page.goto(live_server.url + reverse("admin:hankkeet_project_add"))
        page.fill("#id_name", "Kirjastoauto")
        text = page.locator("#sections-0 .ProseMirror[contenteditable]")
        assert text.get_attribute("aria-label") == "Teksti"
        text.click()
        page.click("#sections-0 button[aria-label='Lihavointi']")
        page.keyboard.type("Tärkeää")
        page.keyboard.press("Enter")
        page.click("#sections-0 button[aria-label='Luettelo']")
        page.keyboard.type("yksi")
        page.keyboard.press("Shift+Home")
        page.click("#sections-0 button[aria-label='Linkki']")
        page.fill(".prose-editor-dialog input[name=href]", "https://www.example.fi/")
        page.click(".prose-editor-dialog button:has-text('Valmis')")
        page.click("#sections-group .add-row a")
        added = page.locator("#sections-5 .ProseMirror[contenteditable]")
        added.click()
        page.keyboard.type("Uusi osa")
        page.click("input[name=_save] >> nth=0")
        page.wait_for_url("**/project/")
    bodies = [section.body for section in Project.objects.get().sections.all()]
    link = '<a href="https://www.example.fi/">yksi</a>'
    assert bodies[0] == f"<p><strong>Tärkeää</strong></p><ul><li>{link}</li></ul>"
    assert bodies[1] == "<p>Uusi osa</p>"
    assert own(faults) == []


def test_without_scripts_the_text_is_a_text_area(live_server):
    a_superuser()
    with a_browser(live_server.url, [], java_script_enabled=False) as page:
        page.goto(live_server.url + reverse("admin:hankkeet_project_add"))
        page.fill("#id_name", "Kirjastoauto")
        page.fill("#id_sections-0-body", "Ensin tämä.\n\nSitten tuo.")
        page.click("input[name=_save] >> nth=0")
        page.wait_for_url("**/project/")
    assert Project.objects.get().sections.get().body == "<p>Ensin tämä.</p><p>Sitten tuo.</p>"


def test_a_funder_is_found_by_the_start_of_its_name(live_server):
    a_superuser()
    a_share(a_draft(), "Sosiaali- ja terveysministeriö")
    with a_browser(live_server.url, []) as page:
        page.goto(live_server.url + reverse("admin:hankkeet_project_add"))
        page.click("#funding_shares-0 .field-funder .select2-selection")
        page.fill(".select2-dropdown .select2-search__field", "sosi")
        page.click(".select2-results__option:has-text('Sosiaali- ja terveysministeriö')")
        chosen = page.locator("#id_funding_shares-0-funder option:checked").inner_text()
    assert chosen == "Sosiaali- ja terveysministeriö"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_form_needs_no_sideways_scrolling(live_server, width):
    a_superuser()
    project = a_whole_card()
    with a_browser(live_server.url, [], viewport={"width": width, "height": 900}) as page:
        page.goto(live_server.url + reverse("admin:hankkeet_project_change", args=[project.pk]))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
