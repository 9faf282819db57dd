"""The only files that a document may bring along: ours, from the disk, never over the network."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import (
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

PICTURES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
STYLESHEETS = frozenset({".css"})
LARGEST_FILE = 20 * 1024 * 1024
LOGGED_LENGTH = 300


class RefusedError(ValueError):
    """Tell WeasyPrint that the address is not one of ours; it goes on without the file."""


class OurFiles(URLFetcher):  # type: ignore[misc]
    """Answer addresses below the site's own prefixes from the folders that stand behind them.

    Anything else is refused, remembered in `refused` for the log, and left out of the document.
    A stylesheet of our own that is not there stops the printing: a card without its look is not
    the card. While `strict` (reading our stylesheets), so does every refusal.
    """

    def __init__(self, base_url: str, roots: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._origin = urlsplit(base_url)[:2]
        self._roots = {prefix: Path(root).resolve() for prefix, root in roots.items()}
        self.refused: list[str] = []
        self.strict = True

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return one of our files; raise RefusedError, or the fatal error that ends it all."""
        try:
            path = self._path(url)
        except (RefusedError, OSError, ValueError) as error:
            self.refused.append(url[:LOGGED_LENGTH])
            if self.strict:
                raise FatalURLFetchingError(url[:LOGGED_LENGTH]) from error
            raise
        if path.suffix.lower() in STYLESHEETS and not path.is_file():
            raise FatalURLFetchingError(url[:LOGGED_LENGTH])
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            self.refused.append(url[:LOGGED_LENGTH])
            raise RefusedError("no such file, or too large")
        kind, _ = mimetypes.guess_type(path.name)
        content_type = kind or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})

    def _path(self, url: str) -> Path:
        address = urlsplit(url)
        if address[:2] != self._origin:
            raise RefusedError("not our address")
        place = unquote(address.path, errors="strict")
        prefix = max((p for p in self._roots if place.startswith(p)), key=len, default=None)
        if prefix is None or "\\" in place or not place.isprintable():
            raise RefusedError("not one of the folders that may be read")
        root = self._roots[prefix]
        path = (root / place[len(prefix) :].lstrip("/")).resolve()
        if not path.is_relative_to(root):
            raise RefusedError("outside its folder")
        if path.suffix.lower() not in PICTURES | STYLESHEETS:
            raise RefusedError("neither a picture nor a stylesheet")
        return path
