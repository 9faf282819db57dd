"""Office files: archives of XML, opened so that nothing in them goes off."""

import posixpath
import struct
import zipfile
import zlib
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from sivusto.documents.model import DocumentError, Limits

BROKEN = "Tiedosto on vioittunut. Avaa se ohjelmassa, jolla se on tehty, ja tallenna uudelleen."
TOO_LARGE = (
    "Tiedosto on purettuna liian suuri luettavaksi. Poista siitä ylimääräiset osat tai tallenna se "
    "PDF-muotoon."
)
HOSTILE = "Tiedostossa on rakenteita, joita asiakirjassa ei kuulu olla, joten sitä ei luettu."
PROTECTED = "Tiedosto on suojattu salasanalla. Tallenna se ilman salasanaa."
FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError)
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
CHUNK = 64 * 1024
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """An archive whose members are read as XML, each and all of them up to a limit."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unpacked
        try:
            self._archive = zipfile.ZipFile(file)
        except FAULTS as error:
            raise DocumentError(BROKEN) from error
        self._names = set(self._archive.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> Element:
        """Return the root of a member; raises DocumentError for what is missing, wrong or big."""
        if name not in self._names:
            raise DocumentError(BROKEN)
        if self._archive.getinfo(name).compress_type not in USUAL:
            raise DocumentError(HOSTILE)
        reader = _Reader(self._limits)
        try:
            with self._archive.open(name) as member:
                return reader.read(_Counted(member, self, self._limits.member))
        except RuntimeError as error:  # zipfile's word for an encrypted member
            raise DocumentError(PROTECTED) from error
        except FAULTS as error:
            raise DocumentError(BROKEN) from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a member refers to inside the archive: name and kind by key."""
        folder, own = posixpath.split(name)
        listed = f"{folder}/_rels/{own}.rels"
        if listed not in self._names:
            return {}
        found = {}
        for each in self.xml(listed).iter(RELATIONS):
            if each.get("TargetMode") != "External":
                target = each.get("Target", "")
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[each.get("Id", "")] = (path, each.get("Type", "").rpartition("/")[2])
        return found

    def check(self) -> None:
        """Refuse an archive that says of itself that it unpacks to more than it may."""
        if sum(each.file_size for each in self._archive.infolist()) > self._limits.unpacked:
            raise DocumentError(TOO_LARGE)

    def spend(self, size: int) -> None:
        """Take bytes from what may still be unpacked."""
        self._left -= size
        if self._left < 0:
            raise DocumentError(TOO_LARGE)


class _Counted:
    """A member that ends the reading once it has given more than it may."""

    def __init__(self, member: IO[bytes], package: Package, most: int) -> None:
        self._member, self._package, self._left = member, package, most

    def read(self) -> bytes:
        data = self._member.read(CHUNK)
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError(TOO_LARGE)
        self._package.spend(len(data))
        return data


class _Reader:
    """Builds a tree of bounded depth and size; refuses document types, and entities with them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._builder = TreeBuilder()
        self._depth = self._elements = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, member: _Counted) -> Element:
        try:
            while data := member.read():
                self._parser.Parse(data, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise DocumentError(BROKEN) from error
        return self._builder.close()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > self._limits.depth:
            raise DocumentError(HOSTILE)
        if self._elements > self._limits.elements:
            raise DocumentError(TOO_LARGE)
        named = {_full(name): value for name, value in attributes.items()}
        self._builder.start(_full(tag), named)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(_full(tag))

    def _refuse(self, *_declared: object) -> None:
        raise DocumentError(HOSTILE)


def _full(name: str) -> str:
    return "{" + name if "}" in name else name
