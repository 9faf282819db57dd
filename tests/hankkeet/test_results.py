"""What is left of a project is asked when it ends, and again after one, three and five years."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from hankkeet.models import Phase, Project, Result
from hankkeet.models.results import results_due
from tests.builders import a_project, a_result

pytestmark = pytest.mark.django_db

END = date(2020, 2, 29)


def ended(**values):
    days = {"actual_start_date": None, "planned_end_date": None, "actual_end_date": END}
    return a_project(phase=Phase.ENDED, **days, **values)


def is_due(project, today):
    return results_due(Project.objects.all(), today).filter(pk=project.pk).exists()


def test_an_ended_project_is_asked_until_it_tells_something():
    project = ended()
    assert is_due(project, date(2020, 3, 1))
    assert is_due(project, date(2035, 1, 1))
    a_result(project, answered_on=date(2020, 3, 1))
    assert not is_due(project, date(2020, 3, 1))


@pytest.mark.parametrize("phase", [Phase.PLANNED, Phase.RUNNING, Phase.DISCONTINUED])
def test_a_project_that_has_not_ended_is_not_asked(phase):
    assert not is_due(a_project(phase=phase), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("answered", "today", "due"),
    [
        (date(2020, 3, 1), date(2021, 2, 27), False),
        (date(2020, 3, 1), date(2021, 2, 28), True),  # a year later that month has no 29th day
        (date(2021, 2, 28), date(2023, 2, 27), False),
        (date(2021, 3, 1), date(2023, 2, 28), True),
        (date(2023, 3, 1), date(2025, 2, 27), False),
        (date(2023, 3, 1), date(2025, 2, 28), True),
        (date(2020, 3, 1), date(2030, 1, 1), True),
        (date(2025, 2, 28), date(2040, 1, 1), False),
    ],
)
def test_a_result_is_asked_after_again_in_one_three_and_five_years(answered, today, due):
    project = ended()
    a_result(project, answered_on=answered)
    assert is_due(project, today) is due


def test_what_has_ended_is_not_asked_after_and_one_old_answer_among_new_ones_is():
    project = ended()
    a_result(project, state="ended", answered_on=END)
    assert not is_due(project, date(2030, 1, 1))
    a_result(project, state="unknown", answered_on=date(2026, 1, 1))
    assert not is_due(project, date(2030, 1, 1))
    a_result(project, state="in_use", answered_on=END)
    assert is_due(project, date(2030, 1, 1))
    assert results_due(Project.objects.all(), date(2030, 1, 1)).count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Kirjoita, mikä tulos on."),
        ({"state": "lost"}, "Tuntematon tuloksen tila."),
        ({"state": "moved"}, "Kerro, minne tulos siirtyi"),
    ],
)
def test_what_a_result_cannot_be_is_said_in_words(values, words):
    result = Result(**{"project": a_project(), "name": "Opas"} | values)
    with pytest.raises(ValidationError) as caught:
        result.validate_constraints()
    assert words in str(caught.value)


def test_still_in_use_is_what_is_used_here_or_elsewhere():
    project = a_project()
    for state in ("in_use", "moved", "ended", "unknown"):
        a_result(project, state, state=state)
    assert [result.name for result in Result.objects.in_use()] == ["in_use", "moved"]
