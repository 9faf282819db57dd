"""The kept figures are those that counting anew would give, after any change in any order."""

import random
import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, ExtractYear

from hankkeet.models import Phase, Project, Publication
from rahoitus.models import FundingShare
from salkut.models import Portfolio
from sivusto.figures.counting import count_changes
from sivusto.models import Counted, Figure, Uncounted
from sivusto.pages import queries
from tests.builders import a_draft, a_portfolio, a_project, a_share

pytestmark = pytest.mark.django_db

PUBLIC = Q(projects__publication=Publication.PUBLISHED)


def money(value):
    return None if value is None else Decimal(value)


def counted_anew():
    """Every figure of the pages by plain aggregates over the tables."""
    actual = FundingShare.objects.filter(stage="actual", amount__isnull=False)
    shares = FundingShare.objects.of_public_projects().filter(
        Q(stage="actual") | ~Q(project__in=actual.values("project"))
    )
    figures = {"number": Count("project", distinct=True), "amount": Sum("amount")}
    return {
        "register": Project.objects.public().aggregate(
            number=Count("pk"),
            running=Count("pk", filter=Q(phase=Phase.RUNNING)),
            cost=Sum("total_cost"),
            without_cost=Count("pk", filter=Q(total_cost__isnull=True)),
        ),
        "portfolios": {
            p.pk: (p.n, p.r, p.e, money(p.c), p.w)
            for p in Portfolio.objects.annotate(
                n=Count("projects", filter=PUBLIC),
                r=Count("projects", filter=PUBLIC & Q(projects__phase=Phase.RUNNING)),
                e=Count("projects", filter=PUBLIC & Q(projects__phase=Phase.ENDED)),
                c=Sum("projects__total_cost", filter=PUBLIC),
                w=Count("projects", filter=PUBLIC & Q(projects__total_cost__isnull=True)),
            )
        },
        "funders": {
            row["funder"]: (row["number"], row["amount"], row["rows"], row["bare"], row["guessed"])
            for row in shares.order_by()
            .values("funder")
            .annotate(
                rows=Count("pk"),
                bare=Count("pk", filter=Q(amount__isnull=True)),
                guessed=Count("pk", filter=Q(is_proposal=True)),
                **figures,
            )
        },
        "programmes": {
            (row["funder"], row["programme__name"]): (row["number"], row["amount"])
            for row in shares.order_by().values("funder", "programme__name").annotate(**figures)
        },
        "years": {
            (row["funder"], row["year"] or None): (row["number"], row["amount"])
            for row in shares.order_by()
            .annotate(year=Coalesce(ExtractYear("project__start_date"), 0))
            .values("funder", "year")
            .annotate(**figures)
        },
    }


def as_kept():
    """The same from the kept figures, as the pages ask for them."""
    count_changes()
    funders = list(queries.funders())
    return {
        "register": queries.register_figures(),
        "portfolios": {
            p.pk: (p.number, p.running, p.ended, p.cost, p.without_cost)
            for p in queries.portfolios()
        },
        "funders": {f.pk: (f.number, f.amount, f.shares, f.unstated, f.proposals) for f in funders},
        "programmes": {
            (f.pk, row["label"]): (row["number"], row["amount"])
            for f in funders
            for row in queries.by_programme(f)
        },
        "years": {
            (f.pk, row["label"]): (row["number"], row["amount"])
            for f in funders
            for row in queries.by_year(f)
        },
    }


def some_projects(chance, number):
    keys = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    return Project.objects.filter(pk__in=chance.sample(keys, min(number, len(keys))))


def some_share(chance):
    shares = list(FundingShare.objects.order_by("pk"))
    return chance.choice(shares) if shares else None


def change(chance):
    """One change of those that staff and imports make."""
    some = some_projects(chance, 3)
    share = some_share(chance)
    sum_or_none = chance.choice([None, Decimal(chance.randrange(10**9)) / 100])
    project = some.first()
    changes = [
        lambda: a_project(planned_cost=sum_or_none).portfolios.add(
            a_portfolio(f"Salkku {chance.randrange(3)}")
        ),
        a_draft,
        some.publish,
        some.withdraw,
        lambda: some.update(phase=chance.choice(Phase.values)),
        lambda: some.update(planned_cost=sum_or_none, actual_cost=chance.choice([None, 7])),
        lambda: some.update(actual_start_date=date(chance.randrange(2000, 2026), 1, 1)),
        lambda: some.update(actual_start_date=None, planned_start_date=None),
        lambda: project and project.delete(),
        lambda: project and project.portfolios.clear(),
        lambda: share and share.delete(),
        lambda: share and FundingShare.objects.filter(pk=share.pk).update(amount=sum_or_none),
        lambda: FundingShare.objects.filter(project__in=some).update(stage="actual"),
    ]
    adding = [
        lambda: (
            project
            and a_share(
                project,
                f"Rahoittaja {chance.randrange(4)}",
                amount=sum_or_none,
                stage=chance.choice(["planned", "planned", "actual"]),
                programme=chance.choice([None, "Yksi", "Toinen"]),
                is_proposal=chance.random() < 0.3,
            )
        )
    ]
    chance.choice(changes + adding * 6)()


@pytest.mark.parametrize("seed", range(6))
def test_figures_are_what_counting_anew_gives(seed):
    chance = random.Random(seed)
    for _ in range(12):
        for _ in range(chance.randrange(1, 9)):
            change(chance)
        assert as_kept() == counted_anew()


def test_all_gone_leaves_no_figures():
    a_share(a_project(), amount=5)
    count_changes()
    assert Figure.objects.exists()
    assert Counted.objects.exists()
    Project.objects.all().delete()
    count_changes()
    assert not Figure.objects.exists()
    assert not Counted.objects.exists()
    assert not Uncounted.objects.exists()


def test_a_draft_is_in_no_figure():
    draft = a_draft(planned_cost=1000)
    draft.portfolios.add(a_portfolio())
    a_share(draft, amount=5)
    count_changes()
    assert not Figure.objects.exists()


def test_nothing_new_costs_one_query(django_assert_num_queries):
    a_project()
    assert count_changes() == 1
    with django_assert_num_queries(1):
        assert count_changes() == 0


@pytest.mark.django_db(transaction=True)
def test_readers_who_count_at_once_count_once():
    for number in range(30):
        a_share(a_project(f"Hanke {number}"), amount=number)
    counted = []

    def read():
        counted.append(count_changes())
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert sum(counted) == 30
    assert as_kept() == counted_anew()


@pytest.mark.django_db(transaction=True)
def test_a_change_not_yet_committed_is_counted_when_it_is():
    project = a_project(planned_cost=10)

    def read():
        costs.append(as_kept()["register"]["cost"])
        connection.close()

    costs: list = []
    with transaction.atomic():
        Project.objects.filter(pk=project.pk).update(planned_cost=20)
        reader = threading.Thread(target=read)
        reader.start()
        reader.join()
    read()
    assert costs == [10, 20]
