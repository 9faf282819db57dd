"""Things to test with, made in one line each."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from hankkeet.models import (
    Attachment,
    AttachmentText,
    Contact,
    ExternalKey,
    Feedback,
    Implementer,
    Organisation,
    Phase,
    Project,
    ProjectType,
    Publication,
    Result,
    Section,
    Succession,
)
from rahoitus.models import Funder, FundingShare, Programme
from salkut.models import Portfolio
from seuranta.models import Measure, PlannedRange, ReportingPeriod, StatusEntry, WorkPackage
from seuranta.report import Month, month_ranges
from seuranta.tables import report_of


def a_portfolio(name: str = "Hyvän arjen salkku 2024–2028", **values: Any) -> Portfolio:
    return Portfolio.objects.get_or_create(name=name, defaults=values)[0]


def a_funder(name: str = "Sosiaali- ja terveysministeriö", **values: Any) -> Funder:
    return Funder.objects.get_or_create(name=name, defaults=values)[0]


def a_draft(name: str = "Kirjastoauto kylille", **values: Any) -> Project:
    return Project.objects.create(name=name, **values)


def a_ready_draft(name: str = "Kirjastoauto kylille", **values: Any) -> Project:
    """A draft with the few things that publishing asks for."""
    project = a_draft(name, planned_start_date=date(2024, 3, 1), **values)
    project.portfolios.add(a_portfolio())
    Section.objects.create(project=project, heading="Tavoitteet", body="<p>Kirjoja.</p>")
    Contact.objects.create(project=project, role="Projektipäällikkö")
    return project


def a_project(name: str = "Kirjastoauto kylille", **values: Any) -> Project:
    """A public project that runs."""
    facts = {
        "phase": Phase.RUNNING,
        "publication": Publication.PUBLISHED,
        "actual_start_date": date(2024, 3, 1),
        "planned_end_date": date(2026, 12, 31),
        "planned_cost": Decimal(120_000),
    }
    return Project.objects.create(name=name, **facts | values)


def a_share(project: Project, funder: str = "Sosiaali- ja terveysministeriö", **values: Any) -> Any:
    programme = values.pop("programme", None)
    payer = a_funder(funder)
    if programme:
        values["programme"] = Programme.objects.get_or_create(funder=payer, name=programme)[0]
    return FundingShare.objects.create(project=project, funder=payer, **values)


def a_whole_card(name: str = "Kirjastoauto kylille", **values: Any) -> Project:
    """A public project with something in every field of the card."""
    project = a_project(name, **values)
    project.project_type = ProjectType.objects.get_or_create(name="Kaupungin oma hanke")[0]
    project.save()
    project.portfolios.add(a_portfolio())
    for position, heading in enumerate(("Tavoitteet", "Tulokset")):
        Section.objects.create(
            project=project,
            heading=heading,
            body=f"<p>{heading} ovat <strong>tässä</strong>.</p><ul><li>yksi</li></ul>",
            position=position,
        )
    library = Organisation.objects.get_or_create(name="Kirjastopalvelut")[0]
    Implementer.objects.create(project=project, organisation=library)
    Contact.objects.create(
        project=project,
        role="Projektipäällikkö",
        unit="Kirjastopalvelut",
        unit_email="kirjasto@jokilahti.example.fi",
        person_name="Aino Esimerkki",
        email="aino.esimerkki@jokilahti.example.fi",
        phone="050 000 0001",
        visibility="all",
    )
    a_share(project, programme="Kaste-ohjelma", amount=Decimal(90_000), percent=Decimal(75))
    a_share(project, "Jokilahden kaupunki", amount=Decimal(30_000), percent=Decimal(25))
    Attachment.objects.create(
        project=project, title="Loppuraportti", url="https://www.example.fi/loppuraportti"
    )
    ExternalKey.objects.create(project=project, kind="old_register", value=str(700 + project.pk))
    return project


def a_text(project: Project, title: str = "Loppuraportti", **values: Any) -> AttachmentText:
    """A file of the project that has been read; its parts are as in JSON."""
    parts = values.pop("parts", [a_part()])
    attachment = Attachment.objects.create(
        project=project, title=title, file=ContentFile(b"%PDF-1.4", "a.pdf"), size=8
    )
    facts = {
        "state": "read",
        "content": {"parts": parts, "language": "fi", "is_cut": False},
        "language": "fi",
        "source": attachment.file.name,
    }
    return AttachmentText.objects.create(attachment=attachment, **facts | values)


def a_part(number: int = 1, title: str = "Alku", *blocks: dict[str, Any]) -> dict[str, Any]:
    """A slide as in JSON, with a paragraph unless something else is given."""
    given = list(blocks) or [{"kind": "paragraph", "text": "Autot kulkivat kylille."}]
    return {"kind": "dia", "number": number, "title": title, "blocks": given}


def successor_of(project: Project, name: str = "Kirjastoauto jatkaa", **values: Any) -> Project:
    later = a_project(name, **values)
    Succession.objects.create(predecessor=project, successor=later)
    return later


def a_contact(project: Project, **values: Any) -> Contact:
    """A person with every detail, open to all."""
    facts = {
        "role": "Projektipäällikkö",
        "unit": "Kirjastopalvelut",
        "unit_email": "kirjasto@jokilahti.example.fi",
        "person_name": "Meri Malliranta",
        "email": "meri.malliranta@jokilahti.example.fi",
        "phone": "050 000 0009",
        "visibility": "all",
    }
    contact = Contact.objects.create(project=project, **facts | values)
    return Contact.objects.get(pk=contact.pk)


def a_message(project: Project, message: str = "Päättymispäivä on väärin.", **values: Any) -> Any:
    """Feedback as a reader sends it."""
    values.setdefault("form_mark", uuid4().hex)
    return Feedback.objects.create(project=project, message=message, **values)


def a_measure(
    project: Project,
    title: str = "Hankitaan kirjastoauto",
    *,
    package: str = "Työpaketti 1: Auto",
    months: tuple[tuple[int, int], ...] = (),
    **values: Any,
) -> Measure:
    """A measure of a work package, planned for some months given as (year, month)."""
    parent = WorkPackage.objects.get_or_create(
        project=project, title=package, defaults={"position": project.work_packages.count()}
    )[0]
    measure = Measure.objects.create(
        work_package=parent, title=title, position=parent.measures.count(), **values
    )
    for first, last in month_ranges(Month(*month) for month in months):
        PlannedRange.of(first, last, measure=measure).save()
    return measure


def a_period(project: Project, year: int = 2025, half: int = 1, **values: Any) -> ReportingPeriod:
    """An open period of half a year."""
    start, end = {1: ((1, 1), (6, 30)), 2: ((7, 1), (12, 31))}[half]
    days = {"start_date": date(year, *start), "end_date": date(year, *end)}
    return ReportingPeriod.objects.create(project=project, **days | values)


def an_entry(period: ReportingPeriod, measure: Measure, status: str = "", **values: Any) -> Any:
    """What is told of a measure in a period."""
    return StatusEntry.objects.create(period=period, measure=measure, status=status, **values)


def a_published_period(project: Project, **values: Any) -> ReportingPeriod:
    """A period locked as things are now, and published."""
    period = a_period(project, **values)
    for measure in Measure.objects.filter(work_package__project=project):
        an_entry(period, measure, f"{measure.title} etenee.", state="running")
    period.lock(report_of(project, period))
    period.publish()
    period.refresh_from_db()
    return period


def a_result(project: Project, name: str = "Kirjastoauton reittimalli", **values: Any) -> Result:
    """What a project left behind."""
    facts = {"place": "Pääkirjasto", "owner": "Kirjastopalvelut", "answered_on": date(2026, 1, 15)}
    return Result.objects.create(project=project, name=name, **facts | values)
