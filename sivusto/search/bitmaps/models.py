"""The log of projects changed, by which each process keeps its bitmaps true."""

from typing import Any

from django.db import models
from django.db.models.functions import Now


class TransactionField(models.Field):
    """The number of a PostgreSQL transaction, 64 bits wide (``xid8``)."""

    def db_type(self, connection: Any) -> str:
        """Name the column's type."""
        return "xid8"


class CurrentTransaction(models.Func):
    """The number of the writing transaction."""

    template = "pg_current_xact_id()"
    output_field = TransactionField()


class ProjectChange(models.Model):
    """A project that a transaction has changed, or all of them; written by triggers only.

    Who has read up to a snapshot reads on with what that snapshot does not see, so that nothing is
    missed, in whatever order transactions end. Rows are kept for a day.
    """

    project_id = models.BigIntegerField(null=True)  # none: too many to tell
    transaction = TransactionField(db_default=CurrentTransaction())
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "sivusto_project_change"
        indexes = [models.Index(fields=["transaction"], name="project_change_transaction")]

    def __str__(self) -> str:
        return str(self.project_id or "*")
