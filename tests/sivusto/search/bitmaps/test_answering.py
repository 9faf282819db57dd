"""The list from bitmaps is the list from SQL, whatever is asked and whatever has changed."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from hankkeet.models import (
    Implementer,
    Organisation,
    Phase,
    Project,
    ProjectType,
    Publication,
    Section,
)
from rahoitus.models import Funder
from salkut.models import Portfolio
from sivusto.search import counting, engine, index
from sivusto.search import selection as of
from sivusto.search.bitmaps import answering, ready
from sivusto.search.bitmaps.keeper import keeper
from sivusto.search.engine import search
from sivusto.search.selection import Selection
from tests.builders import a_portfolio, a_project, a_share

pytestmark = pytest.mark.django_db

WORDS = ("katu", "silta", "joki", "kirjasto", "koulu", "ranta")
QUERIES = (*WORDS, "katu silta", '"katu silta"', "joki -koulu", "kirj*", "kadut", "stm", "rantatie")
ORDERS = (of.NEWEST, "vanhin", "nimi", "summa", "paivitetty")


@pytest.fixture(autouse=True)
def _fresh():
    yield
    keeper.forget()


def made(dice, number=40):
    """Make projects with much in common, every sixth of them a draft."""
    types = [ProjectType.objects.get_or_create(name=name)[0] for name in ("Oma", "Yhteinen")]
    units = [Organisation.objects.get_or_create(name=name)[0] for name in ("Kirjasto", "Koulu")]
    for _each in range(number):
        start = dice.choice([None, 1985, 2018, 2020, 2023])
        project = a_project(
            " ".join(dice.sample(WORDS, 2)).capitalize(),
            phase=dice.choice(Phase.values),
            publication=dice.choice([Publication.DRAFT, *[Publication.PUBLISHED] * 5]),
            project_type=dice.choice([None, *types]),
            actual_start_date=start and date(start, dice.randrange(1, 4), 1),
            planned_end_date=dice.choice([None, date(2023, 12, 31), date(2150, 1, 1)]),
            planned_cost=dice.choice([None, 0, Decimal("49999.99"), 50_000, 999_999, 10**9]),
        )
        Section.objects.create(project=project, body=" ".join(dice.sample(WORDS, 3)))
        for name in dice.sample(["Yksi", "Kaksi", "Kolme"], dice.randrange(4)):
            project.portfolios.add(a_portfolio(name))
        for funder in dice.sample(["STM", "OKM", "ELY", "STM"], dice.randrange(5)):
            a_share(project, funder, programme=dice.choice([None, "Kaste", "RRF"]))
        for unit in dice.sample(units, dice.randrange(3)):
            Implementer.objects.create(project=project, organisation=unit)


def asked(dice):
    """Ask for anything there might be, also for what is not there."""
    chosen = {}
    for facet, values in {
        of.PHASE: list(of.PHASE_WORDS),
        of.PORTFOLIO: ["yksi", "kaksi", "kolme", "neljä"],
        of.FUNDER: ["stm", "okm", "ely"],
        of.PROGRAMME: ["kaste", "kaste-2", "rrf"],
        of.TYPE: ["oma", "yhteinen"],
        of.IMPLEMENTER: ["kirjasto", "koulu"],
        of.YEAR: ["1990", "2018", "2020", "2024", "2100"],
        of.BUDGET: list(of.BUDGET_WORDS),
    }.items():
        if dice.random() < 0.3:
            chosen[facet] = tuple(dice.sample(values, dice.randrange(1, len(values))))
    words = search(dice.choice(QUERIES)) if dice.random() < 0.6 else None
    orders = ORDERS if words is None else (*ORDERS, *[of.BY_RANK] * 5)
    return Selection(words, tuple(chosen.items()), dice.choice(orders))


def plain(outcome):
    """The outcome with its counts counted and its keys in a list."""
    counts = {facet: dict(values) for facet, values in outcome.counts.items()}
    return vars(outcome) | {"keys": list(outcome.keys), "counts": counts, "version": None}


def change(dice):  # noqa: C901 - a case for each kind of change
    """Change something as staff, an import or a shell would."""
    project = dice.choice(list(Project.objects.all()))
    match dice.randrange(12):
        case 0:
            Project.objects.filter(pk=project.pk).withdraw()
        case 1:
            Project.objects.filter(publication=Publication.DRAFT).publish()
        case 2:
            Project.objects.filter(pk=project.pk).update(
                planned_cost=dice.choice([None, 7, 10**10])
            )
        case 3:
            project.name = f"{project.name} {dice.choice(WORDS)}"
            project.save()
        case 4:
            project.delete()
        case 5:
            made(dice, 3)
        case 6:
            project.portfolios.set(Portfolio.objects.order_by("?")[:2])
        case 7:
            project.funding_shares.all().delete()
        case 8:
            a_share(project, dice.choice(["STM", "Uusi"]), programme="Kaste")
        case 9:
            Section.objects.filter(project=project).update(body=dice.choice(WORDS))
        case 10:
            Project.objects.filter(pk=project.pk).update(
                actual_start_date=date(2021, 1, 1),
                planned_end_date=None,
                updated_at=timezone.now() - timedelta(days=dice.randrange(9)),
            )
        case 11:
            Funder.objects.update_or_create(name="OKM", defaults={"url": "https://okm.example.fi"})


def assert_alike_through_changes(dice):
    """Change and ask in turns, and compare with SQL."""
    for _round in range(6):
        change(dice)
        for _each in range(3):
            selection, page = asked(dice), dice.choice([1, 2, 3, 99])
            found = answering.from_bitmaps(selection, page, 7)
            if selection.order != "nimi":  # a new name waits for all to be put in order
                assert found is not None
            if found is not None:
                assert plain(found) == plain(counting.outcome(selection, page, 7))


@pytest.mark.parametrize("seed", range(3))
def test_bitmaps_answer_as_sql_does_through_all_changes(seed):
    dice = random.Random(seed)
    made(dice)
    index.catch_up()
    keeper.build()
    assert_alike_through_changes(dice)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3, 6))
def test_terms_kept_ready_answer_as_sql_does_through_all_changes(seed):
    dice = random.Random(seed)
    made(dice)
    index.catch_up()
    ready.tend()
    change(dice)
    held = keeper.build()
    assert held.postings.state
    assert_alike_through_changes(dice)
    assert held.postings.state.weights.size


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("words", QUERIES)
def test_ready_weights_score_as_the_documents_do(words):
    made(random.Random(9))
    index.catch_up()
    ready.tend()
    query, keys = search(words).query, list(Project.objects.public().values_list("pk", flat=True))
    scored = ready.state().weights.scores(query, keys)
    assert scored == pytest.approx(engine.scores(query, keys), abs=1e-6)
