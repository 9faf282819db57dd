"""Texts read out of attachments' files and kept; what staff have corrected is left alone."""

import hashlib
import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from hankkeet.models import Attachment, AttachmentText, TextState
from hankkeet.models.texts import BY_STAFF
from sivusto.documents.model import DocumentError, Limits, Text
from sivusto.documents.reading import READ, read_document
from sivusto.search.analysis.language import language_of

logger = logging.getLogger(__name__)

# While somebody waits for a form to be saved: seconds for one file, and seconds after which no
# further file is begun. What is left is read by the command.
AT_UPLOAD = Limits(seconds=12)
PATIENCE_S = 12
Tell = Callable[[AttachmentText], None]
KNOWN_LANGUAGES = ("fi", "sv", "en", "")


def readable() -> QuerySet[Attachment]:
    """Return the attachments that have a file of a kind that is read."""
    endings = Q()
    for suffix in READ:
        endings |= Q(file__endswith=suffix)
    return Attachment.objects.filter(endings).order_by("pk")


def unread() -> QuerySet[Attachment]:
    """Return those whose present file has not been read."""
    return readable().exclude(text_version__source=F("file"))


def reread() -> QuerySet[Attachment]:
    """Return those that may be read again: all but those that staff have judged."""
    judged = AttachmentText.objects.present().filter(state__in=BY_STAFF)
    return readable().exclude(pk__in=judged.values("pk"))


def read_after_commit(project_pk: int, tell: Tell = lambda _text: None) -> None:
    """Read the new files of a card once they are certain; nothing that fails there is lost.

    ``tell`` is given each text that was read, or tried to be.
    """
    transaction.on_commit(partial(_read_new, project_pk, tell), robust=True)


def _read_new(project_pk: int, tell: Tell) -> None:
    begun = time.monotonic()
    for attachment in unread().filter(project=project_pk):
        if time.monotonic() - begun > PATIENCE_S:
            logger.info("the rest of the files of project %s are read later", project_pk)
            return
        text = read_and_keep(attachment, AT_UPLOAD)
        if text is not None:
            tell(text)


def read_and_keep(attachment: Attachment, limits: Limits | None = None) -> AttachmentText | None:
    """Read the file of an attachment and keep what it says, or why it could not be read.

    None if the attachment is gone, has another file by now, or staff corrected it meanwhile.
    """
    name = str(attachment.file.name)
    values: dict[str, Any] = {"source": name, "read_at": timezone.now(), "message": ""}
    values |= {"content": {}, "language": "", "digest": ""}
    try:
        values["digest"] = _digest(Path(attachment.file.path))
        values |= _told(read_document(Path(attachment.file.path), limits))
    except (DocumentError, OSError) as error:
        told = error if isinstance(error, DocumentError) else "Tiedostoa ei löydy palvelimelta."
        values |= {"state": TextState.FAILED, "message": str(told)[:500]}
        logger.warning("the text of attachment %s could not be read: %s", attachment.pk, told)
    return _keep(attachment.pk, values)


def _keep(pk: int, values: dict[str, Any]) -> AttachmentText | None:
    try:
        with transaction.atomic():
            held = Attachment.objects.select_for_update().filter(pk=pk, file=values["source"])
            before = AttachmentText.objects.present().filter(pk=pk, state__in=BY_STAFF)
            if not held.exists() or before.exists():
                return None
            text, _is_new = AttachmentText.objects.update_or_create(pk=pk, defaults=values)
    except IntegrityError:
        logger.exception("the text of attachment %s could not be kept", pk)
        return None
    return text


def _told(text: Text) -> dict[str, Any]:
    if not text.letters:
        return {"state": TextState.WITHOUT_TEXT}
    return {"state": TextState.READ, "content": text.packed(), "language": language(text)}


def language(text: Text) -> str:
    """Return the language that the text is in: what it says of itself is right of others only.

    Programs write the language of their own screen into Finnish documents.
    """
    if text.language not in KNOWN_LANGUAGES and text.language.isalpha():
        return text.language[:2]
    words = " ".join(block.text for part in text.parts for block in part.blocks)
    items = " ".join(
        item for part in text.parts for block in part.blocks for _depth, item in block.items
    )
    return language_of(f"{words} {items}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
