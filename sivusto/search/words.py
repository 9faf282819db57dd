"""The search in the cards' words."""

from django.db.models import F, Func, Q, TextField, Value

from hankkeet.models import ExternalKey, Implementer, Project, Section
from hankkeet.models.project import ProjectQuerySet
from rahoitus.models import FundingShare

MOST_WORDS = 12


class WithoutTags(Func):
    """The words of rich text, so that nobody finds markup."""

    function = "REGEXP_REPLACE"
    output_field = TextField()

    def __init__(self, field: str) -> None:
        super().__init__(F(field), Value("<[^>]*>"), Value(" "), Value("g"))


def mentioning(projects: ProjectQuerySet, words: str) -> ProjectQuerySet:
    """Keep projects that hold every one of the words, in any letter case, somewhere in the card.

    Searched are name, code, external keys, sections, portfolios, implementers, funders and
    programmes. Words beyond the twelfth are left out.
    """
    for word in words.split()[:MOST_WORDS]:
        sections = Section.objects.annotate(text=WithoutTags("body")).filter(
            Q(heading__icontains=word) | Q(text__icontains=word)
        )
        implementers = Implementer.objects.filter(organisation__name__icontains=word)
        shares = FundingShare.objects.filter(
            Q(funder__name__icontains=word)
            | Q(funder__short_name__iexact=word)
            | Q(programme__name__icontains=word)
        )
        keys = ExternalKey.objects.filter(value__iexact=word)
        portfolios = Project.portfolios.through.objects.filter(portfolio__name__icontains=word)
        projects = projects.filter(
            Q(name__icontains=word)
            | Q(code__iexact=word)
            | Q(pk__in=keys.values("project"))
            | Q(pk__in=sections.values("project"))
            | Q(pk__in=implementers.values("project"))
            | Q(pk__in=shares.values("project"))
            | Q(pk__in=portfolios.values("project"))
        )
    return projects
