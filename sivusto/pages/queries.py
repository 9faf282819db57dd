"""What the pages around the list show: portfolios and funders with their figures."""

from typing import Any

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hankkeet.models import Phase, Project, Publication
from rahoitus.models import Funder, FundingShare, Stage
from salkut.models import Portfolio

PUBLIC = Q(projects__publication=Publication.PUBLISHED)


def portfolios() -> QuerySet[Any]:
    """Return portfolios with the number, phases and costs of their public projects."""
    return Portfolio.objects.annotate(
        number=Count("projects", filter=PUBLIC),
        running=Count("projects", filter=PUBLIC & Q(projects__phase=Phase.RUNNING)),
        ended=Count("projects", filter=PUBLIC & Q(projects__phase=Phase.ENDED)),
        cost=Sum("projects__total_cost", filter=PUBLIC),
        without_cost=Count("projects", filter=PUBLIC & Q(projects__total_cost__isnull=True)),
    )


def counted_shares() -> QuerySet[FundingShare]:
    """Return the shares of public projects that count: actual ones, planned where none is actual.

    A project's planned and actual shares tell of the same money, so only one kind is summed.
    """
    actual = FundingShare.objects.filter(stage=Stage.ACTUAL, amount__isnull=False)
    return FundingShare.objects.of_public_projects().filter(
        Q(stage=Stage.ACTUAL) | ~Q(project__in=actual.values("project"))
    )


def funders() -> QuerySet[Any]:
    """Return funders of public projects with the number of projects and the sum of euros."""
    shares = counted_shares().filter(funder=OuterRef("pk")).order_by().values("funder")
    money = shares.annotate(sum=Sum("amount")).values("sum")
    number = shares.annotate(n=Count("project", distinct=True)).values("n")
    return Funder.objects.annotate(
        number=Coalesce(Subquery(number), 0),
        amount=Subquery(money, output_field=DecimalField(max_digits=16, decimal_places=2)),
    ).filter(number__gt=0)


def sums_by(shares: QuerySet[FundingShare], field: str) -> list[dict[str, Any]]:
    """Return each value of the field as ``label`` with its number of projects and euros."""
    grouped: QuerySet[Any] = shares.order_by(field).values(label=F(field))
    return list(grouped.annotate(number=Count("project", distinct=True), amount=Sum("amount")))


def register_figures() -> dict[str, Any]:
    """Return how many public projects there are, how many run, and what they cost together."""
    return Project.objects.public().aggregate(
        number=Count("pk"),
        running=Count("pk", filter=Q(phase=Phase.RUNNING)),
        cost=Sum("total_cost"),
        without_cost=Count("pk", filter=Q(total_cost__isnull=True)),
    )
