"""Trying a change on the real rows and taking it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


class _UndoError(Exception):
    """Takes back what was tried; never seen outside."""


@contextmanager
def sandbox() -> Iterator[None]:
    """Run the block on the database as if in earnest, and take all of it back.

    Nobody else ever sees it: one transaction, which waits for others and lets them wait as any
    save does. What the block would do after a commit is forgotten. Answers must be rendered inside.
    """
    try:
        with transaction.atomic():
            yield
            raise _UndoError
    except _UndoError:
        pass
