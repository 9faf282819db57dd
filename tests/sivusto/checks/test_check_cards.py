"""``manage.py check_cards`` and the findings that it keeps."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from hankkeet.models import Finding, KnownFinding
from sivusto.checks.store import refresh
from tests.builders import a_project, a_whole_card

pytestmark = pytest.mark.django_db


def run(*codes, **options):
    out = StringIO()
    call_command("check_cards", *codes, stdout=out, **options)
    return out.getvalue()


def test_findings_are_printed_as_json():
    project = a_whole_card("Kirjastoauto,")
    found = json.loads(run(project.code.lower(), format="json"))
    assert found == [
        {
            "code": project.code,
            "kind": "untidy_name",
            "weight": "minor",
            "message": "Hankkeen nimi ”Kirjastoauto,” päättyy pilkkuun.",
            "quote": "Kirjastoauto,",
            "fix": {
                "label": "Korjaa nimeksi ”Kirjastoauto”",
                "changes": [{"table": "project", "values": {"name": "Kirjastoauto"}, "row": None}],
            },
        }
    ]


def test_a_register_that_is_right_prints_an_empty_list():
    a_whole_card()
    assert json.loads(run(format="json")) == []
    assert run() == "Havaintoja: 0.\n"


def test_only_the_asked_cards_are_checked_and_a_strange_code_is_told():
    one, two = a_whole_card("Yksi,"), a_whole_card("Kaksi,")
    assert "Kaksi" not in run(one.code)
    assert not two.findings.exists()
    with pytest.raises(CommandError, match="H999999"):
        run("H999999")


def test_the_night_finds_what_time_has_made_untrue():
    project = a_whole_card()
    yesterday = timezone.localdate() - timedelta(1)
    refresh([project.pk])
    assert not Finding.objects.exists()
    type(project).objects.update(planned_end_date=yesterday)
    assert "Hanke on yhä käynnissä" in run()


def test_a_finding_that_stays_keeps_its_day_and_one_that_is_mended_goes():
    project = a_whole_card("Auto,", planned_end_date=date(2025, 1, 1))
    refresh([project.pk])
    first = Finding.objects.get(kind="untidy_name")
    type(project).objects.update(planned_end_date=date(2028, 1, 1))
    refresh([project.pk])
    assert Finding.objects.get() == first
    assert Finding.objects.get().found_at == first.found_at


def test_what_is_known_is_not_printed():
    project = a_whole_card("Auto,")
    refresh([project.pk])
    KnownFinding.objects.create(project=project, key=Finding.objects.get().key, reason="On nimi.")
    assert json.loads(run(format="json")) == []


def test_many_cards_take_as_many_queries_as_one(django_assert_num_queries):
    one = a_project("Auto,")
    refresh([one.pk])
    more = [a_whole_card(f"Auto {number},").pk for number in range(5)]
    with django_assert_num_queries(14):
        refresh([one.pk])
    with django_assert_num_queries(14):
        refresh(more)
