"""A long ordered list cut from its nearer end, so that its last page costs what its first does."""

from typing import Any

from django.db.models import QuerySet


class FromEitherEnd:
    """What a paginator needs of a list: its length, known already, and slices of it."""

    def __init__(self, objects: QuerySet[Any], length: int) -> None:
        self.objects = objects
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: slice) -> list[Any]:
        """Return the part, read backwards where it is in the further half."""
        start, stop = part.start or 0, min(part.stop, self.length)
        if start + stop <= self.length:
            return list(self.objects[start:stop])
        backwards = self.objects.reverse()[self.length - stop : self.length - start]
        return list(backwards)[::-1]
