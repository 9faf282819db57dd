"""Windows of a real browser in which people work, and what hands and eyes do in them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

PICTURES = os.environ.get("HANKKEET_TEST_PICTURES", "")
PASSWORD = "pitkä-salasana-kolmella-sanalla"
PATIENCE_MS = 60_000


@contextmanager
def a_window(browser: Browser, address: str) -> Iterator[Page]:
    """A window of one person: her own cookies, and patience for a loaded machine."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def pictured(page: Page, name: str) -> None:
    """Keep the page as a phone and a desk show it, where somebody has asked for pictures."""
    if not PICTURES:
        return
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def log_in(page: Page, name: str) -> None:
    page.goto("/yllapito/")
    page.get_by_label("Käyttäjätunnus").fill(name)
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään").click()
    expect(page.get_by_role("button", name="Kirjaudu ulos")).to_be_visible()


def told(page: Page, text: str) -> None:
    """See the message that the site gives after what was just done."""
    expect(page.locator(".messagelist")).to_contain_text(text)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).first.click()


def rows_of(page: Page, heading: str) -> Locator:
    """The part of the form under a heading."""
    return page.get_by_role("group", name=heading, exact=True)


def field(rows: Locator, label: str) -> Locator:
    """A field of the rows' first; the form also holds an unseen row to make new ones from."""
    return rows.get_by_label(f"{label}:", exact=True).filter(visible=True).first


def choose(page: Page, field: Locator, typed: str, name: str) -> None:
    """Find something by the start of its name in a field that searches the register."""
    field.click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=name, exact=True).click()
