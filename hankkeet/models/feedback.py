"""What readers tell of a card (palaute): a message, its state and the answer."""

from datetime import date, datetime, time
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hankkeet.models.project import Project

MESSAGE_LIMIT = 5000


class FeedbackState(models.TextChoices):
    """How far the matter has come."""

    NEW = "new", _("Uusi")
    IN_PROGRESS = "in_progress", _("Käsittelyssä")
    ANSWERED = "answered", _("Vastattu")
    DISMISSED = "dismissed", _("Ei aihetta")


CLOSED = (FeedbackState.ANSWERED, FeedbackState.DISMISSED)


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Questions about feedback."""

    def waiting(self) -> Self:
        """Keep what nobody has closed yet."""
        return self.exclude(state__in=CLOSED)

    def with_overdue_email(self, today: date) -> Self:
        """Keep what was closed so long ago that the writer's address is to be removed."""
        this_midnight = timezone.make_aware(datetime.combine(today, time()))
        last_moment = models.ExpressionWrapper(
            models.F("closed_at") + _months(settings.CONTACT_MONTHS),
            output_field=models.DateTimeField(),
        )
        late = self.exclude(email="").alias(last_moment=last_moment)
        return late.filter(last_moment__lt=this_midnight)


def _months(number: int) -> models.Func:
    return models.Func(
        models.Value(number),
        template="make_interval(months => %(expressions)s)",
        output_field=models.DurationField(),
    )


class Feedback(models.Model):
    """A message about a card, from anybody."""

    project = models.ForeignKey(
        Project, verbose_name=_("hanke"), on_delete=models.CASCADE, related_name="feedback"
    )
    message = models.TextField(_("viesti"), max_length=MESSAGE_LIMIT)
    email = models.EmailField(
        _("vastausosoite"),
        blank=True,
        help_text=_("Poistetaan määräajan kuluttua siitä, kun asia on hoidettu."),
    )
    state = models.CharField(
        _("tila"), max_length=20, choices=FeedbackState.choices, default=FeedbackState.NEW
    )
    answer = models.TextField(_("vastaus"), max_length=MESSAGE_LIMIT, blank=True)
    created_at = models.DateTimeField(_("saapunut"), auto_now_add=True)
    mailed_at = models.DateTimeField(_("vastaus lähetetty"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("hoidettu"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("käsittelijä"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Of the form that it was sent with: a form sent twice is one message.
    form_mark = models.CharField(max_length=32, unique=True, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("palaute")
        verbose_name_plural = _("palautteet")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "-created_at"], name="feedback_state")]
        constraints = [
            models.CheckConstraint(
                name="feedback_says_something",
                condition=~models.Q(message=""),
                violation_error_message=_("Kirjoita, mikä kortilla on väärin."),
            ),
            models.CheckConstraint(
                name="feedback_is_not_too_long",
                condition=LessThanOrEqual(Length("message"), MESSAGE_LIMIT),
                violation_error_message=_("Viesti on liian pitkä (yli 5 000 merkkiä)."),
            ),
            models.CheckConstraint(
                name="answered_feedback_has_an_answer",
                condition=~models.Q(state=FeedbackState.ANSWERED, answer=""),
                violation_error_message=_("Kirjoita vastaus, ennen kuin merkitset vastatuksi."),
            ),
            models.CheckConstraint(
                name="closed_feedback_has_its_moment",
                condition=models.Q(state__in=CLOSED, closed_at__isnull=False)
                | (~models.Q(state__in=CLOSED) & models.Q(closed_at__isnull=True)),
                violation_error_message=_("Palautteen tila ja hoitopäivä ovat ristiriidassa."),
            ),
        ]

    def __str__(self) -> str:
        return self.message if len(self.message) <= 60 else f"{self.message[:59]}…"
