"""The version of what the public sees; written by database triggers only."""

from django.db import models
from django.db.models.expressions import RawSQL


class DataVersion(models.Model):
    """One row: a number that grows in the transaction of every public change."""

    number = models.BigIntegerField()

    class Meta:
        db_table = "sivusto_data_version"

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """Return the present number, 0 before the first change; one query.

        Ask before reading what is to be kept under it: then what is kept is never older than
        the number says.
        """
        return cls.objects.values_list("number", flat=True).first() or 0

    @classmethod
    def sealed(cls) -> tuple[int, str]:
        """Return the present number, and what tells it from the same number of another database.

        The seal is the transaction that wrote it: a register brought back from a copy counts the
        same numbers again. One query.
        """
        seal = RawSQL("sivusto_data_version.xmin::text", [])
        row = cls.objects.annotate(seal=seal).values_list("number", "seal").first()
        return row or (0, "")


class Change(models.Model):
    """A mark of a transaction that changes what is public; gone when it is committed."""

    class Meta:
        db_table = "sivusto_change"

    def __str__(self) -> str:
        return str(self.pk)
