"""What may be uploaded: decided by the content of a file, never by its name alone."""

import io
import re
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from hankkeet.archives import is_office_file

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
IMAGE_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
IMAGE_STARTS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
PLAIN_TEXT = {".txt", ".csv"}
MOST_PIXELS = 40_000_000
LOGO_SIDE = 1200  # pixels: twice as many as the widest place for a logo on paper, for sharpness
# The same for a page, where a logo is at most 224 pixels wide and 56 high.
SMALL_LOGO = (448, 112)

NOT_AN_IMAGE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,  # Pillow's word for a broken PNG
    ValueError,
)
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
OTHER_THAN_TEXT = (b"<", b"%PDF", b"GIF8", b"PK\x03\x04", b"{\\rtf", b"#!")
WEB_PAGE = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|img|meta)\b", re.IGNORECASE)
UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\\\]")


def validate_document(file: Any) -> None:
    """Refuse a file that is too large or whose content is not what its ending says.

    A file that is stored already was judged when it came; it is not opened again, so that a card
    with a lost file can still be saved.
    """
    if _is_stored(file):
        return
    _check_size(file)
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in CONTENT_TYPES:
        raise ValidationError(
            _("Tiedostotyyppi %(suffix)s ei kelpaa. Sallittuja ovat: %(allowed)s.")
            % {"suffix": suffix or "–", "allowed": ", ".join(sorted(CONTENT_TYPES))}
        )
    if not _has_right_content(file, suffix):
        raise ValidationError(
            _("Tiedoston sisältö ei vastaa päätettä %(suffix)s. Tallenna tiedosto uudelleen.")
            % {"suffix": suffix}
        )


def validate_image(file: Any) -> None:
    """Refuse a picture that is too large or is not a real PNG or JPEG."""
    if _is_stored(file):
        return
    _check_size(file)
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in IMAGE_FORMATS or not _has_right_content(file, suffix):
        raise ValidationError(_("Kuvan pitää olla PNG- tai JPEG-tiedosto."))


def reencoded_image(file: Any, most: int | None = None) -> UploadedFile:
    """Return a checked picture drawn anew, so that nothing but its pixels is kept.

    It stands as the camera held it, keeps its format, and is made smaller if a side is longer
    than ``most`` pixels. Raise ValidationError for what cannot be drawn.
    """
    suffix = PurePath(file.name).suffix.lower()
    file.seek(0)
    try:
        with _opened(file, suffix) as image:
            if most:
                image.draft("RGB", (most, most))
            upright = ImageOps.exif_transpose(image)
            has_alpha = suffix == ".png" and upright.has_transparency_data
            picture = upright.convert("RGBA" if has_alpha else "RGB")
    except NOT_AN_IMAGE as error:
        raise ValidationError(_("Kuvan pitää olla PNG- tai JPEG-tiedosto.")) from error
    if most:
        picture.thumbnail((most, most))
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, format=IMAGE_FORMATS[suffix], optimize=bool(most), quality=90)
    return SimpleUploadedFile(file.name, out.getvalue(), CONTENT_TYPES[suffix])


def small_image(path: Path) -> bytes:
    """Return a stored logo as it is sent with a page: smaller, and in no more bytes than it is.

    Raise OSError where the file is gone or is no picture.
    """
    whole = path.read_bytes()
    suffix = path.suffix.lower()
    out = io.BytesIO()
    try:
        with _opened(io.BytesIO(whole), suffix) as image:
            image.thumbnail(SMALL_LOGO)
            image.save(out, format=IMAGE_FORMATS[suffix], optimize=True, quality=85)
    except NOT_AN_IMAGE as error:
        raise OSError(f"{path.name} is no picture") from error
    small = out.getvalue()
    return small if len(small) < len(whole) else whole


def is_image_name(name: str) -> bool:
    """Whether a file of this name is taken for a picture."""
    return PurePath(name).suffix.lower() in IMAGE_FORMATS


def shown_name(name: str) -> str:
    """Return a file's own name without folders and without characters that deceive the eye."""
    return UNSPEAKABLE.sub("", re.split(r"[/\\]", name)[-1]).strip()[-200:]


def _is_stored(file: Any) -> bool:
    return bool(getattr(file, "_committed", False))


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


def _has_right_content(file: Any, suffix: str) -> bool:
    file.seek(0)
    if suffix in IMAGE_FORMATS:
        is_right = _is_image(file, suffix)
    elif suffix in PLAIN_TEXT:
        is_right = _is_text(file.read())
    elif suffix == ".pdf":
        is_right = _is_pdf(file)
    else:
        is_right = is_office_file(file, suffix)
    file.seek(0)
    return is_right


def _opened(file: Any, suffix: str) -> Image.Image:
    """Open a picture of the format that its name promises, to be read whole or not at all."""
    # WeasyPrint, where it has been imported, lets cut-off pictures pass for the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return Image.open(file, formats=[IMAGE_FORMATS[suffix]])


def _is_image(file: Any, suffix: str) -> bool:
    """Read the picture once; its size is looked at before a pixel is."""
    if not file.read(16).startswith(IMAGE_STARTS[suffix]):
        return False
    file.seek(0)
    try:
        with _opened(file, suffix) as image:
            if image.width * image.height > MOST_PIXELS:
                return False
            image.load()
    except NOT_AN_IMAGE:
        return False
    return True


def _is_text(data: bytes) -> bool:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return (
        not start.startswith(OTHER_THAN_TEXT)
        and not WEB_PAGE.search(start)
        and not NOT_TEXT.search(data)
    )


def _is_pdf(file: Any) -> bool:
    """Tell a PDF from a file that is a web page or an archive as well."""
    head = file.read(2048)
    file.seek(max(0, file.size - 70_000))
    tail = file.read()
    return (
        head.startswith(b"%PDF-")
        and not WEB_PAGE.search(head)
        and b"%%EOF" in tail[-2048:]
        and b"PK\x05\x06" not in tail
        and not WEB_PAGE.search(tail.rpartition(b"%%EOF")[2])
    )
