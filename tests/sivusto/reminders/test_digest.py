"""The weekly mail: to whom, of what, and what it never says."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Look, Publication
from sivusto.reminders.digest import MOST_LINES, digest_of, letter_of, recipients
from tests.builders import a_contact, a_message, a_portfolio, a_project, a_ready_draft
from tests.sivusto.reminders.builders import LONG_AGO, a_person, a_silent_card
from tests.sivusto.staff.helpers import a_coordinator, a_superuser

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def titles(user):
    digest = digest_of(user, TODAY)
    return [(part.title, part.count) for part in digest.parts] if digest else []


def both_texts(user):
    letter = letter_of(digest_of(user, TODAY))
    (page, kind) = letter.alternatives[0]
    assert kind == "text/html"
    return letter.body, page


def test_mail_goes_to_staff_who_manage_or_coordinate_and_have_an_address():
    card = a_project()
    a_person("oma", card)
    a_person("kortiton")
    a_person("osoitteeton", card, email="")
    a_person("lähtenyt", card, is_active=False)
    a_person("ulkopuolinen", card, is_staff=False)
    a_coordinator(a_portfolio()).__class__.objects.filter(username="koordinaattori").update(
        email="k@example.fi"
    )
    assert [user.username for user in recipients()] == ["oma", "koordinaattori"]


def test_nobody_without_something_to_do_gets_mail():
    card = a_silent_card()
    Look.objects.create(project=card, kind="saved")
    assert titles(a_person("oma", card)) == []


def test_the_mail_says_what_waits_and_leads_to_the_card_and_to_its_button(client):
    card = a_silent_card("Kylien\nkirjastoauto & co")
    user = a_person("oma", card)
    text, page = both_texts(user)
    assert "HILJAISET KORTIT (1)" in text
    assert "- Kylien kirjastoauto & co\n" in text
    assert f"/yllapito/hankkeet/project/{card.pk}/change/" in text
    assert "kirjastoauto &amp; co" in page
    for each in (text, page):
        (link,) = set(re.findall(r"http://[^/]+(/vahvista/[^/]+/)", each))
        assert client.get(link).status_code == 200


def test_nothing_is_said_of_cards_that_the_person_may_not_edit():
    mine, others = a_silent_card("Oma"), a_silent_card("Toisen")
    user = a_person("oma", mine)
    assert "Toisen" not in "".join(both_texts(user))
    user.user_permissions.clear()
    assert titles(type(user).objects.get(pk=user.pk)) == []
    assert titles(a_person("toinen", others)) == [("Hiljaiset kortit", 1)]


def test_a_superuser_is_reminded_of_her_own_work_only():
    mine, _others = a_silent_card("Oma"), a_silent_card("Toisen")
    root = a_superuser()
    assert titles(root) == []
    root.managed_projects.add(mine)
    assert titles(root) == [("Hiljaiset kortit", 1)]


def test_a_coordinator_is_told_of_reviews_and_feedback_a_manager_is_not():
    card = a_ready_draft("Odottava", publication=Publication.IN_REVIEW)
    a_message(card, "Soita Maija Mallirannalle 050 000 0009")
    coordinator = a_coordinator(a_portfolio())
    assert titles(coordinator) == [("Tarkastettavana", 1), ("Palautetta odottamassa", 1)]
    assert "Malliranta" not in "".join(both_texts(coordinator))
    assert titles(a_person("oma", card)) == []


def test_no_contacts_name_is_in_a_mail():
    card = a_project("Kortti", planned_end_date=None)
    card.portfolios.add(a_portfolio(contact_months=12))
    a_contact(card, end_date=date(2025, 12, 10), person_name="Meri Malliranta")
    text, page = both_texts(a_person("oma", card))
    assert "nimi näkyy viimeisen kerran 10.12.2026" in text
    assert "Malliranta" not in text + page


def test_small_findings_alone_are_no_reason_to_write():
    card = a_silent_card()
    Look.objects.create(project=card, kind="saved")
    card.findings.create(key="x", kind="x", weight="minor", message="Nimi loppuu pilkkuun.")
    assert titles(a_person("oma", card)) == []


def test_a_long_list_ends_with_how_many_more_there_are():
    user = a_person("oma", *(a_silent_card(f"Hiljainen {n}") for n in range(MOST_LINES + 2)))
    text, page = both_texts(user)
    assert text.count("Ei muutosta: http") == MOST_LINES
    assert "ja 2 muuta työpöydälläsi" in text
    assert "ja 2 muuta työpöydälläsi" in page
    assert letter_of(digest_of(user, TODAY)).subject == "Hankekortit: 12 asiaa odottaa sinua"


def test_a_mail_takes_as_many_queries_for_many_cards_as_for_one():
    counts = []
    for number in (1, 20):
        user = a_person(f"oma{number}", *(a_silent_card(f"{number} {n}") for n in range(number)))
        with CaptureQueriesContext(connection) as captured:
            letter_of(digest_of(user, TODAY))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_no_program_is_to_answer_the_mail():
    card = a_silent_card()
    assert card.created_at != LONG_AGO
    message = letter_of(digest_of(a_person("oma", card), TODAY)).message()
    assert message["Auto-Submitted"] == "auto-generated"
