"""How a row of the desk is told: what it is, what is the matter, and where that is mended."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hankkeet.models import Contact, Feedback, Finding, Project, Publication
from hankkeet.models.necessities import NECESSITIES, lacking
from sivusto.wording import day

LONGEST_NOTE = 160


@dataclass(frozen=True)
class Line:
    """A row as it is shown: what it is, what is the matter, and where that is mended."""

    text: str
    detail: str
    address: str
    project: int
    weight: str = ""
    weight_label: str = ""
    quote: str = ""  # a reader's words, which are not to leave in a mail


def card_form(project: int) -> str:
    """Return the address of the form on which a card is mended."""
    return reverse("admin:hankkeet_project_change", args=[project])


def project_of(row: Any) -> Project:
    """Return the project that a row is or belongs to."""
    return row if isinstance(row, Project) else row.project


def local_day(value: Any) -> date | None:
    """Return the day of a moment as people here saw it."""
    return value and timezone.localtime(value).date()


def is_revision(row: Project) -> bool:
    """Tell of a card in review whether it is its revision that waits."""
    return row.publication != Publication.IN_REVIEW


def in_review(row: Project) -> Line:
    """Tell since when a card or its revision waits."""
    if not is_revision(row):
        since = _("Odottanut %(day)s alkaen") % {"day": day(local_day(row.updated_at))}
        return Line(row.name, since, card_form(row.pk), row.pk)
    since = _("Muutosehdotus, odottanut %(day)s alkaen") % {
        "day": day(local_day(row.revision.updated_at))
    }
    place = reverse("admin:hankkeet_project_revision", args=[row.pk])
    return Line(row.name, since, place, row.pk)


def returned(row: Any) -> Line:
    """Tell what the reviewer wants to be mended."""
    name = "hankkeet_project_revision" if row.is_public else "hankkeet_project_change"
    note = " ".join(row.note.split())
    told = f"”{note if len(note) <= LONGEST_NOTE else f'{note[: LONGEST_NOTE - 1]}…'}”"
    return Line(row.name, told, reverse(f"admin:{name}", args=[row.pk]), row.pk)


def overdue(row: Project) -> Line:
    """Tell what the dates and the phase say against each other."""
    text = _("Päättyi %(day)s, mutta vaihe on yhä ”%(phase)s”")
    told = text % {"day": day(row.end_date), "phase": row.get_phase_display()}
    return Line(row.name, told, card_form(row.pk), row.pk)


def silent(row: Any) -> Line:
    """Tell when somebody last looked at the card."""
    seen = row.looked_at is not None
    text = _("Katsottu viimeksi %(day)s") if seen else _("Ei katsottu, rekisterissä %(day)s alkaen")
    return Line(row.name, text % {"day": day(row.heard_on)}, card_form(row.pk), row.pk)


def lacks(row: Any) -> str:
    """Return what the card lacks, in words."""
    return ", ".join(lacking([name for name in NECESSITIES if getattr(row, f"has_{name}")]))


def incomplete(row: Any) -> Line:
    """Tell what the card lacks."""
    return Line(row.name, _("Puuttuu: %(what)s") % {"what": lacks(row)}, card_form(row.pk), row.pk)


def results(row: Any) -> Line:
    """Tell when it ended, and whether its results are to be told or looked at again."""
    text = _("Päättyi %(day)s, tuloksia ei ole kirjattu")
    if row.told:
        text = _("Päättyi %(day)s, ovatko tulokset yhä käytössä?")
    place = f"{card_form(row.pk)}#results-group"
    return Line(row.name, text % {"day": day(row.end_date)}, place, row.pk)


def missing_report(row: Any) -> Line:
    """Tell which report is missing and by when it was to come, and lead to its form."""
    text = _("Raportti jaksolta %(period)s puuttuu")
    if row.due_date:
        text = _("Raportti jaksolta %(period)s puuttuu, määräpäivä %(day)s")
    told = text % {"period": str(row), "day": day(row.due_date)}
    place = reverse("admin:seuranta_reportingperiod_fill", args=[row.pk])
    return Line(row.project.name, told, place, row.project_id)


def sent_report(row: Any) -> Line:
    """Tell which report was sent and when, and lead to where it is read and locked."""
    told = _("Raportti jaksolta %(period)s, lähetetty %(day)s") % {
        "period": str(row),
        "day": day(local_day(row.submitted_at)),
    }
    place = reverse("admin:seuranta_reportingperiod_fill", args=[row.pk])
    return Line(row.project.name, told, place, row.project_id)


def finding(row: Finding) -> Line:
    """Tell what is wrong, with its weight."""
    label = row.get_weight_display()
    place = f"{card_form(row.project_id)}#findings-heading"
    return Line(row.project.name, row.message, place, row.project_id, row.weight, label)


def unreadable(row: Any) -> Line:
    """Tell of an attachment why it has no text, and lead to where that is mended."""
    why = row.text_message or _("Tiedostossa ei ole tekstiä, vaan pelkkää kuvaa.")
    place = reverse("admin:hankkeet_attachmenttext_change", args=[row.pk])
    return Line(row.project.name, f"{row.title}: {why}", place, row.project_id)


def _role(row: Contact) -> str:
    return ", ".join(filter(None, (row.role, row.unit))) or _("Yhteyshenkilö")


def expiring(row: Contact) -> Line:
    """Tell the last day of a role's person; never the name."""
    text = _("%(role)s: nimi näkyy viimeisen kerran %(day)s")
    told = text % {"role": _role(row), "day": day(row.last_public_day)}
    place = f"{card_form(row.project_id)}#contacts-group"
    return Line(row.project.name, told, place, row.project_id)


def feedback(row: Feedback) -> Line:
    """Tell what a reader has written, and how far it has come."""
    text = _("%(state)s, saapunut %(day)s")
    told = text % {"state": row.get_state_display(), "day": day(local_day(row.created_at))}
    quote = f"”{' '.join(str(row).split())}”"
    place = reverse("admin:hankkeet_feedback_change", args=[row.pk])
    return Line(row.project.name, told, place, row.project_id, quote=quote)
