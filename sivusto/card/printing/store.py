"""Printed files kept by what they were printed from, the least used thrown away first."""

import fcntl
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from sivusto.card.printing.errors import PrinterBusy
from sivusto.card.printing.options import PrinterOptions

MEGABYTE = 1_000_000
LIMIT_BYTES = 500 * MEGABYTE
# Swept again after this share of the limit has been written by this process.
SWEEP_SHARE = 0.02
ABANDONED_AFTER_S = 3600
HUNG_FOR_S = 300
ASKED_AGAIN_S = 0.02

_KEY = re.compile(r"[0-9a-f]{64}")
_OWNER_DIGITS = 16


class PdfStore:
    """Keep PDFs in a folder under a digest of their content; several processes may share it."""

    def __init__(
        self, folder: Path, options: PrinterOptions, limit_bytes: int = LIMIT_BYTES
    ) -> None:
        self._folder = folder
        self._options = options
        self._limit_bytes = limit_bytes
        self._unswept_bytes = limit_bytes

    def key(self, html: str, owner: str = "") -> str:
        """Return a key for all that makes the PDF: document, look, and printing itself.

        It begins with the owner's own digits, by which ``drop()`` finds all of the owner's files.
        """
        digest = hashlib.sha256(_printing_digest())
        for path in self._options.stylesheets:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        digest.update(self._options.base_url.encode())
        digest.update(hashlib.sha256(html.encode("utf-8", "replace")).digest())
        return f"{_owner_digits(owner)}{digest.hexdigest()[_OWNER_DIGITS:]}"

    def drop(self, owner: str) -> int:
        """Remove every file printed for the owner, in whatever state it was; return how many."""
        digits = _owner_digits(owner)
        found = list(self._folder.glob(f"{digits[:2]}/{digits}*.pdf"))
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)

    def clear(self) -> int:
        """Remove every file; return how many. They are printed anew as they are asked for."""
        found = list(self._folder.glob("??/*.pdf"))
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)

    def get(self, key: str) -> Path | None:
        """Return the file and mark it as used, or None; raise ValueError for what is no key."""
        path = self._path(key)
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def put(self, key: str, pdf: bytes) -> Path:
        """Keep a file, whole or not at all, and make room for it."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            part.write(pdf)
        Path(part.name).replace(path)
        self._unswept_bytes += len(pdf)
        if self._unswept_bytes > self._limit_bytes * SWEEP_SHARE:
            self._sweep(path)
            self._unswept_bytes = 0
        return path

    @contextmanager
    def alone(self, key: str, patience_s: float) -> Iterator[None]:
        """Let one at a time print this content, in whatever process; look again when let in.

        Raises PrinterBusy when it is not our turn in `patience_s`. A process that dies lets go.
        """
        path = self._path(key).with_suffix(".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + patience_s
        with path.open("wb") as lock:
            while not _locked(lock):
                if time.monotonic() > deadline:
                    raise PrinterBusy
                time.sleep(ASKED_AGAIN_S)
            try:
                yield
            finally:
                # Whoever waits at this file is let in; whoever comes later makes a new one.
                path.unlink(missing_ok=True)

    def note_hang(self, key: str) -> None:
        """Remember for some minutes that printing this content took too long."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".hung").touch()

    def has_hung(self, key: str) -> bool:
        """Whether printing this content took too long a few minutes ago."""
        try:
            noted = self._path(key).with_suffix(".hung").stat().st_mtime
        except FileNotFoundError:
            return False
        return time.time() - noted < HUNG_FOR_S

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not a key of this store")
        return self._folder / key[:2] / f"{key}.pdf"

    def _sweep(self, newest: Path) -> None:
        """Remove the least recently used files until the rest fits; never the newest."""
        found = []
        for path in self._folder.glob("??/*"):
            try:
                status = path.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            if path.suffix == ".pdf":
                found.append((status.st_mtime, status.st_size, path))
            elif status.st_mtime < time.time() - ABANDONED_AFTER_S:
                path.unlink(missing_ok=True)
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= self._limit_bytes:
                return
            if path != newest:
                path.unlink(missing_ok=True)
                total -= size


def _owner_digits(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()[:_OWNER_DIGITS]


def _locked(lock: BinaryIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@lru_cache(maxsize=1)
def _printing_digest() -> bytes:
    """Digest the versions and the code that shape a PDF, so that a change prints anew."""
    digest = hashlib.sha256()
    for package in ("weasyprint", "fontpkg-inter", "pyphen"):
        digest.update(f"{package} {version(package)}\n".encode())
    here = Path(__file__).parent
    for path in [*sorted(here.glob("*.py")), here.parent / "hyphenation.py"]:
        digest.update(path.read_bytes())
    return digest.digest()
