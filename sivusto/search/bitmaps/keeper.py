"""The register of bitmaps that this process holds, as true as the database at every request.

``current()`` costs one query. What has changed since the last request is read anew from the log
that triggers write, some milliseconds for an edit; where the log tells of too much, or nothing is
held yet, a thread builds the whole and lists are answered by SQL meanwhile.
"""

import logging
import threading
import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db import DatabaseError, connection, connections
from django.utils import timezone

from sivusto.search.bitmaps import ready
from sivusto.search.bitmaps.bits import bitmap
from sivusto.search.bitmaps.loading import load
from sivusto.search.bitmaps.models import ProjectChange
from sivusto.search.bitmaps.postings import Postings
from sivusto.search.bitmaps.register import NAME, Register
from sivusto.search.bitmaps.triggers import MOST_TOLD

logger = logging.getLogger(__name__)

NOW = """
SELECT pg_current_snapshot()::text, coalesce((SELECT max(number) FROM sivusto_data_version), 0)
"""
NEWS = f"""
{NOW}, ARRAY(
    SELECT DISTINCT project_id FROM sivusto_project_change
    WHERE transaction >= pg_snapshot_xmin(%s::pg_snapshot) AND (
        transaction >= pg_snapshot_xmax(%s::pg_snapshot)
        OR transaction = ANY(ARRAY(SELECT pg_snapshot_xip(%s::pg_snapshot)))
        OR transaction = pg_current_xact_id_if_assigned()
    ) LIMIT %s
)
"""  # noqa: S608 - a transaction does not see itself as unfinished; its own changes are always news
LOG_KEPT = timedelta(days=1)
TRUSTED_S = 12 * 3600  # a register that was not asked for so long may miss what the log has lost
REORDERED_S = 300  # how soon after a change of names they are put in order again
SPARSE, SMALL = 8, 100_000  # keys a project, from so great a key on, that are too many for bits
TENDED_S = 600  # between two looks at the terms that are kept ready
PAUSE_S = 10  # between two builds, however often the register changes
WARM_S = 60.0
WARM_TERMS = 2_000


@dataclass(frozen=True, slots=True)
class Held:
    """The register as a snapshot of the database saw it, and the postings that go with it."""

    register: Register
    postings: Postings
    snapshot: str
    version: int
    names: "array[int]" = field(repr=False)  # a digest of each project's name
    seen_at: float = field(default_factory=time.monotonic)
    built_at: float = field(default_factory=time.monotonic)


class Keeper:
    """Holds the register of one process; safe to ask from several threads."""

    def __init__(self) -> None:
        self._held: Held | None = None
        self._lock = threading.RLock()
        self._builder: threading.Thread | None = None
        self._next_build_at = 0.0
        self._next_tend_at = 0.0
        self._is_warm = False
        self.builds_itself = False

    def current(self) -> Held | None:
        """Return the register as it is now, or None where SQL has to answer."""
        with self._lock:
            held = self._held and self._followed(self._held)
            self._held = held
        if held is None or self._is_out_of_order(held):
            self._aside(self._built)
        elif time.monotonic() > self._next_tend_at or not self._is_warm:
            self._aside(self._tended)
        return held

    def build(self, *, warm_s: float = 0.0) -> Held | None:
        """Read the whole register, some seconds at 100 000 projects; None where keys are sparse.

        For ``warm_s`` more seconds frequent terms are fetched, while the register serves already.
        """
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(NOW)
            ((snapshot, version),) = cursor.fetchall()
        loaded = load()
        if loaded.public.bit_length() > max(SMALL, SPARSE * loaded.public.bit_count()):
            logger.warning("Lists are answered by SQL: the projects' keys are too sparse.")
            return None
        names = array("q", bytes(8 * loaded.public.bit_length()))
        for key, digest in loaded.names.items():
            names[key] = digest
        register = loaded.register()
        with self._lock:
            # What is kept must know of all that has changed before the snapshot.
            old = self._held and self._followed(self._held)
            postings = old.postings if old else Postings()
            self._held = held = Held(register, postings, snapshot, version, names)
            postings.trust(ready.state())
        logger.info(
            "%d projects in bitmaps in %.1f s",
            register.public.bit_count(),
            time.perf_counter() - start,
        )
        if warm_s and postings.state:
            self._is_warm = postings.warm(WARM_TERMS, warm_s)
        return held

    def forget(self) -> None:
        """Hold nothing."""
        with self._lock:
            self._held = None

    def _followed(self, held: Held) -> Held | None:
        """Bring the register up to the present; None where that takes too much."""
        if time.monotonic() - held.seen_at > TRUSTED_S:
            return None
        with connection.cursor() as cursor:
            cursor.execute(NEWS, [*[held.snapshot] * 3, MOST_TOLD + 1])
            ((snapshot, version, changed),) = cursor.fetchall()
        if None in changed or len(changed) > MOST_TOLD:
            return None
        new = replace(held, snapshot=snapshot, version=version, seen_at=time.monotonic())
        return _patched(new, changed) if changed else new

    def _is_out_of_order(self, held: Held) -> bool:
        return NAME not in held.register.numbers and (
            time.monotonic() - held.built_at > REORDERED_S
        )

    def _aside(self, work: Callable[[], object]) -> None:
        """Start a thread for the work, unless one is at it or has just been."""
        with self._lock:
            is_busy = self._builder is not None and self._builder.is_alive()
            if not self.builds_itself or is_busy or time.monotonic() < self._next_build_at:
                return
            self._next_build_at = time.monotonic() + PAUSE_S
            self._builder = threading.Thread(
                target=self._unlimited, args=(work,), name="bitmaps", daemon=True
            )
            self._builder.start()

    def _unlimited(self, work: Callable[[], object]) -> None:
        """Work on a connection without the time limit of what visitors ask."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
            work()
        except DatabaseError:
            logger.exception("The bitmaps could not be built; a later request tries again.")
        finally:
            connections.close_all()

    def _built(self) -> None:
        self.build(warm_s=WARM_S)

    def _tended(self) -> None:
        """Make ready what is not, trust it, and fetch frequent terms before they are asked for."""
        ProjectChange.objects.filter(at__lt=timezone.now() - LOG_KEPT).delete()
        made = ready.tend()
        with self._lock:  # no change may be noted between
            postings = self._held and self._held.postings
            if postings and (made or not postings.state or postings.state.changed):
                postings.trust(ready.state())
        is_ready = bool(postings and postings.state)
        self._next_tend_at = time.monotonic() + (TENDED_S if is_ready else PAUSE_S)
        if postings and is_ready and not self._is_warm:
            self._is_warm = True
            postings.warm(WARM_TERMS, WARM_S)


def _patched(held: Held, keys: Sequence[int]) -> Held:
    """Read the changed projects anew."""
    changed, loaded = bitmap(keys), load(keys)
    held.postings.note(changed)
    numbers: dict[str, Mapping[int, int]] = dict(loaded.numbers)
    places = _places(held, loaded.names)
    if places is not None:
        numbers[NAME] = places
    return replace(
        held, register=held.register.replaced(changed, loaded.public, loaded.values, numbers)
    )


def _places(held: Held, names: Mapping[int, int]) -> dict[int, int] | None:
    """Return the places that projects had among the names, None where any name is new."""
    if NAME not in held.register.numbers:
        return None
    order = held.register.numbers[NAME]
    is_same = all(
        order.known >> key & 1 and held.names[key] == digest for key, digest in names.items()
    )
    return {key: order.values[key] for key in names} if is_same else None


keeper = Keeper()
