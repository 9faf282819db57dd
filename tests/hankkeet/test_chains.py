"""A chain adds up its money, honestly, and shows the public nothing that is not public."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from hankkeet.chains import MOST, Place, chain_of, in_order
from hankkeet.models import Phase, Project, Publication, Succession
from tests.builders import a_project, a_whole_card, successor_of

pytestmark = pytest.mark.django_db
HIDDEN = [Publication.DRAFT, Publication.IN_REVIEW, Publication.WITHDRAWN]


def link(*projects):
    for before, after in pairwise(projects):
        Succession.objects.create(predecessor=before, successor=after)


def three(**values):
    """AVAUS's planning, AVAUS, and what came after it."""
    facts = [(2012, 2013, 30_000), (2013, 2015, 1_300_000), (2016, 2019, 670_000)]
    projects = [
        a_project(
            f"Vaihe {number}",
            actual_start_date=date(start, 1, 1),
            planned_end_date=date(end, 12, 31),
            planned_cost=Decimal(cost),
            **values,
        )
        for number, (start, end, cost) in enumerate(facts)
    ]
    link(*projects)
    return projects


def names(chain):
    return [member.name for member in chain.members]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_the_same_sum_and_years_from_every_project_of_a_line(which):
    chain = chain_of(three()[which].pk)
    assert names(chain) == ["Vaihe 0", "Vaihe 1", "Vaihe 2"]
    assert (chain.total_cost, chain.without_cost) == (Decimal(2_000_000), 0)
    assert chain.years == "2012–2019"


def test_each_member_says_where_it_is():
    chain = chain_of(three()[1].pk)
    assert [member.place for member in chain.members] == [Place.BEFORE, Place.THIS, Place.AFTER]


def test_a_project_alone_is_no_chain():
    assert chain_of(a_project().pk) is None


def test_a_sum_and_an_end_that_are_missing_are_told():
    first, second, third = three()
    Project.objects.filter(pk=second.pk).update(planned_cost=None)
    Project.objects.filter(pk=third.pk).update(planned_end_date=None)
    chain = chain_of(first.pk)
    assert (chain.total_cost, chain.without_cost) == (Decimal(700_000), 1)
    assert chain.years == "2012–"
    Project.objects.update(planned_cost=None)
    assert chain_of(first.pk).total_cost is None


def test_a_circle_ends():
    projects = three()
    link(projects[2], projects[0])
    for project in projects:
        assert names(chain_of(project.pk)) == ["Vaihe 0", "Vaihe 1", "Vaihe 2"]


def test_cousins_are_not_of_the_chain():
    first, second, _third = three()
    link(first, a_project("Serkku"))
    assert "Serkku" not in names(chain_of(second.pk))
    assert "Serkku" in names(chain_of(first.pk))


def test_predecessors_come_first_whatever_the_dates_say():
    first, _second, third = three()
    Project.objects.filter(pk=first.pk).update(actual_start_date=None)
    assert names(chain_of(third.pk)) == ["Vaihe 0", "Vaihe 1", "Vaihe 2"]
    assert in_order([]) == []


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_public_neither_shows_nor_joins(state):
    first, second, third = three()
    Project.objects.filter(pk=second.pk).update(publication=state)
    assert chain_of(first.pk) is None
    assert chain_of(third.pk) is None
    assert names(chain_of(first.pk, public_only=False)) == ["Vaihe 0", "Vaihe 1", "Vaihe 2"]


def test_a_long_chain_is_cut_and_costs_one_query(django_assert_num_queries):
    first = a_project("Alku")
    for index in range(MOST + 20):
        successor_of(first, f"Jatko {index}")
    with django_assert_num_queries(1):
        chain = chain_of(first.pk)
    assert chain.is_cut
    assert len(chain.members) == MOST + 1


def test_the_card_tells_the_chain_with_its_sum(client):
    first, second, third = three(phase=Phase.ENDED)
    text = client.get(second.get_absolute_url()).text
    chain = text[text.index("Hankeketju") :]
    assert "3 hanketta 2012–2019, yhteensä <b>2\xa0000\xa0000\xa0€</b>." in chain
    assert f'<a href="/hankkeet/{first.code}/">Vaihe 0</a> <small>edeltäjä</small>' in chain
    assert "<b>Vaihe 1</b> <small>tämä hanke</small>" in chain
    assert f'<a href="/hankkeet/{third.code}/">Vaihe 2</a> <small>jatko</small>' in chain
    assert "<dt>Edeltäjä</dt>" not in text
    assert chain.count("suunnitelma") == 3


def test_a_card_alone_asks_nothing_of_chains(client):
    project = a_whole_card()
    assert "Hankeketju" not in client.get(project.get_absolute_url()).text
