"""What lies on a person's desk: her own cards, each where something is to be done."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hankkeet.models import Attachment, Move, MoveKind, Phase, Project, Publication, Revision
from hankkeet.models.silence import with_silence
from seuranta.tables import report_of
from sivusto.checks.store import refresh
from sivusto.desk import questions
from sivusto.desk.lists import BY_NAME, LISTS, Shown, desk_of, lists_for, own_desk_of
from tests.builders import (
    a_contact,
    a_message,
    a_period,
    a_portfolio,
    a_project,
    a_ready_draft,
    a_text,
    a_whole_card,
)
from tests.sivusto.staff.helpers import a_coordinator, a_manager, a_superuser, a_viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
LONG_AGO = timezone.make_aware(timezone.datetime(2025, 1, 1))


def of_portfolio(project):
    project.portfolios.add(a_portfolio())
    return project


def lines(user, name, today=TODAY, desk=desk_of):
    return [(each.text, each.detail) for each in Shown(BY_NAME[name], desk(user, today), 50).lines]


@pytest.fixture
def coordinator():
    return a_coordinator(a_portfolio())


def test_a_card_and_a_revision_in_review_wait_for_who_publishes_them(coordinator):
    waiting = a_ready_draft("Kortti", publication=Publication.IN_REVIEW)
    public = a_whole_card("Ehdotus")
    Revision.objects.create(project=public, base={}, content={}, state=Publication.IN_REVIEW)
    a_ready_draft("Kesken")
    assert [name for name, _told in lines(coordinator, "tarkastettavana")] == ["Kortti", "Ehdotus"]
    assert lines(a_manager(waiting, public), "tarkastettavana") == []


def test_a_returned_card_tells_what_the_reviewer_wants(coordinator):
    project = a_ready_draft("Palautettu")
    for kind, note in ((MoveKind.SENT, ""), (MoveKind.RETURNED, "Lisää\nrahoittaja")):
        Move.objects.create(project=project, kind=kind, note=note, by=coordinator)
    resent = a_ready_draft("Lähetetty taas")
    for kind in (MoveKind.RETURNED, MoveKind.SENT):
        Move.objects.create(project=resent, kind=kind, note="x")
    manager = a_manager(project, resent)
    assert lines(manager, "palautetut") == [("Palautettu", "”Lisää rahoittaja”")]
    assert lines(coordinator, "palautetut") == []  # she has sent it back herself


def test_a_returned_revision_of_a_public_card_is_mended_as_a_revision():
    project = a_whole_card("Julkinen")
    Revision.objects.create(project=project, base={}, content={}, state=Publication.DRAFT)
    Move.objects.create(project=project, kind=MoveKind.RETURNED, note="Syy", of_revision=True)
    (line,) = Shown(BY_NAME["palautetut"], desk_of(a_manager(project), TODAY), 5).lines
    assert line.address.endswith("/muutosehdotus/")


def test_a_project_that_has_ended_but_is_said_to_run_is_told(coordinator):
    of_portfolio(a_project("Ohi", planned_end_date=date(2026, 11, 25)))
    of_portfolio(a_project("Viimeinen päivä", planned_end_date=TODAY))
    of_portfolio(a_project("Päätetty", planned_end_date=date(2026, 1, 1), phase=Phase.ENDED))
    told = "Päättyi 25.11.2026, mutta vaihe on yhä ”Käynnissä”"
    assert lines(coordinator, "paattyneet") == [("Ohi", told)]


def test_an_ended_project_is_asked_what_is_left_of_it(coordinator):
    ended = {"planned_end_date": None, "actual_end_date": date(2025, 11, 20), "phase": Phase.ENDED}
    silent, asked_again = (of_portfolio(a_project(name, **ended)) for name in ("Ei mitään", "Yksi"))
    of_portfolio(a_project("Kesken"))
    asked_again.results.create(name="Opas", answered_on=date(2025, 12, 1))
    assert lines(coordinator, "tulokset") == [
        ("Ei mitään", "Päättyi 20.11.2025, tuloksia ei ole kirjattu"),
        ("Yksi", "Päättyi 20.11.2025, ovatko tulokset yhä käytössä?"),
    ]
    asked_again.results.update(answered_on=TODAY)
    silent.results.create(name="Laite", state="ended", answered_on=date(2025, 12, 1))
    assert lines(coordinator, "tulokset") == []


def test_a_report_is_missing_once_its_time_is_over_and_until_it_is_sent(coordinator):
    project = of_portfolio(a_project("Kylät"))
    late = a_period(project, due_date=date(2025, 8, 15))
    a_period(project, half=2, submitted_at=timezone.now())
    a_period(project, year=2026, half=2)  # goes on
    a_period(of_portfolio(a_project("Ilman määräpäivää")), year=2026)
    a_period(a_project("Muiden"))
    assert lines(coordinator, "raportit") == [
        ("Kylät", "Raportti jaksolta 1.1.2025 – 30.6.2025 puuttuu, määräpäivä 15.8.2025"),
        ("Ilman määräpäivää", "Raportti jaksolta 1.1.2026 – 30.6.2026 puuttuu"),
    ]
    [first, _second] = Shown(BY_NAME["raportit"], desk_of(coordinator, TODAY), 5).lines
    assert first.address.endswith(f"/reportingperiod/{late.pk}/tayta/")


def test_a_silent_card_tells_when_it_was_last_looked_at(coordinator):
    project = of_portfolio(a_project("Hiljainen"))
    Project.objects.filter(pk=project.pk).update(created_at=LONG_AGO)
    told = "Ei katsottu, rekisterissä 1.1.2025 alkaen"
    assert lines(coordinator, "hiljaiset") == [("Hiljainen", told)]
    project.looks.create(kind="saved", at=LONG_AGO + timedelta(days=31))
    assert lines(coordinator, "hiljaiset") == [("Hiljainen", "Katsottu viimeksi 1.2.2025")]
    assert with_silence(Project.objects.all()).get().heard_on == date(2025, 2, 1)


def test_an_incomplete_card_tells_what_it_lacks(coordinator):
    a_whole_card("Täysi")
    of_portfolio(a_project("Vajaa", actual_start_date=None))
    told = "Puuttuu: tiivistelmä, alkamispäivä, toteuttaja tai yhteyshenkilö"
    assert lines(coordinator, "vajaat") == [("Vajaa", told)]


def test_findings_come_by_weight_without_those_that_are_known(coordinator):
    project = of_portfolio(a_project("Kortti,", planned_end_date=date(2025, 1, 1)))
    refresh([project.pk])
    shown = Shown(BY_NAME["havainnot"], desk_of(coordinator, TODAY), 50)
    weights = [line.weight for line in shown.lines]
    assert weights == sorted(weights, key=["serious", "notable", "minor"].index)
    assert sum(number for *_name, number in shown.numbers) == shown.count == len(weights) > 1
    known = project.findings.first()
    project.known_findings.create(key=known.key, reason="Näin on hyvä")
    assert len(lines(coordinator, "havainnot")) == len(weights) - 1


def test_a_contact_is_told_in_time_by_role_and_never_by_name(coordinator):
    type(a_portfolio()).objects.update(contact_months=12)
    soon, late, gone = (of_portfolio(a_project(name)) for name in ("Pian", "Joskus", "Ohi"))
    for project, end in ((soon, "2025-12-31"), (late, "2026-03-01"), (gone, "2025-11-25")):
        a_contact(project, end_date=date.fromisoformat(end))
    (told,) = lines(coordinator, "yhteyshenkilot")
    assert told == (
        "Pian",
        "Projektipäällikkö, Kirjastopalvelut: nimi näkyy viimeisen kerran 31.12.2026",
    )


def test_a_portfolios_own_time_of_contacts_is_heeded(coordinator):
    project = a_project("Pitkä")
    project.portfolios.add(a_portfolio())
    type(a_portfolio()).objects.update(contact_months=120)
    a_contact(project, end_date=date(2016, 12, 1))
    assert [name for name, _told in lines(coordinator, "yhteyshenkilot")] == ["Pitkä"]


def test_sent_reports_wait_for_who_locks_them(coordinator, client):
    project = of_portfolio(a_project("Hanke"))
    sent = a_period(project, submitted_at=LONG_AGO)
    a_period(project, 2024)
    locked = a_period(project, 2023, submitted_at=LONG_AGO)
    locked.lock(report_of(project, locked))
    a_period(of_portfolio(a_project("Uudempi")), submitted_at=timezone.now())
    a_period(a_project("Toisen salkun"), submitted_at=LONG_AGO)
    withdrawn = of_portfolio(a_project("Poistettu", publication=Publication.WITHDRAWN))
    a_period(withdrawn, submitted_at=LONG_AGO)
    found = lines(coordinator, "lukittavat")
    assert found[0] == ("Hanke", "Raportti jaksolta 1.1.2025 – 30.6.2025, lähetetty 1.1.2025")
    assert [name for name, _told in found] == ["Hanke", "Uudempi"]
    assert lines(a_manager(project), "lukittavat") == []
    [first] = Shown(BY_NAME["lukittavat"], desk_of(coordinator, TODAY), 1).lines
    client.force_login(coordinator)
    assert "Lukitse tallennettu raportti" in client.get(first.address).text
    assert first.address.endswith(f"/{sent.pk}/tayta/")


def test_feedback_of_her_own_portfolios_waits_for_a_coordinator(coordinator):
    a_message(of_portfolio(a_project("Oma")))
    a_message(a_project("Toisen"))
    a_message(of_portfolio(a_project("Hoidettu")), state="dismissed", closed_at=timezone.now())
    assert [name for name, _told in lines(coordinator, "palaute")] == ["Oma"]


@pytest.mark.parametrize("name", BY_NAME)
def test_others_cards_lie_on_nobodys_desk_but_a_superusers(name):
    one_of_everything()
    another = a_coordinator(a_portfolio("Toinen salkku"))
    assert lines(another, name, timezone.localdate()) == []
    assert lines(a_manager(), name, timezone.localdate()) == []
    root = a_superuser()
    assert len(lines(root, name, timezone.localdate())) >= 1
    assert lines(root, name, timezone.localdate(), own_desk_of) == []


def one_of_everything(number=0):
    """A card for each list; the same cards again for each number."""
    end = timezone.localdate() - timedelta(days=10)
    project = of_portfolio(a_project(f"Hanke {number},", planned_end_date=end))
    Project.objects.filter(pk=project.pk).update(created_at=LONG_AGO)
    a_message(project)
    a_text(project, state="failed", message="Rikki.", content={})
    a_contact(project, end_date=timezone.localdate() - timedelta(days=30 * settings.CONTACT_MONTHS))
    a_ready_draft(f"Tarkastettava {number}", publication=Publication.IN_REVIEW)
    ended = of_portfolio(a_project(f"Ohi {number}", phase=Phase.ENDED, actual_end_date=end))
    ended.looks.create(kind="saved")
    a_period(project)
    a_period(project, 2024, submitted_at=timezone.now())
    returned = a_ready_draft(f"Palautettu {number}")
    Move.objects.create(project=returned, kind=MoveKind.RETURNED, note="Syy")
    refresh([project.pk])


def test_each_list_is_one_query_however_many_rows_there_are(coordinator):
    for number in range(3):
        one_of_everything(number)
    desk = desk_of(coordinator, timezone.localdate())
    for each in LISTS:
        with CaptureQueriesContext(connection) as captured:
            shown = Shown(each, desk, 2)
            assert (shown.count >= 3, len(shown.lines)) == (True, 2), each.name
        assert len(captured) == 1, each.name


def test_people_see_the_lists_that_their_work_has():
    names = {
        "coordinator": [each.name for each in lists_for(a_coordinator())],
        "manager": [each.name for each in lists_for(a_manager())],
        "viewer": [each.name for each in lists_for(a_viewer())],
    }
    assert names["coordinator"] == list(BY_NAME)
    assert set(BY_NAME) - set(names["manager"]) == {
        "tarkastettavana",
        "palaute",
        "lukittavat",
    }
    assert names["viewer"] == []


def test_attachments_without_text_wait_until_they_are_marked_scanned():
    project = a_whole_card()
    broken = a_text(project, "Rikki", state="failed", message="Tiedosto on vioittunut.", content={})
    scan = a_text(project, "Skannaus", state="without_text", content={})
    a_text(project, "Luettu")
    a_text(project, "Merkitty", state="scanned", content={})
    replaced = a_text(project, "Vaihdettu", state="failed", message="Vanha.", content={})
    Attachment.objects.filter(pk=replaced.pk).update(file="liitteet/uusi.pdf")
    rows = list(questions.unreadable(Project.objects.all()))
    assert [row.pk for row in rows] == [scan.pk, broken.pk]
    lines = [BY_NAME["tekstit"].line(row) for row in rows]
    assert "pelkkää kuvaa" in lines[0].detail
    assert lines[1].detail == "Rikki: Tiedosto on vioittunut."
    assert lines[1].address.endswith(f"/attachmenttext/{broken.pk}/change/")
