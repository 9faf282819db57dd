"""Tell office documents from other archives, without unpacking them.

An office file is a ZIP archive whose list of contents says enough. Only two short members are
ever read, and of those no more than a bounded number of bytes, so a bomb has nothing to go off.
"""

import re
import struct
import zipfile
import zlib
from pathlib import PurePath
from typing import Any

ZIP_START = b"PK\x03\x04"
DIRECTORY_END = b"PK\x05\x06"
LARGEST_DIRECTORY = 2 * 1024 * 1024  # bytes; some twenty thousand members
LONGEST_TYPE_LIST = 512 * 1024
OFFICE_TYPES = {
    ".docx": b"wordprocessingml.document.main+xml",
    ".xlsx": b"spreadsheetml.sheet.main+xml",
    ".pptx": b"presentationml.presentation.main+xml",
}
OPEN_DOCUMENT = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odp": b"application/vnd.oasis.opendocument.presentation",
}
PROGRAMS = re.compile(
    r"(?:^|/)(?:vba[a-z]*\.(?:bin|xml)|activex/.*|basic/.*|scripts/.*"
    r"|[^/]*\.(?:exe|dll|com|scr|msi|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|jar|class|sh|py|php))$",
    re.IGNORECASE,
)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    RuntimeError,  # a password is asked for
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
)


def is_office_file(file: Any, suffix: str) -> bool:
    """Whether the file is the kind of document that its ending says, and holds no program."""
    file.seek(0)
    if file.read(4) != ZIP_START or not _has_short_directory(file):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if len(set(names)) != len(names) or any(map(_is_suspect, names)):
                return False
            if suffix in OPEN_DOCUMENT:
                return _start_of(archive, "mimetype", 200).strip() == OPEN_DOCUMENT[suffix]
            types = _start_of(archive, "[Content_Types].xml", LONGEST_TYPE_LIST)
            return OFFICE_TYPES[suffix] in types and b"macroEnabled" not in types
    except BROKEN:
        return False


def _has_short_directory(file: Any) -> bool:
    """Look at the archive's end before Python reads all of its list of contents."""
    file.seek(max(0, file.size - 66_000))
    end = file.read().rpartition(DIRECTORY_END)[2]
    return len(end) >= 18 and struct.unpack("<L", end[8:12])[0] <= LARGEST_DIRECTORY


def _is_suspect(name: str) -> bool:
    is_outside = name.startswith(("/", "\\")) or ".." in PurePath(name).parts or ":" in name
    return is_outside or bool(PROGRAMS.search(name))


def _start_of(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Read the first bytes of a member; an archive that hides more in it is refused."""
    if archive.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(name)
    with archive.open(name) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise ValueError(name)
    return data
