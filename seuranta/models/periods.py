"""Reporting periods, and what is told of each measure in them."""

from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Project, Publication
from seuranta.models.measures import Measure
from seuranta.report import Month, Report
from seuranta.standing import figures


class PeriodState(models.TextChoices):
    """How far a period's report has come."""

    OPEN = "open", _("Avoinna")
    LOCKED = "locked", _("Lukittu")
    PUBLISHED = "published", _("Julkaistu")


class State(models.TextChoices):
    """How a measure goes, as its project tells."""

    NOT_STARTED = "not_started", _("Ei aloitettu")
    RUNNING = "running", _("Käynnissä")
    DONE = "done", _("Valmis")
    LATE = "late", _("Viivästynyt")
    DISCONTINUED = "discontinued", _("Keskeytetty")


class ReportingPeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    """Questions about reporting periods."""

    def public(self) -> Self:
        """Keep what anybody may see: published reports of public projects."""
        return self.filter(state=PeriodState.PUBLISHED, project__publication=Publication.PUBLISHED)

    def open(self) -> Self:
        """Keep those that are still written."""
        return self.filter(state=PeriodState.OPEN)

    def missing(self) -> Self:
        """Keep open ones whose project has not sent its report."""
        return self.open().filter(submitted_at__isnull=True)

    def sent(self) -> Self:
        """Keep open ones whose report has been sent and waits to be locked."""
        return self.open().filter(submitted_at__isnull=False)


class ReportingPeriod(models.Model):
    """A project reports of the time from one day to another (raportointijakso).

    While open, its status entries are written. Locking keeps the whole report in ``contents``,
    which no later edit of measures or entries changes; only that is published.
    """

    project = models.ForeignKey(
        Project,
        verbose_name=_("hanke"),
        on_delete=models.CASCADE,
        related_name="reporting_periods",
    )
    start_date = models.DateField(_("alkaa"))
    end_date = models.DateField(_("päättyy"))
    due_date = models.DateField(
        _("määräpäivä"), null=True, blank=True, help_text=_("Mihin mennessä raportti lähetetään.")
    )
    state = models.CharField(
        _("tila"), max_length=20, choices=PeriodState.choices, default=PeriodState.OPEN
    )
    submitted_at = models.DateTimeField(_("lähetetty"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("muistutettu"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("julkaistu"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("muutettu"), auto_now=True)
    contents = models.JSONField(_("lukittu raportti"), null=True, blank=True, editable=False)
    figures = models.JSONField(_("lukitun raportin luvut"), null=True, blank=True, editable=False)

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("raportointijakso")
        verbose_name_plural = _("raportointijaksot")
        ordering = ["project", "-end_date", "-start_date"]
        indexes = [models.Index(fields=["state", "end_date"], name="period_state_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "start_date", "end_date"],
                name="period_is_told_once",
                violation_error_message=_("Hankkeella on jo sama raportointijakso."),
            ),
            models.CheckConstraint(
                name="period_state_is_known",
                condition=models.Q(state__in=PeriodState.values),
                violation_error_message=_("Tuntematon raportointijakson tila."),
            ),
            models.CheckConstraint(
                name="period_ends_after_it_starts",
                condition=models.Q(end_date__gte=models.F("start_date")),
                violation_error_message=_("Raportointijakso ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                name="period_is_due_after_it_starts",
                condition=models.Q(due_date__isnull=True)
                | models.Q(due_date__gte=models.F("start_date")),
                violation_error_message=_("Määräpäivä on ennen raportointijakson alkua."),
            ),
            models.CheckConstraint(
                name="locked_period_has_its_contents",
                condition=models.Q(state="open", contents__isnull=True)
                | (~models.Q(state="open") & models.Q(contents__isnull=False)),
                violation_error_message=_("Lukitulla raportointijaksolla on sisältönsä."),
            ),
        ]

    def __str__(self) -> str:
        start, end = self.start_date, self.end_date
        return f"{start.day}.{start.month}.{start.year} – {end.day}.{end.month}.{end.year}"

    @property
    def is_open(self) -> bool:
        """Whether its report is still written."""
        return self.state == PeriodState.OPEN

    @property
    def report(self) -> Report:
        """The report as it was locked; empty while the period is open."""
        return Report.from_data(self.contents or [])

    @property
    def last_month(self) -> Month:
        """The month in which the period ends."""
        return Month(self.end_date.year, self.end_date.month)

    def lock(self, report: Report) -> bool:
        """Keep the report as it is now; return whether the period was open until this."""
        return bool(
            ReportingPeriod.objects.open()
            .filter(pk=self.pk)
            .update(
                state=PeriodState.LOCKED,
                contents=report.as_data(),
                figures=figures(report, self.last_month),
                updated_at=Now(),
            )
        )

    def publish(self) -> bool:
        """Let the public see a locked report; return whether it was not so before."""
        return bool(
            ReportingPeriod.objects.filter(pk=self.pk, state=PeriodState.LOCKED).update(
                state=PeriodState.PUBLISHED, published_at=Now(), updated_at=Now()
            )
        )

    def reopen(self) -> bool:
        """Let a locked report be mended, out of the public's sight; return whether it was shut."""
        return bool(
            ReportingPeriod.objects.filter(pk=self.pk)
            .exclude(state=PeriodState.OPEN)
            .update(
                state=PeriodState.OPEN,
                contents=None,
                figures=None,
                submitted_at=None,
                published_at=None,
                updated_at=Now(),
            )
        )


class StatusEntry(models.Model):
    """What a project tells of one measure in one period (tilanne, toteutuma)."""

    period = models.ForeignKey(
        ReportingPeriod,
        verbose_name=_("raportointijakso"),
        on_delete=models.CASCADE,
        related_name="entries",
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("toimenpide"),
        on_delete=models.CASCADE,
        related_name="entries",
    )
    state = models.CharField(_("tila"), max_length=20, choices=State.choices, blank=True)
    status = models.TextField(_("tilanne"), blank=True, max_length=20_000)
    next_steps = models.TextField(_("jatkotoimenpiteet"), blank=True, max_length=20_000)

    class Meta:
        verbose_name = _("toimenpiteen tilanne")
        verbose_name_plural = _("toimenpiteiden tilanteet")
        ordering = ["period", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "measure"],
                name="status_is_told_once",
                violation_error_message=_("Toimenpiteen tilanne on kerrottu jo tällä jaksolla."),
            ),
            models.CheckConstraint(
                name="status_state_is_known",
                condition=models.Q(state="") | models.Q(state__in=State.values),
                violation_error_message=_("Tuntematon toimenpiteen tila."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_state_display() or self.period}"
