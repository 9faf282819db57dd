"""Telling of a fault on a card: no cookie, no script, no third party, and no typed text lost."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Feedback
from sivusto.models import FeedbackTally
from tests.builders import a_draft, a_project
from tests.clock import clock_at

pytestmark = pytest.mark.django_db

OPENED, SENT = "2026-05-04T09:00:00", "2026-05-04T09:01:00"
TEXT = "Päättymispäivä on 31.12.2026."


@pytest.fixture
def project():
    return a_project()


def address(project, language=""):
    return f"{language}/hankkeet/{project.code}/palaute/"


def mark_in(text):
    return re.search(r'name="mark" value="([^"]+)"', text).group(1)


def opened(client, project, moment=OPENED):
    """The mark of a form opened at the moment."""
    with clock_at(moment):
        return mark_in(client.get(address(project)).text)


def send(
    client, project, *, mark=None, moment=SENT, address_of="192.0.2.1", headers=None, **fields
):
    mark = opened(client, project) if mark is None else mark
    data = {"message": TEXT, "email": "", "website": "", "mark": mark} | fields
    with clock_at(moment):
        return client.post(address(project), data, REMOTE_ADDR=address_of, headers=headers or {})


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_the_card_leads_to_a_form_in_every_language(client, project, language):
    link = f'href="{address(project, language)}"'
    assert link in client.get(f"{language}/hankkeet/{project.code}/").text
    response = client.get(address(project, language))
    assert response.status_code == 200
    assert f'action="{address(project, language)}"' in response.text


def test_a_message_lands_in_the_inbox_and_the_writer_is_thanked(client, project):
    response = send(client, project, email="lukija@example.fi")
    assert response.url == f"{address(project)}kiitos/"
    assert "Kiitos ilmoituksesta" in client.get(response.url).text
    saved = Feedback.objects.get()
    assert (saved.project, saved.message, saved.email) == (project, TEXT, "lukija@example.fi")
    assert saved.state == "new"


def test_no_cookie_is_set_or_needed_and_no_script_is_used(project):
    client = Client(enforce_csrf_checks=True)
    page = client.get(address(project))
    assert "<script" not in page.text
    assert "no-store" in page["Cache-Control"]
    assert send(client, project).status_code == 302
    assert not client.cookies


def test_no_personal_data_is_required_and_none_is_kept_of_the_sender(client, project):
    send(client, project, address_of="192.0.2.77")
    assert Feedback.objects.get().email == ""
    with connection.cursor() as cursor:
        for table in ("hankkeet_feedback", "sivusto_feedback_tally"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            assert "192.0.2.77" not in str(cursor.fetchall())


WRONG = {
    "nothing said": ({"message": "  "}, "Kirjoita, mikä kortilla on väärin."),
    "too much said": ({"message": "a" * 5001}, "Viesti on liian pitkä"),
    "half an address": ({"email": "lukija@"}, "Sähköpostiosoite on vajaa"),
    "the trap filled in": ({"website": "https://example.com"}, "piilotettu kenttä oli täytetty"),
    "no mark": ({"mark": ""}, "Lomake oli auki liian kauan"),
    "a made-up mark": ({"mark": "H1.abc:xyz:123"}, "Lomake oli auki liian kauan"),
    "too soon": ({"moment": "2026-05-04T09:00:01"}, "Viesti tuli liian nopeasti"),
    "too late": ({"moment": "2026-05-04T22:00:00"}, "Lomake oli auki liian kauan"),
    "a NUL": ({"message": "a\0b"}, "Tyhjiä merkkejä (null) ei sallita."),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_and_the_text_stays(client, project, case):
    fields, said = WRONG[case]
    typed = {"message": TEXT, "email": "lukija@example.fi"}
    response = send(client, project, **typed | fields)
    assert response.status_code == 400
    assert said in response.text
    kept = (typed | fields)["message"].strip()
    assert kept.replace("\0", "") in response.text.replace("\0", "")
    assert not Feedback.objects.exists()
    assert not FeedbackTally.objects.exists()


@pytest.mark.parametrize("case", ["the trap filled in", "no mark", "too late", "too soon"])
def test_a_refused_form_goes_through_when_sent_again(client, project, case):
    fields, _said = WRONG[case]
    moment = fields.get("moment", SENT)
    again = mark_in(send(client, project, **fields).text)
    later = moment[:-1] + "9"
    assert send(client, project, mark=again, moment=later).status_code == 302
    assert Feedback.objects.count() == 1


def test_another_cards_mark_does_not_do(client, project):
    other = a_project("Toinen hanke")
    response = send(client, project, mark=opened(client, other))
    assert response.status_code == 400
    assert not Feedback.objects.exists()


def test_a_form_sent_twice_is_one_message(client, project):
    mark = opened(client, project)
    assert [send(client, project, mark=mark).status_code for _ in range(3)] == [302] * 3
    assert Feedback.objects.count() == 1
    assert set(FeedbackTally.objects.values_list("number", flat=True)) == {1}


def test_a_draft_takes_no_feedback(client, project):
    mark = opened(client, project)
    draft = a_draft()
    assert client.get(address(draft)).status_code == 404
    assert send(client, draft, mark=mark).status_code == 404
    assert client.get(f"{address(draft)}kiitos/").status_code == 404


# Limits


@pytest.fixture
def _limits(monkeypatch):
    monkeypatch.setattr(settings, "FEEDBACK_FROM_ONE", 3)
    monkeypatch.setattr(settings, "FEEDBACK_FROM_ALL", 5)


@pytest.mark.usefixtures("_limits")
def test_one_address_is_heard_so_many_times_a_day_and_its_text_stays(client, project):
    codes = [send(client, project).status_code for _ in range(5)]
    assert codes == [302, 302, 302, 429, 429]
    full = send(client, project)
    assert "Viestejä on tullut tänään niin paljon" in full.text
    assert settings.FEEDBACK_EMAIL in full.text
    assert TEXT in full.text
    assert Feedback.objects.count() == 3
    assert send(client, project, address_of="192.0.2.2").status_code == 302


@pytest.mark.usefixtures("_limits")
def test_all_together_are_heard_so_many_times_a_day(client, project):
    codes = [send(client, project, address_of=f"192.0.2.{n}").status_code for n in range(8)]
    assert codes == [302] * 5 + [429] * 3
    assert Feedback.objects.count() == 5


@pytest.mark.usefixtures("_limits")
def test_a_forged_header_changes_nothing(client, project):
    codes = [
        send(client, project, headers={"x-forwarded-for": f"198.51.100.{n}"}).status_code
        for n in range(5)
    ]
    assert codes == [302, 302, 302, 429, 429]


@pytest.mark.usefixtures("_limits")
def test_behind_a_proxy_of_ours_the_address_is_what_it_saw(client, project, monkeypatch):
    monkeypatch.setattr(settings, "PROXIES", 1)

    def code(seen, forged):
        return send(client, project, headers={"x-forwarded-for": f"{forged}, {seen}"}).status_code

    assert [code("203.0.113.9", f"198.51.100.{n}") for n in range(4)] == [302, 302, 302, 429]
    assert code("203.0.113.10", "203.0.113.9") == 302


@pytest.mark.usefixtures("_limits")
def test_one_household_with_many_addresses_is_one(client, project):
    codes = [send(client, project, address_of=f"2001:db8:1:2::{n}").status_code for n in range(4)]
    assert codes == [302, 302, 302, 429]
    assert send(client, project, address_of="2001:db8:1:3::1").status_code == 302


@pytest.mark.usefixtures("_limits")
def test_the_next_day_counts_anew_and_forgets_who_wrote(client, project):
    for _ in range(4):
        send(client, project)
    yesterday = set(FeedbackTally.objects.values_list("sender", flat=True)) - {""}
    mark = opened(client, project, "2026-05-05T09:00:00")
    assert send(client, project, mark=mark, moment="2026-05-05T09:01:00").status_code == 302
    today = set(FeedbackTally.objects.values_list("sender", flat=True)) - {""}
    assert len(today) == 1
    assert not today & yesterday


def test_a_page_asks_one_thing_of_the_database_and_a_message_few(client, project):
    with CaptureQueriesContext(connection) as captured:
        client.get(address(project))
    assert len(captured) == 1
    mark = opened(client, project)
    with CaptureQueriesContext(connection) as captured:
        send(client, project, mark=mark)
    assert len(captured) <= 15
