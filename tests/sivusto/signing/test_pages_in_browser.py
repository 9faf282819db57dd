"""In a real browser: signing in breaks no policy, fits a phone and works by keyboard alone."""

import os
from base64 import b32decode
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django_otp.oath import TOTP
from playwright.sync_api import Page, sync_playwright

from sivusto.environment import SignOn
from tests import chromium
from tests.sivusto.signing.helpers import CODE, LOGIN, PASSWORD, TWO_FACTOR

pytestmark = pytest.mark.django_db(transaction=True)
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}
PICTURES = os.environ.get("HANKKEET_TEST_PICTURES", "")


def judged(page: Page, name: str) -> None:
    """Find no fault by the rules of axe, and nothing wider than the screen, at both widths."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def code(secret: str, later: int = 0) -> str:
    """The code of a secret as the page writes it; each is taken once, so ask for a later one."""
    totp = TOTP(b32decode(secret.replace(" ", "")))
    totp.time += later * totp.step
    return f"{totp.token():06d}"


def pressed(page: Page, selector: str, text: str) -> None:
    """Type into the field and press Enter, as one does without a mouse."""
    page.focus(selector)
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_signing_in_by_keyboard_with_a_second_factor(live_server, settings):
    settings.SIGN_ON = SignOn("https://login.example.fi", "a", "b", "groups", ())
    settings.OTP_TOTP_SYNC = False  # a code typed at the turn of its 30 s is no slow clock
    User.objects.create_user("kirjaaja", password=PASSWORD, is_staff=True)
    faults: list[str] = []
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        page = browser.new_page()
        page.add_init_script(LISTEN)
        page.on("console", lambda message: message.type == "error" and faults.append(message.text))
        page.goto(f"{live_server.url}{LOGIN}?next={TWO_FACTOR}")
        judged(page, "login")
        page.fill("#id_username", "kirjaaja")
        pressed(page, "#id_password", PASSWORD)
        page.wait_for_url(lambda url: urlsplit(url).path == TWO_FACTOR)
        judged(page, "off")
        pressed(page, "#content-main button", "")
        page.wait_for_selector(".qr svg")
        judged(page, "set-up")
        secret = page.text_content(".secret")
        pressed(page, "#id_code", code(secret))
        page.wait_for_selector(".recovery-codes")
        judged(page, "codes")
        pressed(page, "#logout-form button", "")
        page.wait_for_url("**/logout/")
        page.goto(f"{live_server.url}{LOGIN}?next={TWO_FACTOR}")
        page.fill("#id_username", "kirjaaja")
        pressed(page, "#id_password", PASSWORD)
        page.wait_for_url(lambda url: urlsplit(url).path == CODE)
        judged(page, "code")
        pressed(page, "#id_code", code(secret, later=1))
        page.wait_for_url(lambda url: urlsplit(url).path == TWO_FACTOR)
        judged(page, "on")
        browser.close()
    assert [fault for fault in faults if "404" not in fault] == []
