"""How many messages have come today, from one address and from all."""

from django.db import models


class FeedbackTally(models.Model):
    """A day's number of messages from one sender; the sender "" stands for everybody.

    A sender is a digest whose salt changes every day, and the rows of earlier days are deleted.
    """

    day = models.DateField()
    sender = models.CharField(max_length=32, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "sivusto_feedback_tally"
        constraints = [
            models.UniqueConstraint(fields=["day", "sender"], name="feedback_tally_is_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.number}"
