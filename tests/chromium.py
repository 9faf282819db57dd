"""Finds the system's Chromium; the test tool brings none of its own."""

import shutil
import subprocess
import sys

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these a Chromium run by root does not start, or asks for hosts that are not ours.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str:
    """Return the browser's path; raise where there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("Chromium puuttuu. Aja make test, joka asentaa sen.")


def driver_starts() -> bool:
    """Tell whether the test tool's own driver finds the system's libraries that it needs."""
    driver, _command_line = compute_driver_executable()
    return subprocess.run([driver, "--version"], capture_output=True, check=False).returncode == 0


def wait_for_list_script(page: Page) -> None:
    """Wait for what the list's form brings when it is touched; Enter before it loads a new page.

    Looks again and again, for the page's policy lets no test tool wait inside it.
    """
    while not page.evaluate("document.querySelector('form.list').onsubmit !== null"):
        page.wait_for_timeout(50)


if __name__ == "__main__":
    sys.exit(0 if any(map(shutil.which, NAMES)) and driver_starts() else 1)
