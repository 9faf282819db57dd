"""What cards link to is asked, and what no longer answers is told on the card and to staff."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from hankkeet.models import Attachment, Link, Result, Section
from sivusto.checks.store import refresh
from sivusto.links import checking
from sivusto.links.checking import answers, linked, note
from tests.builders import a_draft, a_project

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 3)
REPORT, PLACE, TEXT = (f"https://{name}.example.fi/" for name in ("raportti", "tulos", "teksti"))


def a_linked_card(**values):
    project = a_project("Linkitetty", **values)
    Attachment.objects.create(project=project, title="Loppuraportti", url=REPORT)
    Result.objects.create(project=project, name="Opas", url=PLACE)
    body = (
        f'<p><a href="{TEXT}?a=1&amp;b=2">Lue</a> ja <a href="mailto:x@example.fi">kirjoita</a></p>'
    )
    Section.objects.create(project=project, heading="Tavoitteet", body=body)
    return project


def test_only_public_links_to_the_web_are_asked(settings):
    project = a_linked_card()
    own = f"{settings.PUBLIC_ADDRESS}/hankkeet/"
    Attachment.objects.create(project=project, title="Oma", url=own)
    Attachment.objects.create(project=project, title="Piilo", url="https://p.fi/", is_hidden=True)
    Attachment.objects.create(project=a_draft(), title="Luonnos", url="https://luonnos.fi/")
    expected = {key: {project.pk} for key in (REPORT, PLACE, f"{TEXT}?a=1&b=2")}
    assert linked() == expected


def test_each_address_is_asked_once():
    asked = []
    told = answers([REPORT, PLACE, f"{REPORT}b"], lambda address: asked.append(address) or "x")
    assert sorted(asked) == sorted(told) == sorted([REPORT, PLACE, f"{REPORT}b"])


def test_one_bad_day_is_forgiven_and_two_are_told(client):
    project = a_linked_card()

    def shown(day=""):
        return client.get(project.get_absolute_url()).text.count(f"ei vastannut {day}")

    note({REPORT: "sivua ei ole, 404", PLACE: "ei vastannut", TEXT: ""}, DAY - timedelta(days=1))
    assert shown() == 0
    note({REPORT: "sivua ei ole, 404", PLACE: "ei vastannut", TEXT: ""}, DAY)
    assert shown("3.5.2026") == 2
    note({REPORT: "", PLACE: ""}, DAY)
    assert shown() == 0
    assert set(Link.objects.values_list("address", flat=True)) == {REPORT, PLACE}


def test_a_dead_link_is_a_finding_until_it_answers():
    project = a_linked_card()
    address = f"{TEXT}?a=1&b=2"
    for days in (1, 0):
        told = {REPORT: "sivua ei ole, 404", PLACE: "", address: "ei vastannut"}
        note(told, DAY - timedelta(days=days))
    refresh([project.pk])
    dead = project.findings.filter(kind="dead_link").order_by("message")
    assert list(dead.values_list("message", "quote")) == [
        ("Liite ”Loppuraportti”: linkki ei toimi (3.5.2026: sivua ei ole, 404).", REPORT),
        ("Teksti ”Tavoitteet”: linkki ei toimi (3.5.2026: ei vastannut).", address),
    ]
    note(dict.fromkeys((REPORT, PLACE, address), ""), DAY)
    refresh([project.pk])
    assert not dead.exists()


def test_the_command_keeps_nothing_unless_told_to(capsys, monkeypatch):
    project = a_linked_card()
    problems = {REPORT: "sivua ei ole, 404"}
    monkeypatch.setattr(checking.answers, "__defaults__", (lambda a: problems.get(a, ""),))

    call_command("check_links", "--format", "json")
    [told] = json.loads(capsys.readouterr().out)
    assert told == {"address": REPORT, "problem": problems[REPORT], "projects": [project.pk]}
    assert not Link.objects.exists()

    call_command("check_links", "--apply")
    out = capsys.readouterr().out
    assert "Linkkejä 3, joista 1 ei vastannut." in out
    assert Link.objects.get(failing_since__isnull=False).address == REPORT
