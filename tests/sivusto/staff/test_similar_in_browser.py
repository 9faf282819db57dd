"""In a real browser: similar cards come up beside the form while it is typed into."""

import pytest
from django.urls import reverse

from sivusto.search.index import catch_up
from tests.builders import a_draft, a_project
from tests.sivusto.staff.helpers import a_superuser
from tests.sivusto.staff.test_browser import a_browser, own

pytestmark = pytest.mark.django_db(transaction=True)
PANEL, STATUS = "#similar-live", "#similar-status"


def test_they_come_up_while_name_and_summary_are_typed(live_server):
    a_superuser()
    for index in range(12):
        a_project(f"Venevalkama {index}")
    a_project("Tekoäly lastensuojelussa")
    a_draft("Kaupunkimetsä")
    catch_up()
    faults: list[str] = []
    with a_browser(live_server.url, faults) as page:
        page.goto(live_server.url + reverse("admin:hankkeet_project_add"))
        page.fill("#id_name", "Rantapolku")
        editor = page.locator("#sections-0 .ProseMirror")
        editor.click()
        page.keyboard.type("Lastensuojelun arki")
        page.wait_for_selector(f"{PANEL} summary")
        assert "Yksi samankaltainen hanke on jo" in page.inner_text(STATUS)
        page.fill("#id_name", "Kaupunkimetsän lastensuojelu")
        page.locator(f"{PANEL} li").nth(1).wait_for(state="attached")
        assert page.locator(PANEL).get_attribute("open") is None
        page.click(f"{PANEL} summary")
        link = page.get_by_role("link", name="Kaupunkimetsä (avautuu uuteen välilehteen)")
        assert link.get_attribute("target") == "_blank"
    assert own(faults) == []
