"""Every public change leaves one version, and nothing else does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from hankkeet.models import Project, Section, Version
from rahoitus.models import Funder
from sivusto.card.queries import cards
from sivusto.history.contents import parts_of
from sivusto.history.queries import contents_of, steps
from sivusto.history.recording import AT_ONCE, WHOLE_EVERY, next_version, record
from sivusto.history.schema import SCHEMA
from sivusto.history.snapshot import snapshot
from tests.builders import a_draft, a_project, a_share, a_whole_card
from tests.sivusto.history.contents import a_card

pytestmark = pytest.mark.django_db


def numbers(project):
    return list(project.versions.values_list("number", flat=True))


def rename(project, name):
    Project.objects.filter(pk=project.pk).update(name=name)
    return record([project])


def test_a_change_leaves_a_version_with_what_changed():
    project = a_whole_card()
    assert record([project]) == 1
    assert rename(project, "Kirjastovene") == 1
    first, second = project.versions.all()
    assert first.changes["name"] == "Kirjastoauto kylille"
    assert second.changes == {"name": "Kirjastovene"}
    assert (second.number, second.base) == (2, 1)


def test_what_is_the_same_leaves_none():
    project = a_whole_card()
    record([project])
    project.save()
    assert record([project]) == 0


def test_a_draft_leaves_none():
    draft = a_draft()
    assert record([draft]) == 0
    assert numbers(draft) == []


def test_withdrawal_and_return_are_told_and_keep_the_content():
    project = a_whole_card()
    record([project])
    Project.objects.filter(pk=project.pk).withdraw()
    assert record([project]) == 1
    assert record([project]) == 0
    Project.objects.filter(pk=project.pk).publish()
    assert record([project]) == 1
    assert [v.is_public for v in project.versions.all()] == [True, False, True]
    newest, hidden, first = steps(project.versions.all())
    assert newest.content == hidden.content == first.content
    assert (newest.was_public, hidden.was_public, first.before) == (False, True, None)


def test_a_changed_row_of_many_is_stored_alone():
    project = a_whole_card()
    record([project])
    Section.objects.filter(heading="Tulokset").update(body="<p>Valmista tuli.</p>")
    record([project])
    (key,) = project.versions.last().changes
    assert key.startswith("sections/")


def test_a_long_history_has_whole_versions_on_the_way():
    project = a_whole_card()
    record([project])
    for number in range(WHOLE_EVERY + 2):
        rename(project, f"Nimi {number}")
    whole = [v.number for v in project.versions.all() if v.base == v.number]
    assert whole == [1, WHOLE_EVERY + 1]
    last = project.versions.last()
    assert contents_of([last])[project.pk] == snapshot(cards().get(pk=project.pk))
    told = steps(project.versions.filter(number__gt=WHOLE_EVERY - 1))
    assert [step.content["name"] for step in told] == ["Nimi 51", "Nimi 50", "Nimi 49", "Nimi 48"]
    assert told[-1].before["name"] == "Nimi 47"


def test_after_a_new_schema_the_next_version_is_whole():
    last = Version(project_id=1, number=4, base=1, schema=SCHEMA - 1, changes={})
    made = next_version(1, last, a_card(), a_card(name="Uusi"))
    assert (made.number, made.base, made.schema) == (5, 5, SCHEMA)
    assert made.changes == parts_of(a_card(name="Uusi"))


def test_a_new_way_of_writing_the_same_is_no_change():
    project = a_whole_card()
    record([project])
    Version.objects.update(digest="of an older schema")
    assert record([project]) == 0


def test_two_versions_of_one_second_keep_their_order():
    project = a_project()
    moment = timezone.now()
    record([project], moments={project.pk: moment})
    Project.objects.filter(pk=project.pk).update(name="Toinen")
    record([project], moments={project.pk: moment})
    assert [step.content["name"] for step in steps(project.versions.all())] == [
        "Toinen",
        "Kirjastoauto kylille",
    ]


def test_a_number_is_given_once():
    project = a_project()
    record([project])
    again = Version(
        project=project, number=1, base=1, schema=1, changes={}, published_at=timezone.now()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


@pytest.mark.parametrize(
    ("moment", "day", "is_seen"),
    [
        ("2014-05-31T20:59:59", "2014-05-31", True),
        ("2014-05-31T21:00:00", "2014-05-31", False),
        ("2014-05-31T21:00:00", "2014-06-01", True),
        ("2014-01-31T21:59:59", "2014-01-31", True),
        ("2014-01-31T22:00:00", "2014-01-31", False),
    ],
)
def test_a_day_ends_at_midnight_in_helsinki_summer_and_winter(moment, day, is_seen):
    project = a_project()
    record([project], moments={project.pk: datetime.fromisoformat(moment).replace(tzinfo=UTC)})
    found = project.versions.before_end_of(datetime.fromisoformat(day).date())
    assert found.exists() == is_seen


def test_the_nightly_run_finds_what_nobody_saved(capsys):
    project = a_project()
    a_share(project, "Säätiö", amount=5)
    hidden = a_project("Piiloutuva")
    record([project, hidden])
    Funder.objects.update(name="Suursäätiö")
    Project.objects.filter(pk=hidden.pk).withdraw()
    never = a_project("Ilman versiota")
    call_command("record_versions")
    assert "tallennettiin 3." in capsys.readouterr().out
    assert (numbers(project), numbers(hidden), numbers(never)) == ([1, 2], [1, 2], [1])
    call_command("record_versions")
    assert "tallennettiin 0." in capsys.readouterr().out


def test_a_batch_is_recorded_in_as_many_queries_as_one_card(django_assert_max_num_queries):
    projects = [a_project(f"Hanke {n}") for n in range(12)]
    for project in projects:
        a_share(project, amount=1)
    assert len(projects) < AT_ONCE
    record(projects)
    Project.objects.update(phase="ended")
    with django_assert_max_num_queries(15):
        assert record(projects) == 12


def test_the_stored_parts_are_the_cards():
    project = a_whole_card()
    record([project])
    assert project.versions.get().changes == parts_of(snapshot(cards().get(pk=project.pk)))
    assert timezone.now() - project.versions.get().published_at < timedelta(minutes=1)
