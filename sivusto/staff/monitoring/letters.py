"""A reminder to those whose report is missing."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from seuranta.models import ReportingPeriod
from sivusto.wording import day


def receivers(period: ReportingPeriod) -> list[str]:
    """Return the addresses of the project's managers who work here."""
    managers = period.project.managers.all()
    return sorted({user.email for user in managers if user.is_active and user.email})


def remind(period: ReportingPeriod) -> bool:
    """Mail a reminder and note that it was sent; return whether there was anybody to mail it to.

    Raises SMTPException or OSError where the mail could not be sent.
    """
    addresses = receivers(period)
    if not addresses:
        return False
    letter(period, addresses).send()
    ReportingPeriod.objects.filter(pk=period.pk).update(reminded_at=timezone.now())
    return True


def letter(period: ReportingPeriod, addresses: list[str]) -> EmailMessage:
    """Write the reminder; the project's name may not break the heading."""
    name = " ".join(str(period.project).split())
    address = reverse("admin:seuranta_reportingperiod_fill", args=[period.pk])
    lines = [
        _("Hankkeen %(name)s seurantaraportti jaksolta %(period)s puuttuu.")
        % {"name": name, "period": period},
    ]
    if period.due_date:
        lines.append(_("Määräpäivä on %(day)s.") % {"day": day(period.due_date)})
    lines += [_("Täytä raportti tästä:"), f"{settings.PUBLIC_ADDRESS}{address}"]
    return EmailMessage(
        subject=_("Muistutus seurantaraportista: %(name)s") % {"name": name},
        body="\n\n".join(lines) + "\n",
        to=addresses,
    )
