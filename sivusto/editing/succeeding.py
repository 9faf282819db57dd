"""A card as the start of its successor: a new draft with what carries over.

Whose work it is, by whom and with whose money stays the same most of the time; when, how much and
what came of it never does. So dates, sums, results, costs, attachments and keys are left out, and
texts of aims and means are brought along to be written over.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hankkeet.models import (
    Contact,
    Implementer,
    Logo,
    Phase,
    Project,
    Publication,
    Section,
    Succession,
)
from hankkeet.models.contacts import Visibility
from hankkeet.models.contents import SectionKind
from rahoitus.models import FundingShare, Stage
from salkut.models import Portfolio
from sivusto.checks.store import refresh

LEFT_OUT = (SectionKind.RESULTS, SectionKind.COSTS)
LONGEST_NAME = 300


@dataclass
class Started:
    """The successor, and what was left out or changed that a person would not expect.

    ``is_new`` is False where a draft begun in the same way was there already.
    """

    project: Project
    is_new: bool = True
    remarks: list[str] = field(default_factory=list)


@transaction.atomic
def start_successor(project: Project, by: Any) -> Started:
    """Make a draft that carries on the project; rights are the caller's to ask.

    Asked twice, it makes one: a draft of the same name that carries the project on already is
    returned as it is. Its maker becomes its manager, unless a superuser.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    named = _("%(name)s, jatkohanke")
    name = named % {"name": project.name[: LONGEST_NAME - len(named)]}
    begun = Project.objects.filter(
        origins__predecessor=project, name=name, publication=Publication.DRAFT
    ).first()
    if begun is not None:
        return Started(begun, is_new=False)
    draft = Project.objects.create(
        name=name, project_type=project.project_type, phase=Phase.PLANNED
    )
    started = Started(draft)
    Succession.objects.create(predecessor=project, successor=draft)
    if not by.is_superuser:
        draft.managers.add(by)
    _carry_portfolios(project, started)
    _carry_texts(project, draft)
    _carry_payers(project, started)
    _carry_people(project, draft)
    _carry_logos(project, started)
    refresh([draft.pk])
    return started


def _carry_portfolios(project: Project, started: Started) -> None:
    """Bring the portfolios that go on; one that has ended gives way to the one that follows it."""
    chosen: dict[int, None] = {}
    for portfolio in project.portfolios.prefetch_related("successors"):
        going_on = [portfolio] if _goes_on(portfolio) else list(filter(_goes_on, _after(portfolio)))
        if len(going_on) == 1:
            chosen[going_on[0].pk] = None
        if going_on != [portfolio]:
            text = (
                _("Salkku %(old)s on päättynyt; tilalla on %(new)s.")
                if len(going_on) == 1
                else _("Salkku %(old)s on päättynyt, joten se jäi pois. Valitse uusi salkku.")
            )
            new = ", ".join(each.name for each in going_on)
            started.remarks.append(text % {"old": portfolio.name, "new": new})
    started.project.portfolios.set(chosen)


def _after(portfolio: Portfolio) -> Iterable[Portfolio]:
    return portfolio.successors.all()


def _goes_on(portfolio: Portfolio) -> bool:
    return portfolio.end_date is None or portfolio.end_date >= timezone.localdate()


def _carry_texts(project: Project, draft: Project) -> None:
    kept = project.sections.exclude(kind__in=LEFT_OUT)
    Section.objects.bulk_create(
        Section(
            project=draft,
            kind=section.kind,
            heading=section.heading,
            body=section.body,
            position=section.position,
        )
        for section in kept
    )


def _carry_payers(project: Project, started: Started) -> None:
    """Bring each declared funder and programme once and without figures."""
    payers: dict[tuple[int, int | None], None] = {}
    ended: dict[str, None] = {}
    for share in project.funding_shares.filter(is_declared=True).select_related("programme"):
        programme = share.programme
        is_over = bool(
            programme and programme.end_year and programme.end_year < timezone.localdate().year
        )
        if programme and is_over:
            ended[programme.name] = None
        payers[share.funder_id, None if is_over else share.programme_id] = None
    FundingShare.objects.bulk_create(
        FundingShare(
            project=started.project,
            funder_id=funder,
            programme_id=programme,
            stage=Stage.PLANNED,
            position=place,
        )
        for place, (funder, programme) in enumerate(payers, start=1)
    )
    if ended:
        text = _("Päättynyt rahoitusohjelma jäi pois: %(names)s.")
        started.remarks.append(text % {"names": ", ".join(ended)})


def _carry_people(project: Project, draft: Project) -> None:
    """Bring those who carry it out, and the roles; a person only whose time is not over.

    A person comes hidden: that she works for the successor, too, is for somebody to say.
    """
    Implementer.objects.bulk_create(
        Implementer(project=draft, organisation_id=row.organisation_id, position=row.position)
        for row in project.implementer_set.all()
    )
    Contact.objects.bulk_create(_role(contact, draft) for contact in _with_role(project))


def _with_role(project: Project) -> list[Contact]:
    contacts = list(project.contacts.all())
    return [c for c in contacts if c.role or c.unit or (c.person_name and _is_present(c))]


def _is_present(contact: Contact) -> bool:
    is_over = contact.end_date is not None and contact.end_date < timezone.localdate()
    return not (is_over or contact.is_expired)


def _role(contact: Contact, draft: Project) -> Contact:
    person = (
        {"person_name": contact.person_name, "phone": contact.phone, "email": contact.email}
        if _is_present(contact)
        else {}
    )
    return Contact(
        project=draft,
        role=contact.role,
        unit=contact.unit,
        unit_email=contact.unit_email,
        visibility=Visibility.ROLE,
        position=contact.position,
        **person,
    )


def _carry_logos(project: Project, started: Started) -> None:
    """Copy the pictures, so that each card's own comes and goes with it."""
    for logo in project.logos.all():
        try:
            with logo.image.open("rb") as file:
                picture = ContentFile(file.read(), name=logo.image.name)
        except OSError:
            text = _("Logon ”%(alt)s” kuvaa ei löytynyt, joten se jäi pois.")
            started.remarks.append(text % {"alt": logo.alt})
            continue
        Logo.objects.create(
            project=started.project, image=picture, alt=logo.alt, position=logo.position
        )
