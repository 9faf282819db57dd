"""A shelf of finished pages with a limit in bytes; the pages not asked for longest go first.

It knows no web framework: a page is bytes, headers and a mark, and stands under any hashable key.
"""

import gzip
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b

import brotli

WORTH_PACKING = 200  # bytes; shorter ones grow
BROTLI_QUALITY, GZIP_LEVEL = 6, 6
OVERHEAD = 1500  # bytes that a page takes beside its bodies: headers, key, dictionaries


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}


@lru_cache(256)
def coding(accepted: str) -> str:
    """Choose the content coding for an Accept-Encoding header: ``br``, ``gzip`` or none ("")."""
    taken = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        is_refused = re.fullmatch(r"q=0(\.0*)?", parameter.strip())
        taken[name.strip()] = not is_refused
    return next((name for name in PACKERS if taken.get(name)), "")


@dataclass(frozen=True)
class Page:
    """A finished answer: its headers, and its body plain ("") and in the codings asked for."""

    headers: tuple[tuple[str, str], ...]
    etag: str
    bodies: dict[str, bytes] = field(repr=False)

    @classmethod
    def of(cls, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> "Page":
        """Make a page that is not packed yet."""
        return cls(headers, mark(body), {"": body})

    def packed(self, accepted: str) -> "Page":
        """Return the page with the body that goes with an Accept-Encoding header.

        Itself where that is at hand; packing takes some milliseconds for a hundred kilobytes.
        """
        chosen, plain = coding(accepted), self.bodies[""]
        if chosen in self.bodies or len(plain) <= WORTH_PACKING:
            return self
        return replace(self, bodies={**self.bodies, chosen: PACKERS[chosen](plain)})

    @property
    def size(self) -> int:
        """The bytes that it takes on the shelf."""
        return OVERHEAD + sum(map(len, self.bodies.values()))

    def body(self, accepted: str) -> tuple[str, bytes]:
        """Return the coding and the body, of those at hand, that go with an Accept-Encoding."""
        chosen = coding(accepted)
        return (chosen, self.bodies[chosen]) if chosen in self.bodies else ("", self.bodies[""])


def mark(body: bytes) -> str:
    """Return the body's ETag: the same in every process, weak since it covers all codings."""
    return f'W/"{blake2b(body, digest_size=12).hexdigest()}"'


class Shelf:
    """Pages of one edition at a time, at most ``limit`` bytes of them; safe between threads.

    A page of more than a sixteenth of the limit is not kept, so that none sweeps the shelf.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.edition: Hashable = None
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = threading.Lock()

    def turn_to(self, edition: Hashable) -> None:
        """Clear the shelf unless its pages are of this edition."""
        with self._lock:
            if self.edition != edition:
                self.edition = edition
                self.size = 0
                self._pages.clear()

    def get(self, edition: Hashable, key: Hashable) -> Page | None:
        """Return the page if it stands here in this edition."""
        with self._lock:
            page = self._pages.get(key) if self.edition == edition else None
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, edition: Hashable, key: Hashable, page: Page) -> None:
        """Put the page on the shelf, if there is room and its edition is still the present one."""
        with self._lock:
            if self.edition != edition or page.size > self.limit // 16:
                return
            if old := self._pages.pop(key, None):
                self.size -= old.size
            self._pages[key] = page
            self.size += page.size
            while self.size > self.limit:
                _key, least = self._pages.popitem(last=False)
                self.size -= least.size
