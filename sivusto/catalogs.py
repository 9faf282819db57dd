"""Message catalogs without gettext's programs: Finnish is the source, sv and en are translated."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

TRANSLATED = ("sv", "en")
PACKAGES = ("sivusto", "seuranta", "rahoitus", "hankkeet", "salkut")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalog_path(language: str) -> Path:
    """Return where a language's catalog is kept."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def messages_in_code() -> Catalog:
    """Collect every message of our Python modules and templates."""
    found = Catalog()
    for source in _sources():
        for _line, message, _comments, context in extract("python", BytesIO(source), KEYWORDS):
            found.add(message, context=context)
    return found


def read_catalog(language: str) -> Catalog:
    """Read a language's catalog; an empty one where there is none yet."""
    path = catalog_path(language)
    if not path.exists():
        return _new_catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Bring a catalog up to date: new messages come in empty, unused ones go."""
    known = read_catalog(language)
    catalog = _new_catalog(language)
    for message in messages_in_code():
        if message.id:
            before = known.get(message.id, message.context)
            string = before.string if before else message.string
            catalog.add(message.id, string, context=message.context, flags=message.flags)
    path = catalog_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, sort_output=True)


def compile_catalog(language: str) -> None:
    """Write the compiled catalog beside the readable one, unless it is newer already."""
    path = catalog_path(language)
    compiled = path.with_suffix(".mo")
    if not path.exists() or (
        compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns
    ):
        return
    out = BytesIO()
    write_mo(out, read_catalog(language))
    compiled.write_bytes(out.getvalue())


def _new_catalog(language: str) -> Catalog:
    """Return an empty catalog whose header does not change from one run to the next."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    return Catalog(
        locale=language,
        project="hankkeet",
        version="1",
        header_comment="# Messages of hankkeet; the Finnish text is the source.",
        creation_date=day,
        revision_date=day,
        last_translator="hankkeet",
        language_team=language,
        fuzzy=False,
    )


def _sources() -> Iterator[bytes]:
    root = Path(settings.BASE_DIR)
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.read_bytes()
    for path in sorted((root / "templates").rglob("*.html")):
        # What is left of a template is calls and filler, whose indentation Python would read.
        lines = templatize(path.read_text(), origin=str(path)).splitlines()
        yield "\n".join(line.strip() for line in lines).encode()
