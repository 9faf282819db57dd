"""One person's data is found wherever it stands, and when it is erased nothing of it is left."""

import base64
import json
import zlib
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Attachment, Contact, Section
from seuranta.tables import report_of
from sivusto.card import paper
from sivusto.models import ErasureRecord, ImportedCard, PageText
from sivusto.privacy.places import find, known_by
from sivusto.search.index import catch_up
from tests.builders import (
    a_contact,
    a_draft,
    a_measure,
    a_message,
    a_period,
    a_project,
    an_entry,
)

pytestmark = pytest.mark.django_db

NAME = "Meri Malliranta"
STRINGS = ("malliranta", "mallirannan", "meri.m", "0500000009", "050 000 0009", "358500000009")


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PDF_DIR", tmp_path)
    monkeypatch.setattr(paper, "pdf_store", lambda: paper.PdfStore(tmp_path, paper._options()))


@pytest.fixture
def everywhere():
    """The person in every kind of place that there is."""
    project = a_project("Kirjastoauto")
    a_contact(project)
    a_contact(a_draft("Luonnos"), role="Malliranta Meri, siht.", person_name="", phone="")
    Section.objects.create(
        project=project,
        heading="Meri Mallirannan ajatuksia",
        body="<p>Soita <strong>Meri</strong> Mallirannalle, +358 50 000 0009.</p>",
    )
    Attachment.objects.create(project=project, title="Haastattelu: Malliranta, Meri")
    ImportedCard.objects.create(
        project=project, source="a.txt", values={"sections": {"x": ["Meri Malliranta kertoo"]}}
    )
    period = a_period(project)
    an_entry(period, a_measure(project), "Meri Malliranta on palkattu.")
    period.lock(report_of(project, period))
    a_message(project, "Meri Malliranta ei vastaa.", email="meri.malliranta@jokilahti.example.fi")
    PageText.objects.update_or_create(
        page="tietosuoja", defaults={"body": "<p>Kysy: meri.malliranta(at)jokilahti.example.fi</p>"}
    )
    user = User.objects.create_user(
        "meri.m", "meri.malliranta@jokilahti.example.fi", first_name="Meri", last_name="Malliranta"
    )
    LogEntry.objects.log_actions(
        user.pk, [project], CHANGE, change_message="Yhteyshenkilö Meri Malliranta lisätty"
    )
    waiting = SessionStore()
    packed = base64.b64encode(zlib.compress("Yhteyshenkilöt Meri Malliranta".encode())).decode()
    waiting["card_import"] = {"texts": [["a.txt", packed]], "publication": "draft"}
    waiting.save()
    call_command("record_versions", stdout=StringIO())
    catch_up(budget_s=None)
    paper.pdf_store().put(paper.pdf_store().key("vanha", project.code), b"%PDF")
    return project


def every_text():
    """Whatever of the database can be read as text, and what sessions hold."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall() if name != "django_migrations"]
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            for (row,) in cursor.fetchall():
                yield table, row.casefold()
    for key in SessionStore.get_model_class().objects.values_list("pk", flat=True):
        yield "session", json.dumps(SessionStore(key).load()).casefold()


def left():
    return [(table, word) for table, row in every_text() for word in STRINGS if word in row]


def run(*options):
    out = StringIO()
    call_command("personal_data", *options, stdout=out)
    return out.getvalue()


def test_every_place_is_listed_with_the_words_around_it(everywhere):
    told = json.loads(run(NAME, "--format", "json"))["places"]
    places = {(place["place"].split(":")[0], place["place"].split(":")[2]) for place in told}
    assert places == {
        ("hankkeet.contact", "person_name"),
        ("hankkeet.contact", "phone"),
        ("hankkeet.contact", "email"),
        ("hankkeet.contact", "role"),
        ("hankkeet.section", "heading"),
        ("hankkeet.section", "body"),
        ("hankkeet.attachment", "title"),
        ("hankkeet.version", "changes"),
        ("hankkeet.feedback", "message"),
        ("hankkeet.feedback", "email"),
        ("seuranta.reportingperiod", "contents"),
        ("seuranta.statusentry", "status"),
        ("sivusto.importedcard", "values"),
        ("sivusto.pagetext", "body"),
        ("admin.logentry", "change_message"),
        ("sivusto.auditentry", "details"),
        ("auth.user", "username"),
        ("auth.user", "first_name"),
        ("auth.user", "last_name"),
        ("auth.user", "email"),
    } | ({("hankkeet.finding", "message")} & places)
    body = next(place for place in told if place["place"].endswith(":body") and place["code"])
    assert body["code"] == everywhere.code
    assert body["around"] == "Soita Meri Mallirannalle, +358 50 000 0009."
    assert "istuntoja: 1." in run(NAME)


@pytest.mark.parametrize("term", [NAME, "meri.malliranta@jokilahti.example.fi", "+358500000009"])
def test_a_name_an_email_and_a_phone_all_find_the_contact(everywhere, term):
    assert any(place.name == "person_name" for place in find(known_by(term)))


def test_listing_and_a_preview_change_nothing(everywhere):
    before = sorted(every_text())
    run(NAME)
    assert "Mitään ei vielä poistettu" in run(NAME, "--erase")
    assert sorted(every_text()) == before


def test_after_erasure_none_of_it_is_anywhere_in_the_database(everywhere):
    assert {table for table, _word in left()} >= {"hankkeet_section", "sivusto_search_word"}
    run(NAME, "--erase", "--apply")
    assert left() == []
    contact = everywhere.contacts.get()
    assert (contact.role, contact.unit) == ("Projektipäällikkö", "Kirjastopalvelut")
    body = everywhere.sections.get().body
    assert body == "<p>Soita <strong>[poistettu]</strong>, [poistettu].</p>"
    assert not list(settings.PDF_DIR.glob("??/*.pdf"))


def test_an_erasure_is_logged_without_the_data(everywhere):
    run(NAME, "--erase", "--apply")
    record = ErasureRecord.objects.get()
    assert record.kind == "person"
    assert everywhere.code in record.codes
    assert record.counts["sessions"] == 1
    assert record.counts["texts"] >= 6


def test_an_account_is_closed_and_what_it_did_stays(everywhere):
    run(NAME, "--erase", "--apply")
    user = User.objects.get(username__startswith="poistettu-")
    assert (user.is_active, user.has_usable_password(), user.email) == (False, False, "")
    assert LogEntry.objects.filter(user=user).exists()


def test_a_place_left_out_stays(everywhere):
    key = f"hankkeet.section:{everywhere.sections.get().pk}:body"
    run(NAME, "--erase", "--apply", "--except", key)
    assert "Mallirannalle" in everywhere.sections.get().body
    assert {table for table, _word in left()} <= {
        "hankkeet_section",
        "sivusto_search_word",
        "sivusto_search_document",
        "hankkeet_finding",
    }


def test_a_form_left_open_cannot_write_the_person_back(everywhere):
    version = everywhere.version
    run(NAME, "--erase", "--apply")
    everywhere.refresh_from_db()
    assert everywhere.version != version


def test_a_shared_phone_does_not_take_a_colleague_along(everywhere):
    a_contact(a_draft("Toinen"), person_name="Kalle Kaukoranta", email="")
    run(NAME, "--erase", "--apply")
    colleague = Contact.objects.get(person_name="Kalle Kaukoranta")
    assert colleague.phone == "050 000 0009"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("12",), "Anna nimi"),
        ((NAME, "--apply"), "--erase"),
        ((NAME, "--erase", "--except", "a:1:b"), "Paikkaa ei ole: a:1:b"),
    ],
)
def test_a_bad_request_is_told_kindly(everywhere, options, said):
    with pytest.raises(CommandError, match=said):
        run(*options)


def test_one_query_a_table_however_many_places(everywhere):
    with CaptureQueriesContext(connection) as one:
        find(known_by(NAME))
    for number in range(5):
        project = a_project(f"Hanke {number}")
        a_contact(project)
        Section.objects.create(project=project, body="<p>Meri Malliranta</p>")
    with CaptureQueriesContext(connection) as many:
        find(known_by(NAME))
    assert len(many) == len(one)
