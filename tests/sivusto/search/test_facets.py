"""What is offered to be ticked: the most used first, the ticked always, and never a secret."""

import pytest

from hankkeet.models import Implementer, Organisation, ProjectType
from rahoitus.models import Programme
from sivusto.search.counting import outcome
from sivusto.search.facets import facets
from sivusto.search.selection import FACETS, Selection
from tests.builders import a_draft, a_portfolio, a_project, a_share

pytestmark = pytest.mark.django_db


def offered(unfolded=(), **chosen):
    selection = Selection(chosen=tuple(chosen.items()))
    return {facet.name: facet for facet in facets(selection, outcome(selection, 1, 20), unfolded)}


def labels(facet):
    return [(option.label, option.count, option.is_chosen) for option in facet.options]


def implement(project, *units):
    for unit in units:
        organisation = Organisation.objects.get_or_create(name=unit)[0]
        Implementer.objects.create(project=project, organisation=organisation)


def test_every_facet_is_there_even_in_an_empty_register():
    found = offered()
    assert list(found) == list(FACETS)
    assert labels(found["vaihe"])[0] == ("Suunnitteilla", 0, False)
    assert found["salkku"].options == []


def test_values_stand_in_finnish_order_with_their_counts():
    for name in ("Öljy", "Ahma", "Åbo"):
        a_project(name).portfolios.add(a_portfolio(name), a_portfolio("Yhteinen"))
    a_portfolio("Tyhjä")
    assert labels(offered(salkku=("yhteinen",))["salkku"]) == [
        ("Ahma", 1, False),
        ("Tyhjä", 0, False),
        ("Yhteinen", 3, True),
        ("Åbo", 1, False),
        ("Öljy", 1, False),
    ]


def test_types_stand_in_their_own_order():
    ProjectType.objects.create(name="Aa", position=10)
    ProjectType.objects.create(name="Zz", position=9)
    assert [option.label for option in offered()["tyyppi"].options] == ["Zz", "Aa"]


def test_only_the_most_used_are_shown_until_all_are_asked_for():
    for number in range(15):
        for project in range(1 + (number % 2)):
            implement(a_project(f"H{number} {project}"), f"Yksikkö {number:02}")
    few, all_of_them = offered()["toteuttaja"], offered(["toteuttaja"])["toteuttaja"]
    assert (len(few.options), few.number, few.has_more) == (5, 15, True)
    assert sum(option.count == 2 for option in few.options) == 5
    assert (len(all_of_them.options), all_of_them.has_more) == (15, False)


def test_a_chosen_value_is_shown_also_when_others_are_used_more():
    for number in range(14):
        for project in range(2):
            implement(a_project(f"H{number} {project}"), f"Yksikkö {number:02}")
    implement(a_project("Yksin"), "Ainoa")
    facet = offered(toteuttaja=("ainoa",))["toteuttaja"]
    assert ("Ainoa", 1, True) in labels(facet)
    assert len(facet.options) == 6


def test_years_are_offered_newest_first_and_not_for_ever():
    a_project(planned_end_date=None)
    years = [option.value for option in offered(["vuosi"])["vuosi"].options]
    assert years[-1] == "2024"
    assert years == sorted(years, reverse=True)
    assert len(years) < 20
    assert offered(vuosi=("2099",))["vuosi"].options[0].value == "2099"


def test_who_takes_part_in_drafts_only_is_not_offered():
    draft = a_draft()
    a_share(draft, "Salainen", programme="Piilossa")
    implement(draft, "Hiljainen")
    found = offered()
    assert not any(found[name].options for name in ("rahoittaja", "ohjelma", "toteuttaja"))


def test_a_programme_keeps_its_old_address_word(client):
    project = a_project("Avaus")
    a_share(project, programme="Kaste")
    programme = Programme.objects.get()
    programme.name = "Kaste II"
    programme.save()
    response = client.get("/hankkeet/?ohjelma=kaste")
    assert [row.name for row in response.context["projects"]] == ["Avaus"]
    assert 'value="kaste-ii" checked' in response.text


def test_offering_costs_one_query(django_assert_num_queries):
    for number in range(15):
        implement(a_project(f"H{number}"), f"Yksikkö {number}")
    selection = Selection(chosen=(("toteuttaja", ("yksikko-1",)),))
    found = outcome(selection, 1, 20)
    with django_assert_num_queries(1):
        facets(selection, found)
