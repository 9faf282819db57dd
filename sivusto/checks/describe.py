"""Cards of the register as the plain values that the core takes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Prefetch

from hankkeet.models import Contact, Implementer, Link, Project, Section
from hankkeet.models.project import ProjectQuerySet
from hankkeet.richtext import plain_text
from rahoitus import visibility
from rahoitus.models import FundingShare, ShareKind, Stage
from sivusto.checks import model
from sivusto.links.checking import hrefs
from sivusto.transfer.cardtext.model import SectionText


def described() -> ProjectQuerySet:
    """Return projects with all that a check reads, in ten queries however many they are."""
    loaded: ProjectQuerySet = Project.objects.select_related(
        "project_type", "imported_card"
    ).prefetch_related(
        "portfolios",
        "sections",
        "contacts",
        "attachments",
        "logos",
        "results",
        Prefetch("implementer_set", Implementer.objects.select_related("organisation")),
        Prefetch("funding_shares", FundingShare.objects.select_related("funder", "programme")),
    )
    return loaded


def dead_links() -> dict[str, Link]:
    """Return the links that have ceased to answer, by address; one query."""
    return Link.objects.dead().in_bulk()


def describe(project: Project, today: date, dead: Mapping[str, Link]) -> model.Card:
    """Return the card, from a row that ``described()`` has loaded and the links that are dead."""
    shares = tuple(_share(share) for share in project.funding_shares.all())
    pictures = [logo.alt for logo in project.logos.all()]
    pictures += [payer.logo_alt for payer in visibility.emblems(project.funding_shares.all())]
    return model.Card(
        today=today,
        name=project.name,
        phase=project.phase,
        publication=project.publication,
        created=project.created_at.date(),
        from_text=hasattr(project, "imported_card"),
        project_type=project.project_type.name if project.project_type else "",
        planned_start=project.planned_start_date,
        planned_end=project.planned_end_date,
        actual_start=project.actual_start_date,
        actual_end=project.actual_end_date,
        planned_cost=project.planned_cost,
        actual_cost=project.actual_cost,
        portfolios=tuple(
            model.Portfolio(p.name, p.start_date, p.end_date) for p in project.portfolios.all()
        ),
        implementers=tuple(row.organisation.name for row in project.implementer_set.all()),
        sections=_sections(project.sections.all()),
        shares=shares,
        contacts=tuple(_contact(contact) for contact in project.contacts.all()),
        attachments=tuple(
            model.Attachment(row.title, bool(row.url or row.file))
            for row in project.attachments.all()
            if not row.is_hidden
        ),
        logos=tuple(pictures),
        dead_links=tuple(_dead_links(project, dead)) if dead else (),
    )


def _dead_links(project: Project, dead: Mapping[str, Link]) -> Iterator[model.DeadLink]:
    places = [
        (f"Liite ”{row.title}”", row.url) for row in project.attachments.all() if not row.is_hidden
    ]
    places += [(f"Tulos ”{row.name}”", row.url) for row in project.results.all()]
    for section in project.sections.all():
        places += [(f"Teksti ”{section}”", address) for address in hrefs(section.body)]
    for place, address in places:
        if link := dead.get(address):
            yield model.DeadLink(place, address, link.checked_on, link.problem)


def _sections(sections: Iterable[Section]) -> tuple[SectionText, ...]:
    return tuple(
        SectionText(section.shown_heading, plain_text(section.body).replace("\xa0", " "))
        for section in sections
    )


def _share(share: FundingShare) -> model.Share:
    funder, programme = share.funder, share.programme
    names = (funder.name, funder.short_name, *funder.aliases)
    return model.Share(
        row=share.pk,
        names=tuple(dict.fromkeys(name for name in names if name)),
        kind=funder.kind,
        programmes=(programme.name, *programme.aliases) if programme else (),
        amount=share.amount,
        percent=share.percent,
        in_kind=share.kind == ShareKind.IN_KIND,
        is_actual=share.stage == Stage.ACTUAL,
        is_declared=share.is_declared,
        quote=share.quote,
    )


def _contact(contact: Contact) -> model.Contact:
    return model.Contact(
        role=contact.role or contact.unit,
        name=contact.person_name,
        phone=contact.phone,
        email=contact.email,
        end=contact.end_date,
    )
