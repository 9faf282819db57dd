"""The data version moves with every change that the public can see, and with no other."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from hankkeet.models import (
    Attachment,
    AttachmentText,
    Contact,
    ExternalKey,
    Implementer,
    Logo,
    Look,
    Organisation,
    Project,
    Section,
)
from rahoitus.models import Funder, Programme
from seuranta.models import ReportingPeriod
from sivusto.models import Change, DataVersion, PageText, Synonym
from tests.builders import (
    a_measure,
    a_period,
    a_portfolio,
    a_project,
    a_published_period,
    a_ready_draft,
    a_share,
    a_whole_card,
    successor_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES = {
    "its name": lambda p: Project.objects.filter(pk=p.pk).update(name="Kirjastovene"),
    "withdrawal": lambda p: Project.objects.filter(pk=p.pk).withdraw(),
    "deletion": lambda p: Project.objects.filter(pk=p.pk).delete(),
    "a section": lambda p: Section.objects.create(project=p, body="<p>Uutta</p>"),
    "a contact": lambda p: Contact.objects.filter(project=p).update(role="Suunnittelija"),
    "an attachment": lambda p: Attachment.objects.filter(project=p).update(is_hidden=True),
    "an attachment's text": lambda p: AttachmentText.objects.create(
        attachment=p.attachments.get(), state="without_text"
    ),
    "a logo": lambda p: Logo.objects.create(project=p, image="logot/a.png", alt="Merkki"),
    "an implementer": lambda p: Implementer.objects.filter(project=p).delete(),
    "the implementer's name": lambda p: Organisation.objects.update(name="Kirjastot"),
    "a key": lambda p: ExternalKey.objects.filter(project=p).update(value="7"),
    "a successor": successor_of,
    "a portfolio": lambda p: p.portfolios.clear(),
    "the portfolio's name": lambda p: type(a_portfolio()).objects.update(name="Arjen salkku"),
    "the type's name": lambda p: type(p.project_type).objects.update(name="Muu"),
    "a look": lambda p: Look.objects.create(project=p, kind="confirmed"),
    "a share": lambda p: a_share(p, "Maakuntaliitto"),
    "the funder's name": lambda p: Funder.objects.filter(short_name="").update(statement="Maksaja"),
    "the programme's name": lambda p: Programme.objects.update(name="Kaste II"),
    "a page's text": lambda p: PageText.objects.update(body="<p>Uusi</p>"),
    "a report": a_published_period,
    "a day when a report is due": lambda p: a_period(p, due_date=date(2026, 8, 15)),
    "a synonym": lambda p: Synonym.objects.create(word="auto", others="kulkuneuvo"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_public_change_moves_it(change):
    project = a_whole_card()
    PageText.objects.get_or_create(page=PageText.Page.PRIVACY, defaults={"body": "<p>-</p>"})
    before = DataVersion.current()
    CHANGES[change](project)
    assert DataVersion.current() > before


def test_publishing_moves_it_and_drafts_do_not():
    draft = a_ready_draft()
    before = DataVersion.current()
    Section.objects.create(project=draft, body="<p>Kesken</p>")
    Look.objects.create(project=draft, kind="saved")
    Project.objects.filter(pk=draft.pk).update(name="Kesken")
    Project.objects.filter(name="ei kukaan").update(name="ei mikään")
    a_published_period(draft)
    assert DataVersion.current() == before
    Project.objects.filter(pk=draft.pk).publish()
    assert DataVersion.current() > before


def test_a_report_moves_it_only_when_it_is_published():
    project = a_project()
    period = a_published_period(project)
    ReportingPeriod.objects.filter(pk=period.pk).update(state="locked")
    before = DataVersion.current()
    a_measure(project)
    a_period(project, 2026)
    ReportingPeriod.objects.filter(pk=period.pk).update(submitted_at=None)
    assert DataVersion.current() == before
    period.publish()
    assert DataVersion.current() > before


def test_a_change_taken_back_leaves_it_as_it_was():
    a_project()
    before = DataVersion.current()
    with transaction.atomic():
        a_project("Toinen")
        transaction.set_rollback(True)
    assert DataVersion.current() == before


def test_a_change_after_a_savepoint_taken_back_still_moves_it():
    project = a_project()
    before = DataVersion.current()
    with transaction.atomic():
        point = transaction.savepoint()
        Project.objects.filter(pk=project.pk).update(name="Peruttu")
        transaction.savepoint_rollback(point)
        Project.objects.filter(pk=project.pk).update(name="Jäävä")
    assert DataVersion.current() > before


def test_one_transaction_moves_it_once_and_leaves_no_mark():
    before = DataVersion.current()
    with transaction.atomic():
        a_whole_card()
        inside = DataVersion.current()
        marks = Change.objects.count()
    assert inside == before
    assert marks == 1
    assert Change.objects.count() == 0


def test_emptied_tables_move_it_and_it_never_comes_back():
    a_project()
    before = DataVersion.current()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE sivusto_data_version")
        cursor.execute("TRUNCATE sivusto_pagetext")
    assert DataVersion.current() > before


def test_writers_do_not_wait_for_each_others_transactions():
    first, second = a_project(), a_project("Toinen")

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '3s'")
        Project.objects.filter(pk=second.pk).update(name="Valmis ensin")
        connection.close()

    with transaction.atomic():
        Project.objects.filter(pk=first.pk).update(name="Vielä auki")
        other = threading.Thread(target=write)
        other.start()
        other.join()
        names = set(Project.objects.values_list("name", flat=True))
    assert names == {"Vielä auki", "Valmis ensin"}
