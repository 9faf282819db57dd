"""What of a project is searched: said once for the index and for the passages that are shown."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Prefetch

from hankkeet.mailboxes import hidden, without_phones
from hankkeet.models import Attachment, Implementer, Project
from hankkeet.models.contents import SectionKind
from hankkeet.models.project import ProjectQuerySet
from hankkeet.models.texts import AttachmentText
from hankkeet.richtext import plain_text
from rahoitus.models import FundingShare
from seuranta.models import ReportingPeriod
from seuranta.report import MeasureReport
from sivusto.documents.model import Text
from sivusto.monitoring.periods import public_report
from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.tokens import normal
from sivusto.wording import unbroken

LONGEST_SHOWN = 6000  # letters of a text in which a passage is looked for


def searchable() -> ProjectQuerySet:
    """Return public projects with all that is searched, in ten queries however many."""
    read = AttachmentText.objects.public().with_text()
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
            Prefetch(
                "attachments",
                Attachment.objects.filter(is_hidden=False).prefetch_related(
                    Prefetch("text_version", read)
                ),
            ),
            Prefetch("reporting_periods", ReportingPeriod.objects.public()),
        )
    )
    return found


def texts(project: Project) -> dict[str, list[str]]:
    """Return the public texts of a loaded project by field, without what its attachments say."""
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


def all_texts(project: Project) -> dict[str, list[str]]:
    """Return the public texts with those of its attachments and reports, each report text once.

    Takes a project of searchable().
    """
    files = [part.words for _attachment, text in read_files(project) for part in text.parts]
    reports = [text for _period, _number, measure in reported(project) for text in _said(measure)]
    return texts(project) | {"files": files, "reports": list(dict.fromkeys(reports))}


def reported(project: Project) -> Iterator[tuple[ReportingPeriod, int, MeasureReport]]:
    """Yield the measures of published reports, numbered from 1, of a project of searchable()."""
    for period in project.reporting_periods.all():
        for number, measure in enumerate(public_report(period.report).measures(), start=1):
            yield period, number, measure


def measure_text(measure: MeasureReport) -> str:
    """Return what a report says of a measure as one text."""
    return "\n".join(_said(measure))


def _said(measure: MeasureReport) -> list[str]:
    told = (measure.title, measure.details, measure.status, measure.next_steps)
    return list(filter(None, told))


def read_files(project: Project) -> Iterator[tuple[Attachment, Text]]:
    """Yield the public attachments whose text is known, of a project of searchable()."""
    for attachment in project.attachments.all():
        held = getattr(attachment, "text_version", None)
        if held is not None and held.content:
            yield attachment, Text.unpacked(held.content)


def shown_texts(project: Project) -> list[tuple[str, str]]:
    """Return the sections' languages and words as a list may show them, the goals first."""
    sections = sorted(project.sections.all(), key=lambda each: each.kind != SectionKind.GOALS)
    texts = [shown(plain_text(section.body)) for section in sections]
    return [(language_of(text), text) for text in texts if text]


def shown(text: str) -> str:
    """Return plain text as a list may show it: lists are not for gathering people."""
    return unbroken(normal(without_phones(hidden(text[:LONGEST_SHOWN]))))


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
