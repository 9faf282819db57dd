"""What waits for somebody among some cards, each question one queryset.

Each takes the cards, and keeps to one query however many there are.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Least

from hankkeet.models import Attachment, Contact, Finding, Move, MoveKind, Publication, Result
from hankkeet.models.days import MonthsLater
from hankkeet.models.necessities import NECESSITIES
from hankkeet.models.project import ProjectQuerySet
from hankkeet.models.results import results_due
from hankkeet.models.silence import silent
from hankkeet.models.texts import UNREADABLE
from salkut.models import Portfolio
from seuranta.models import ReportingPeriod

# How long before a person is no longer shown it is told: time enough to find the next one.
SOON = timedelta(days=60)


def in_review(cards: ProjectQuerySet) -> Any:
    """Return cards that wait for approval, and public ones whose revision does."""
    waiting = Q(publication=Publication.IN_REVIEW) | Q(revision__state=Publication.IN_REVIEW)
    rows = cards.filter(waiting).select_related("revision")
    return rows.order_by(Coalesce("revision__updated_at", "updated_at"), "pk")


def returned(cards: ProjectQuerySet, user: Any) -> Any:
    """Return cards and revisions that somebody else has sent back, each with her ``note``."""
    of_revision = Q(publication=Publication.PUBLISHED, revision__state=Publication.DRAFT)
    is_draft = Q(publication=Publication.DRAFT)
    last = Move.objects.filter(project=OuterRef("pk"), of_revision=OuterRef("is_apart"))
    last = last.order_by("-at", "-pk")
    rows = (
        cards.filter(is_draft | of_revision)
        .annotate(is_apart=ExpressionWrapper(of_revision, output_field=BooleanField()))
        .alias(last_move=Subquery(last.values("kind")[:1]), by=Subquery(last.values("by")[:1]))
        .annotate(note=Subquery(last.values("note")[:1]))
    )
    by_others = Q(by=None) | ~Q(by=user.pk)
    return rows.filter(by_others, last_move=MoveKind.RETURNED).order_by("updated_at", "pk")


def overdue(cards: ProjectQuerySet, today: date) -> Any:
    """Return cards that are said to be under way after their own end, the longest first."""
    return (
        cards.running()
        .filter(end_date__lt=today)
        .exclude(publication=Publication.WITHDRAWN)
        .order_by("end_date", "pk")
    )


def fallen_silent(cards: ProjectQuerySet, today: date) -> Any:
    """Return cards of which nobody has been heard for too long, the longest first."""
    return silent(cards, today).order_by("heard_on", "pk")


def incomplete(cards: ProjectQuerySet) -> Any:
    """Return cards that lack something without which none is published, the oldest first."""
    every = {f"has_{name}": True for name in NECESSITIES}
    lacking = cards.exclude(publication=Publication.WITHDRAWN).with_necessities()
    return lacking.exclude(**every).order_by("created_at", "pk")


def to_tell_results(cards: ProjectQuerySet, today: date) -> Any:
    """Return ended projects to be asked what is left of them, the latest first.

    Each knows how many results it has told of (``told``).
    """
    asked = results_due(cards.exclude(publication=Publication.WITHDRAWN), today)
    told = Result.objects.filter(project=OuterRef("pk")).order_by().values("project")
    number = Subquery(told.annotate(number=Count("pk")).values("number"))
    return asked.annotate(told=Coalesce(number, 0)).order_by("-end_date", "pk")


def missing_reports(cards: ProjectQuerySet, today: date) -> Any:
    """Return reporting periods that are over and not reported of, the first due first."""
    held = ReportingPeriod.objects.missing().filter(project__in=cards.values("pk"))
    over = held.exclude(project__publication=Publication.WITHDRAWN).filter(end_date__lt=today)
    return over.select_related("project").order_by(
        Coalesce("due_date", "end_date"), "project_id", "pk"
    )


def sent_reports(cards: ProjectQuerySet) -> Any:
    """Return reporting periods whose report waits to be locked, the one sent first first."""
    held = ReportingPeriod.objects.sent().filter(project__in=cards.values("pk"))
    shown = held.exclude(project__publication=Publication.WITHDRAWN)
    return shown.select_related("project").order_by("submitted_at", "pk")


def findings(cards: ProjectQuerySet) -> Any:
    """Return what is wrong with the cards and not known, the worst first."""
    mine = Finding.objects.unknown().filter(project__in=cards.values("pk"))
    shown = mine.exclude(project__publication=Publication.WITHDRAWN)
    return shown.select_related("project").worst_first()


def unreadable(cards: ProjectQuerySet) -> Any:
    """Return attachments whose files have no text to read, the newest first.

    Each knows why (``text_message``), "" of one that has no text in it. What staff have marked
    scanned is known and does not wait.
    """
    held = Attachment.objects.with_text_state().filter(
        text_version__state__in=UNREADABLE, text_version__source=F("file")
    )
    mine = held.filter(project__in=cards.values("pk"))
    shown = mine.exclude(project__publication=Publication.WITHDRAWN).select_related("project")
    return shown.annotate(text_message=F("text_version__message")).order_by("-pk")


def expiring(cards: ProjectQuerySet, today: date) -> Any:
    """Return contacts whose person will soon no longer be shown, the first first."""
    held: Any = Contact.objects.with_person().filter(project__in=cards.values("pk"))
    # First by what is cheap to ask: neither end is later than the last day, nor so much earlier.
    months = Portfolio.objects.order_by().values(all=Value(1))
    longest = Subquery(months.annotate(months=Max("contact_months")).values("months"))
    latest = MonthsLater("end", Greatest(longest, settings.CONTACT_MONTHS))
    near = held.alias(end=Least("project__end_date", "end_date"), latest=latest)
    near = near.filter(end__lte=today + SOON, latest__gte=today)
    soon = near.filter(last_public_day__range=(today, today + SOON))
    return soon.select_related("project").order_by("last_public_day", "project_id", "pk")


def waiting(handled: Any) -> Any:
    """Return of some feedback what nobody has closed, the oldest first."""
    return handled.waiting().select_related("project").order_by("created_at", "pk")
