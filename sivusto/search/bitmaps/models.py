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


class ReadyBlock(models.Model):
    """A run of projects whose terms are kept ready, and the snapshot that they are true to."""

    block = models.IntegerField(primary_key=True)  # the projects' keys divided by ready.WIDTH
    version = models.PositiveSmallIntegerField()
    snapshot = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "sivusto_ready_block"

    def __str__(self) -> str:
        return str(self.block)


class ReadyTerm(models.Model):
    """A term's projects in a block, four bytes each, and their weights of it, four bytes each.

    ``keys`` are all the projects that have the term; ``weighed`` those for whom it weighs
    something, with ``weights`` in thousandths in the same order. Written by ready.py only.
    """

    pk = models.CompositePrimaryKey("block", "term")
    block = models.IntegerField()
    term = models.TextField(db_collation="C")  # so that a beginning is a range
    keys = models.BinaryField(null=True)
    weighed = models.BinaryField(null=True)
    weights = models.BinaryField(null=True)

    class Meta:
        db_table = "sivusto_ready_term"

    def __str__(self) -> str:
        return self.term
