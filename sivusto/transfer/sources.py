"""Where card texts come from: files, folders, standard input."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ENDINGS = {".txt", ".text", ".html", ".htm"}
LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    """A text to read and what to call it; `problem` says in Finnish why there is no text."""

    name: str
    data: bytes = b""
    problem: str = ""


def collect(paths: Iterable[str]) -> list[Source]:
    """Read files, the card texts of folders and ``-`` (standard input), each once, in order."""
    sources: dict[str, Source] = {}
    for path in paths:
        for source in _of_path(path):
            sources.setdefault(source.name, source)
    return list(sources.values())


def _of_path(path: str) -> Iterator[Source]:
    if path == "-":
        yield _limited("-", sys.stdin.buffer.read(LARGEST + 1))
        return
    place = Path(path)
    if place.is_dir():
        yield from _of_folder(place)
    elif place.exists():
        yield _read(place)
    else:
        yield Source(path, problem="Tiedostoa tai kansiota ei ole.")


def _of_folder(folder: Path) -> Iterator[Source]:
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in ENDINGS and file.is_file() and not _is_hidden(file, folder)
    ]
    if not files:
        endings = ", ".join(sorted(ENDINGS))
        yield Source(str(folder), problem=f"Kansiossa ei ole korttien tekstejä ({endings}).")
    for file in files:
        yield _read(file)


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _read(file: Path) -> Source:
    if not file.is_file():
        return Source(str(file), problem="Tämä ei ole tavallinen tiedosto.")
    try:
        with file.open("rb") as content:
            return _limited(str(file), content.read(LARGEST + 1))
    except OSError as error:
        return Source(str(file), problem=f"Tiedostoa ei voi lukea ({error.strerror}).")


def _limited(name: str, data: bytes) -> Source:
    if len(data) > LARGEST:
        return Source(name, problem="Tiedosto on liian suuri (yli 5 Mt) ollakseen kortin teksti.")
    return Source(name, data)
