"""Files that come and go together with their rows."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models, transaction
from django.urls import reverse

SMALL = "logot/pienet/"  # logos as pages show them, each made when it is first asked for

_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


class TidyStorage(FileSystemStorage):
    """Django's file storage that leaves no half a file behind when the disk is full."""

    def url(self, name: str | None) -> str:
        """Return where staff fetch an attachment, public or not; its card has its own address."""
        folder, _, own_name = (name or "").partition("/")
        if folder == "liitteet":
            return reverse("admin:hankkeet_project_attachment", args=[own_name])
        return super().url(name)

    def delete(self, name: str) -> None:
        """Delete a file, and the smaller one that was made of it."""
        super().delete(name)
        folder, _, own_name = name.partition("/")
        if folder == "logot" and own_name:
            super().delete(f"{SMALL}{own_name}")

    def _save(self, name: str, content: Any) -> str:
        written = _written.get()
        if written is not None:
            written.append(name)
        try:
            return super()._save(name, content)  # type: ignore[no-any-return,misc]
        except OSError:
            self.delete(name)  # the name is of our own making, so nobody else's file has it
            raise


@contextlib.contextmanager
def all_or_no_files() -> Iterator[None]:
    """Remove the files written inside the block if it fails, as the database does with rows."""
    token = _written.set([])
    try:
        yield
    except BaseException:
        for name in _written.get() or []:
            default_storage.delete(name)
        raise
    finally:
        _written.reset(token)


def file_names(instance: models.Model) -> set[str]:
    """Return the names of the files that a row holds."""
    fields = (f for f in instance._meta.concrete_fields if isinstance(f, models.FileField))
    return {name for field in fields if (name := field.value_from_object(instance).name)}


def delete_after_commit(names: set[str]) -> None:
    """Delete files once the change that made them needless is certain.

    Spares those that a revision of a card still holds.
    """
    for name in names:
        transaction.on_commit(lambda name=name: _delete_unheld(name), robust=True)  # type: ignore[misc]


def _delete_unheld(name: str) -> None:
    revisions: Any = apps.get_model("hankkeet", "Revision")
    if not revisions.objects.holding(name).exists():
        default_storage.delete(name)
