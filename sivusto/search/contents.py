"""What of a project is searched: said once for the index and for the passages that are shown."""

from collections import defaultdict

from django.db.models import Prefetch

from hankkeet.models import Attachment, Implementer, Project
from hankkeet.models.contents import SectionKind
from hankkeet.models.project import ProjectQuerySet
from hankkeet.richtext import plain_text
from rahoitus.models import FundingShare


def searchable() -> ProjectQuerySet:
    """Return public projects with all that is searched, in seven queries however many."""
    found: ProjectQuerySet = (
        Project.objects.public()
        .select_related("project_type")
        .prefetch_related(
            "portfolios",
            "sections",
            "external_keys",
            "results",
            Prefetch("implementer_set", Implementer.objects.select_related("organisation")),
            Prefetch("funding_shares", FundingShare.objects.select_related("funder", "programme")),
            Prefetch("attachments", Attachment.objects.filter(is_hidden=False)),
        )
    )
    return found


def texts(project: Project) -> dict[str, list[str]]:
    """Return the public texts of a project that searchable() has loaded, by field."""
    found: dict[str, list[str]] = defaultdict(list)
    found["name"] = [project.name]
    found["facets"] = list(dict.fromkeys(filter(None, _facets(project))))
    for section in project.sections.all():
        field = "goals" if section.kind == SectionKind.GOALS else "body"
        found["body"].append(section.shown_heading)
        found[field].append(plain_text(section.body))
    for result in project.results.all():
        found["body"] += [result.name, result.place, result.owner]
    found["attachments"] = [attachment.title for attachment in project.attachments.all()]
    return found


def _facets(project: Project) -> list[str]:
    facets = [project.code, *(key.value for key in project.external_keys.all())]
    facets += [portfolio.name for portfolio in project.portfolios.all()]
    for share in project.funding_shares.all():
        facets += [share.funder.name, share.funder.short_name, *share.funder.aliases]
        if share.programme:
            facets += [share.programme.name, *share.programme.aliases]
    for part in project.implementer_set.all():
        facets += [part.organisation.name, *part.organisation.aliases]
    if project.project_type:
        facets.append(project.project_type.name)
    return facets
