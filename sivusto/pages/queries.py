"""What the pages around the list show: portfolios and funders with their figures.

Sums and counts are the kept ones, brought up to date by ``count_changes()`` before they are asked
for; so they cost the same however many projects there are.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    DecimalField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from rahoitus.models import Funder, FundingShare, Programme, Stage
from salkut.models import Portfolio
from sivusto.figures.models import Figure, Kind

MONEY = DecimalField(max_digits=20, decimal_places=2)


def portfolios() -> QuerySet[Any]:
    """Return portfolios with the number, phases and costs of their public projects."""
    figure = Figure.objects.of(Kind.PORTFOLIO).filter(thing=OuterRef("pk"))

    def count(name: str) -> Coalesce:
        return Coalesce(Subquery(figure.values(name)), 0, output_field=IntegerField())

    return Portfolio.objects.annotate(
        number=count("number"),
        running=count("running"),
        ended=count("ended"),
        without_cost=count("unstated"),
        cost=Subquery(figure.filter(stated__gt=0).values("amount"), output_field=MONEY),
    )


def counted_shares() -> QuerySet[FundingShare]:
    """Return the shares of public projects that count: actual ones, planned where none is actual.

    A project's planned and actual shares tell of the same money, so only one kind is summed.
    """
    actual = FundingShare.objects.filter(
        project=OuterRef("project"), stage=Stage.ACTUAL, amount__isnull=False
    )
    return FundingShare.objects.of_public_projects().filter(Q(stage=Stage.ACTUAL) | ~Exists(actual))


def funders() -> QuerySet[Any]:
    """Return funders of public projects with the number of projects and the sum of euros.

    A project starts in one year, so that a funder's years add up to the funder. ``unstated`` is
    the number of shares without a sum, ``shares`` of all, ``proposals`` of those not yet checked.
    """
    years = Figure.objects.of(Kind.YEAR).filter(thing=OuterRef("pk")).order_by().values("thing")

    def total(expression: Any) -> Subquery:
        return Subquery(years.annotate(total=expression).values("total"))

    known = years.annotate(known=Sum("stated"), money=Sum("amount")).filter(known__gt=0)
    return Funder.objects.annotate(
        number=Coalesce(total(Sum("number")), 0),
        amount=Subquery(known.values("money"), output_field=MONEY),
        shares=total(Sum("stated") + Sum("unstated")),
        unstated=total(Sum("unstated")),
        proposals=total(Sum("proposals")),
    ).filter(number__gt=0)


def by_programme(funder: Funder) -> list[dict[str, Any]]:
    """Return a funder's programmes as ``label`` with projects and euros, by name."""
    figures = list(Figure.objects.of(Kind.PROGRAMME).filter(thing=funder.pk).values())
    names = dict(
        Programme.objects.filter(pk__in=[f["part"] for f in figures]).values_list("pk", "name")
    )
    rows = _rows(figures, names)
    return sorted(rows, key=lambda row: (row["label"] is None, row["label"]))


def by_year(funder: Funder) -> list[dict[str, Any]]:
    """Return the years in which a funder's projects start, the one not known last."""
    figures = list(Figure.objects.of(Kind.YEAR).filter(thing=funder.pk).values())
    rows = _rows(figures, {f["part"]: f["part"] or None for f in figures})
    return sorted(rows, key=lambda row: (row["label"] is None, row["label"]))


def register_figures() -> dict[str, Any]:
    """Return how many public projects there are, how many run, and what they cost together."""
    figure = Figure.objects.of(Kind.REGISTER).values().first()
    if figure is None:
        return {"number": 0, "running": 0, "cost": None, "without_cost": 0}
    return {
        "number": figure["number"],
        "running": figure["running"],
        "cost": _money(figure),
        "without_cost": figure["unstated"],
    }


def _rows(figures: Iterable[Any], labels: dict[int, Any]) -> list[dict[str, Any]]:
    return [
        {"label": labels.get(f["part"]), "number": f["number"], "amount": _money(f)}
        for f in figures
    ]


def _money(figure: Any) -> Any:
    """Return the figure's money, None where no sum is stated."""
    return figure["amount"] if figure["stated"] else None
