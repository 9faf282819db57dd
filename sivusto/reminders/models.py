"""Whom the weekly mail has been sent to, and when."""

from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# A week, less what a run may begin earlier than the one of a week ago.
SHORTEST_BETWEEN = timedelta(days=6, hours=12)
NEVER = datetime(1, 1, 1, tzinfo=UTC)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Whose turn it is, decided row by row by the database."""

    def claim(self, user: Any, now: datetime) -> bool:
        """Take the person's turn of the week; False where it has been taken.

        Commit it before the mail leaves: a run that is killed while it sends then leaves the turn
        used, and a mail that may have left is not sent again.
        """
        first: Any = Reminder(user=user, claimed_at=NEVER)
        self.bulk_create([first], ignore_conflicts=True)
        free = self.filter(user=user, claimed_at__lt=now - SHORTEST_BETWEEN)
        return free.update(claimed_at=now, sent_at=None) == 1

    def give_back(self, user: Any) -> None:
        """Free the turn of a mail that surely did not leave."""
        self.filter(user=user, sent_at=None).update(claimed_at=NEVER)

    def mark_sent(self, user: Any, now: datetime) -> None:
        """Note that the mail has left."""
        self.filter(user=user).update(sent_at=now)

    def fresh(self, now: datetime) -> Self:
        """Keep the turns that have been taken within the week."""
        return self.filter(claimed_at__gte=now - SHORTEST_BETWEEN)

    def unknown(self) -> Self:
        """Keep the turns of which nobody knows whether the mail left."""
        return self.filter(sent_at=None).exclude(claimed_at=NEVER)


class Reminder(models.Model):
    """A person's last weekly mail: claimed before it leaves, marked as sent after."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kenelle"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    claimed_at = models.DateTimeField(_("aloitettu"))
    sent_at = models.DateTimeField(_("lähetetty"), null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        db_table = "sivusto_reminder"
        verbose_name = _("muistutus")
        verbose_name_plural = _("muistutukset")
        ordering = ["-claimed_at"]

    def __str__(self) -> str:
        return f"{self.user}: {self.claimed_at:%Y-%m-%d}"
