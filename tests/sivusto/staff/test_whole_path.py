"""In a real browser: a card's whole life, by the people who live it, on the real site.

A project manager and a coordinator work in windows of their own, and a reader has no account. Each
does only what the screens offer. The one thing no screen does is to let time pass: the days of the
versions are moved in the database.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import wraps
from io import StringIO
from typing import ParamSpec, TypeVar

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from hankkeet.models import Organisation, ProjectType, Version
from tests import chromium
from tests.builders import a_funder, a_portfolio
from tests.sivusto.staff.helpers import a_coordinator, a_manager
from tests.sivusto.staff.people import (
    EXTENDED,
    FIRST_END,
    LATER_END,
    PUBLISHED,
    REAL_END,
    REASON,
    approve,
    end_it_and_tell_what_was_left,
    fill_in_a_new_card,
    finds_the_person_nowhere,
    mend_the_findings,
    open_as_it_was,
    propose_a_later_end,
    read_and_return,
    read_the_note_and_mend,
    reads_the_card,
    reads_the_history,
    reads_what_was_left,
    sees_no_card,
    send_to_review,
    shorten_the_time_of_contacts,
    shown,
)
from tests.sivusto.staff.windows import PASSWORD, PATIENCE_MS, a_window, log_in

pytestmark = pytest.mark.django_db(transaction=True)
P = ParamSpec("P")
T = TypeVar("T")


def make_the_city() -> None:
    """What was there before: two people, a portfolio, and the register's shared names."""
    portfolio = a_portfolio("Hyvän arjen salkku")
    for user in (a_manager(name="pauliina"), a_coordinator(portfolio, name="kaisa")):
        user.set_password(PASSWORD)
        user.save()
    a_funder("Jokilahden kaupunki")
    ProjectType.objects.create(name="Kaupungin oma hanke")
    Organisation.objects.create(name="Kirjastopalvelut")


# Time and the nightly command, which no screen has


def apart(work: Callable[P, T]) -> Callable[P, T]:
    """Do the work in a thread of its own: in this one the browser's tool has its event loop."""

    def closed(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        finally:
            connections.close_all()

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(closed, *args, **kwargs).result()

    return done


@apart
def let_time_pass(number: int, day: date) -> None:
    """Move the card's version back to the day."""
    versions = Version.objects.filter(number=number)
    moved = versions.get().published_at - (timezone.localdate() - day)
    versions.update(published_at=moved)


@apart
def due_contacts() -> str:
    out = StringIO()
    call_command("expire_contacts", stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """Let what is expected take its time, too; the tool's own five seconds are for others."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


def test_a_card_lives_from_a_draft_to_its_last_contact(live_server):
    make_the_city()
    with (
        sync_playwright() as tool,
        tool.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS) as browser,
        a_window(browser, live_server.url) as manager,
        a_window(browser, live_server.url) as coordinator,
        a_window(browser, live_server.url) as reader,
    ):
        log_in(manager, "pauliina")
        log_in(coordinator, "kaisa")
        fill_in_a_new_card(manager)
        mend_the_findings(manager)
        send_to_review(manager)
        read_and_return(coordinator)
        read_the_note_and_mend(manager)
        send_to_review(manager)
        sees_no_card(reader)
        approve(coordinator, "Kortti on julkaistu.")
        reads_the_card(reader, FIRST_END)
        let_time_pass(1, PUBLISHED)

        propose_a_later_end(manager)
        reads_the_card(reader, FIRST_END)
        change = f"{shown(FIRST_END)} → {shown(LATER_END)}"
        approve(coordinator, "Muutokset on hyväksytty ja julkaistu.", change, REASON)
        reads_the_card(reader, LATER_END)
        let_time_pass(2, EXTENDED)
        reads_the_history(reader)
        open_as_it_was(reader, PUBLISHED)
        expect(reader.get_by_role("article")).to_contain_text(shown(FIRST_END))

        end_it_and_tell_what_was_left(manager)
        approve(coordinator, "Muutokset on hyväksytty ja julkaistu.", "Reittimalli")
        reads_the_card(reader, REAL_END)
        reads_what_was_left(reader)

        assert "yhteyshenkilöitä 0" in due_contacts()
        shorten_the_time_of_contacts(coordinator)
        finds_the_person_nowhere(reader)
        assert "Projektipäällikkö, Kirjastopalvelut: nimi, vuorossa" in due_contacts()
