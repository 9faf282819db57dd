"""Every count is what a person would get by reading the public cards one by one."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Implementer, Organisation, Phase, Project, ProjectType, Publication
from sivusto.search import selection as of
from sivusto.search.counting import narrowed, outcome
from sivusto.search.engine import search
from sivusto.search.selection import Selection
from tests.builders import a_draft, a_portfolio, a_project, a_share

pytestmark = pytest.mark.django_db

COSTS = (None, 0, 49_999, 50_000, 199_999, 200_000, 999_999, 1_000_000, 5_000_000)


@pytest.fixture
def register():
    """Thirty public projects and some drafts, with much in common."""
    dice = random.Random(3)
    types = [ProjectType.objects.create(name=name) for name in ("Oma", "Yhteinen")]
    units = [Organisation.objects.create(name=name) for name in ("Kirjasto", "Koulu", "Ranta")]
    for number in range(36):
        start = dice.choice([None, 1985, 2018, 2020, 2023])
        project = a_project(
            f"{dice.choice(['Katu', 'Silta', 'Joki'])} {number}",
            phase=dice.choice(Phase.values),
            publication=Publication.DRAFT if number % 6 == 0 else Publication.PUBLISHED,
            project_type=dice.choice([None, *types]),
            actual_start_date=start and date(start, 3, 1),
            planned_end_date=dice.choice([None, date(2023, 12, 31), date(2150, 1, 1)]),
            planned_cost=dice.choice(COSTS),
        )
        for name in dice.sample(["Yksi", "Kaksi", "Kolme"], dice.randrange(4)):
            project.portfolios.add(a_portfolio(name))
        for funder in dice.sample(["STM", "OKM", "ELY", "STM"], dice.randrange(5)):
            a_share(project, funder, programme=dice.choice([None, "Kaste", "RRF"]))
        for unit in dice.sample(units, dice.randrange(3)):
            Implementer.objects.create(project=project, organisation=unit)


def values_of(project):
    """What a reader of the card would say of each facet."""
    cost, years = project.total_cost, ()
    if project.start_date:
        end = project.end_date.year if project.end_date else of.LAST_YEAR
        years = range(max(project.start_date.year, of.FIRST_YEAR), min(end, of.LAST_YEAR) + 1)
    bands = [
        word
        for word, (low, high) in of.BUDGET_BANDS.items()
        if cost is not None and (low or 0) <= cost < (high or 10**12)
    ]
    shares = list(project.funding_shares.all())
    return {
        "vaihe": [word for word, phase in of.PHASE_WORDS.items() if phase == project.phase],
        "salkku": [portfolio.slug for portfolio in project.portfolios.all()],
        "rahoittaja": {share.funder.slug for share in shares},
        "ohjelma": {share.programme.slug for share in shares if share.programme},
        "tyyppi": [project.project_type.slug] if project.project_type else [],
        "toteuttaja": [unit.slug for unit in project.implementers.all()],
        "vuosi": [str(year) for year in years],
        "budjetti": bands or [of.NO_BUDGET],
    }


def read_one_by_one(selection):
    """The projects and counts by hand; words are left to the search."""
    asked = narrowed(Project.objects.public(), Selection(words=selection.words))
    cards = [(project, values_of(project)) for project in asked]

    def answers(card, besides=""):
        return all(
            set(card[1][facet]) & set(values)
            for facet, values in selection.chosen
            if facet != besides
        )

    counts = {facet: {} for facet in of.FACETS}
    for facet in of.FACETS:
        for card in cards:
            if answers(card, besides=facet):
                for value in card[1][facet]:
                    counts[facet][value] = counts[facet].get(value, 0) + 1
    return [project for project, values in cards if answers((project, values))], counts


SELECTIONS = [
    {},
    {"vaihe": ("kaynnissa", "paattynyt")},
    {"salkku": ("yksi",)},
    {"salkku": ("yksi", "kaksi"), "rahoittaja": ("stm",)},
    {"rahoittaja": ("stm", "okm"), "ohjelma": ("kaste", "rrf"), "vuosi": ("2020",)},
    {"vuosi": ("1990", "2023"), "tyyppi": ("oma",)},
    {"vuosi": ("2100",)},
    {"budjetti": ("alle-50", "ei-tiedossa"), "toteuttaja": ("kirjasto", "koulu")},
    {"budjetti": ("50-200", "200-1000", "yli-1000"), "salkku": ("kolme",)},
    {"tyyppi": ("oma",), "vaihe": ("keskeytetty",), "toteuttaja": ("ranta",)},
]


@pytest.mark.parametrize("chosen", SELECTIONS)
@pytest.mark.parametrize("words", ["", "katu"])
def test_counts_are_those_of_reading_every_card(register, chosen, words):
    selection = Selection(search(words) if words else None, tuple(chosen.items()))
    projects, counts = read_one_by_one(selection)
    found = outcome(selection, page=1, size=100)
    assert found.counts == counts
    assert sorted(found.keys) == sorted(project.pk for project in projects)
    costs = [project.total_cost for project in projects]
    assert found.number == len(projects)
    assert found.without_cost == costs.count(None)
    known = [cost for cost in costs if cost is not None]
    assert found.cost == (sum(known) if known else None)


def test_a_value_is_counted_once_however_many_shares_it_has():
    project = a_project()
    for amount in (1, 2, 3):
        a_share(project, "STM", programme="Kaste", amount=Decimal(amount))
    counts = outcome(Selection(), 1, 20).counts
    assert counts["rahoittaja"] == {"stm": 1}
    assert counts["ohjelma"] == {"kaste": 1}


def test_the_other_values_of_a_chosen_facet_keep_their_counts():
    both, one = a_project("Molemmat"), a_project("Toinen")
    both.portfolios.add(a_portfolio("Yksi"), a_portfolio("Kaksi"))
    one.portfolios.add(a_portfolio("Kaksi"))
    chosen = Selection(chosen=(("salkku", ("yksi",)),))
    assert outcome(chosen, 1, 20).counts["salkku"] == {"yksi": 1, "kaksi": 2}


def test_drafts_are_counted_nowhere():
    draft = a_draft(phase=Phase.ENDED)
    draft.portfolios.add(a_portfolio())
    a_share(draft, "Salainen rahoittaja", programme="Salainen ohjelma")
    found = outcome(Selection(), 1, 20)
    assert found.number == 0
    assert not any(found.counts.values())


@pytest.mark.parametrize("order", ["uusin", "vanhin", "nimi", "summa", "paivitetty", "osuvin"])
def test_pages_follow_each_other_in_every_order(register, order):
    selection = Selection(words=search("katu"), order=order)
    whole = outcome(selection, 1, 100).keys
    pages = [outcome(selection, page, 3).keys for page in range(1, 1 + -(-len(whole) // 3))]
    assert len(whole) > 3
    assert [key for page in pages for key in page] == list(whole)


def test_a_page_beyond_the_last_is_the_last(register):
    last = outcome(Selection(), 99, 20)
    assert last.page == 2
    assert len(last.keys) == last.number - 20
    assert outcome(Selection(), -5, 20).page == 1


def test_the_number_of_queries_does_not_grow(register):
    def queries(chosen):
        with CaptureQueriesContext(connection) as captured:
            outcome(Selection(chosen=tuple(chosen.items())), 1, 20)
        return len(captured)

    assert max(queries(chosen) for chosen in SELECTIONS) == 10
