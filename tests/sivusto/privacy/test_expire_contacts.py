"""Persons whose time is over are listed for the officer, and removed when she says so."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from hankkeet.models import Contact, Feedback, MoveKind, Phase, Revision
from sivusto.editing import revisions
from sivusto.editing.values import read
from sivusto.models import ErasureRecord
from tests.builders import a_contact, a_message, a_portfolio, a_project
from tests.clock import clock_at
from tests.sivusto.staff.helpers import a_superuser

pytestmark = pytest.mark.django_db
NOW = "2026-05-04T09:00:00"


def run(*options, moment=NOW):
    out = StringIO()
    with clock_at(moment):
        call_command("expire_contacts", *options, stdout=out)
    return out.getvalue()


def persons():
    return sorted(Contact.objects.exclude(person_name="").values_list("role", flat=True))


@pytest.fixture
def register():
    """One due contact, one of a longer portfolio, one that runs, and one that nobody dated."""
    late = a_project("Päättynyt", planned_end_date=date(2024, 6, 30))
    a_contact(late, role="Vanha", email="")
    kept = a_project("Pitkään näkyvä", planned_end_date=date(2024, 6, 30))
    kept.portfolios.add(a_portfolio("Pitkä", contact_months=60))
    a_contact(kept, role="Pitkä")
    a_contact(a_project("Käynnissä"), role="Nykyinen")
    undated = a_project("Päiväämätön", planned_end_date=None, phase=Phase.ENDED)
    a_contact(undated, role="Päiväämätön")
    return late


def test_a_dry_run_tells_what_it_would_do_and_does_nothing(register):
    said = run()
    assert f"{register.code}  Vanha, Kirjastopalvelut: nimi, puhelin, vuorossa 1.7.2025" in said
    assert "Poistettaisiin: yhteyshenkilöitä 1, palautteiden osoitteita 0." in said
    assert "hanke on päättynyt, mutta päättymispäivä puuttuu" in said
    assert "Mitään ei vielä poistettu" in said
    assert persons() == ["Nykyinen", "Pitkä", "Päiväämätön", "Vanha"]
    assert not ErasureRecord.objects.exists()


@pytest.mark.parametrize("options", [(), ("--apply",), ("--format", "json")])
def test_nothing_printed_tells_who_it_is(register, options):
    said = run(*options)
    for word in ("Malliranta", "050 000 0009", "meri.malliranta"):
        assert word not in said


def test_apply_takes_the_person_and_leaves_the_role(register):
    assert "Poistettu: yhteyshenkilöitä 1" in run("--apply")
    assert persons() == ["Nykyinen", "Pitkä", "Päiväämätön"]
    left = register.contacts.get()
    assert (left.person_name, left.phone, left.email) == ("", "", "")
    assert (left.role, left.unit) == ("Vanha", "Kirjastopalvelut")
    assert left.unit_email == "kirjasto@jokilahti.example.fi"
    assert "yhteyshenkilöitä 0" in run("--apply")


def test_what_was_done_is_logged_without_the_data(register):
    run("--apply")
    record = ErasureRecord.objects.get()
    assert (record.kind, record.codes) == ("expiry", [register.code])
    assert record.counts == {"contacts": 1, "feedback": 0}
    assert record.account
    run("--apply")
    assert ErasureRecord.objects.count() == 1


def test_a_contact_that_was_only_a_name_stays_as_a_contact():
    a_contact(a_project(planned_end_date=date(2024, 6, 30)), role="", unit="")
    run("--apply")
    assert Contact.objects.get().role == "Yhteyshenkilö"


def test_json_tells_the_same(register):
    told = json.loads(run("--format", "json"))
    assert told["applied"] is False
    assert told["contacts"] == [
        {
            "code": register.code,
            "role": "Vanha",
            "unit": "Kirjastopalvelut",
            "since": "2025-07-01",
            "data": ["person_name", "phone"],
        }
    ]
    assert [row["since"] for row in told["undated"]] == [None]


@pytest.mark.parametrize(
    ("moment", "left"), [("2026-05-04T20:59:59", 1), ("2026-05-04T21:00:00", 0)]
)
def test_the_address_of_a_closed_message_goes_after_its_time(moment, left):
    closed = timezone.datetime.fromisoformat("2025-05-04T10:00:00+03:00")
    project = a_project()
    a_message(project, email="a@example.fi", state="dismissed", closed_at=closed)
    a_message(project, email="b@example.fi")
    run("--apply", moment=moment)
    assert Feedback.objects.filter(email="a@example.fi").count() == left
    assert Feedback.objects.filter(email="b@example.fi").exists()
    assert Feedback.objects.count() == 2


def test_a_proposed_change_gives_up_the_person_too(register):
    register.portfolios.add(a_portfolio())
    register.sections.create(body="<p>Kirjoja.</p>")
    live = read(register.pk)
    user = a_superuser()
    revisions.keep(register, live | {"name": "Uusi"}, live, by=user, reason="")
    (before,) = Revision.objects.get().content["contacts"]
    run("--apply")
    revision = Revision.objects.get()
    assert before["person_name"]
    for values in (revision.base, revision.content):
        (contact,) = values["contacts"]
        assert (contact["role"], contact["person_name"], contact["phone"]) == ("Vanha", "", "")
    revisions.move(revision, MoveKind.PUBLISHED, user)
    assert not register.contacts.get().person_name
