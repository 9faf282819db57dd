"""What may be uploaded: decided by the content of a file, never by its name alone."""

import io
import zipfile
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

ZIP_START = b"PK\x03\x04"
OFFICE_FOLDERS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
OPEN_DOCUMENT = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odp": b"application/vnd.oasis.opendocument.presentation",
}
IMAGE_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
PLAIN_TEXT = {".txt", ".csv"}
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
MOST_PIXELS = 40_000_000


def validate_document(file: Any) -> None:
    """Refuse a file that is too large or whose content is not what its ending says."""
    _check_size(file)
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in CONTENT_TYPES:
        raise ValidationError(
            _("Tiedostotyyppi %(suffix)s ei kelpaa. Sallittuja ovat: %(allowed)s.")
            % {"suffix": suffix or "–", "allowed": ", ".join(sorted(CONTENT_TYPES))}
        )
    file.seek(0)
    head = file.read(4096)
    is_right = (
        _is_image(file, suffix) if suffix in IMAGE_FORMATS else _is_document(file, suffix, head)
    )
    file.seek(0)
    if not is_right:
        raise ValidationError(
            _("Tiedoston sisältö ei vastaa päätettä %(suffix)s. Tallenna tiedosto uudelleen.")
            % {"suffix": suffix}
        )


def validate_image(file: Any) -> None:
    """Refuse a picture that is too large or is not a real PNG or JPEG."""
    _check_size(file)
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in IMAGE_FORMATS or not _is_image(file, suffix):
        raise ValidationError(_("Kuvan pitää olla PNG- tai JPEG-tiedosto."))
    file.seek(0)


def reencoded_image(file: Any) -> io.BytesIO:
    """Return the picture drawn anew, so that nothing but its pixels is kept."""
    file.seek(0)
    with Image.open(file) as image:
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=True)
    out.seek(0)
    return out


def _check_size(file: Any) -> None:
    if file.size > settings.UPLOAD_LIMIT:
        raise ValidationError(
            _("Tiedosto on liian suuri (%(size)s). Suurin sallittu koko on %(limit)s.")
            % {
                "size": filesizeformat(file.size),
                "limit": filesizeformat(settings.UPLOAD_LIMIT),
            }
        )
    if file.size == 0:
        raise ValidationError(_("Tiedosto on tyhjä."))


def _is_image(file: Any, suffix: str) -> bool:
    file.seek(0)
    try:
        with Image.open(file, formats=[IMAGE_FORMATS[suffix]]) as image:
            if image.width * image.height > MOST_PIXELS:
                return False
            image.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return False
    return True


def _is_document(file: Any, suffix: str, head: bytes) -> bool:
    if suffix == ".pdf":
        return head.startswith(b"%PDF-")
    if suffix in PLAIN_TEXT:
        return _is_text(file)
    return head.startswith(ZIP_START) and _is_office_file(file, suffix)


def _is_text(file: Any) -> bool:
    file.seek(0)
    data = file.read()
    return b"\x00" not in data and not data.lstrip()[:1] == b"<"


def _is_office_file(file: Any, suffix: str) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if suffix in OPEN_DOCUMENT:
                if archive.getinfo("mimetype").file_size > 200:
                    return False
                return archive.read("mimetype").strip() == OPEN_DOCUMENT[suffix]
            return (
                "[Content_Types].xml" in names
                and any(name.startswith(OFFICE_FOLDERS[suffix]) for name in names)
                and not any(name.endswith("vbaProject.bin") for name in names)
            )
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, ValueError):
        return False
