"""How much terms weigh in projects, as ranking needs it: fetched once from those kept ready."""

import threading
from array import array
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sivusto.search import ranking
from sivusto.search.analysis.query import Query
from sivusto.search.bitmaps import rows
from sivusto.search.bitmaps.packing import unpacked_keys

MOST_BYTES = 24 * 1024 * 1024  # in one process; three million weights
COLUMNS = "t.weighed, t.weights"
Asked = tuple[str, bool]  # a term, and whether all that begin so are meant


@dataclass(frozen=True, slots=True)
class Weighing:
    """The projects where a term weighs something, in the order of their keys."""

    keys: "array[int]" = field(default_factory=lambda: array("i"))
    thousandths: "array[int]" = field(default_factory=lambda: array("i"))

    def of(self, projects: Iterable[int]) -> dict[int, float]:
        """Return the term's weight in those of the projects where it weighs something."""
        keys, thousandths, size = self.keys, self.thousandths, len(self.keys)
        found = {}
        for key in projects:
            place = bisect_left(keys, key)
            if place < size and keys[place] == key:
                found[key] = thousandths[place] / 1000
        return found

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return 8 * len(self.keys) + 400


class Weights:
    """Terms' weights, the most lately used ones; safe to ask from several threads.

    What is kept says nothing of projects that have changed since the ready terms were made.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Asked, Weighing] = OrderedDict()
        self._bytes, self._most_bytes = 0, most_bytes
        self._lock = threading.RLock()

    @property
    def size(self) -> int:
        """How many bytes the kept weights take."""
        return self._bytes

    def scores(self, query: Query, projects: Sequence[int]) -> dict[int, float]:
        """Return the scores of projects that have not changed since the ready terms were made."""
        terms, prefixes = ranking.terms_of(query), ranking.prefixes_of(query)
        kept = self._fetched([*((t, False) for t in terms), *((p, True) for p in prefixes)])
        by_term = {term: kept[term, False].of(projects) for term in terms}
        by_start = {start: kept[start, True].of(projects) for start in prefixes}
        return ranking.scores(query, projects, by_term, by_start)

    def _fetched(self, asked: Sequence[Asked]) -> dict[Asked, Weighing]:
        with self._lock:
            known = {one: self._kept[one] for one in asked if one in self._kept}
        new = [one for one in asked if one not in known]
        found = _ready(new) if new else {}
        with self._lock:
            for one, weighing in found.items():
                if one not in self._kept:
                    self._bytes += weighing.size
                self._kept[one] = weighing
            for one in known:
                if one in self._kept:
                    self._kept.move_to_end(one)
            while self._bytes > self._most_bytes and self._kept:
                self._bytes -= self._kept.popitem(last=False)[1].size
        return known | found


def _ready(asked: Sequence[Asked]) -> dict[Asked, Weighing]:
    keys: dict[Asked, list[bytes]] = defaultdict(list)
    weights: dict[Asked, list[bytes]] = defaultdict(list)
    terms = [term for term, is_begun in asked if not is_begun]
    begun = [term for term, is_begun in asked if is_begun]
    for term, is_begun, (some, their) in rows.fetched(terms, begun, COLUMNS):
        if some:
            keys[term, is_begun].append(some)
            weights[term, is_begun].append(their)
    return {
        one: _weighing(b"".join(keys[one]), b"".join(weights[one]), is_begun=one[1])
        for one in asked
    }


def _weighing(keys: bytes, weights: bytes, *, is_begun: bool) -> Weighing:
    """Unpack; of a beginning the weights of each project are summed."""
    weighing = Weighing(unpacked_keys(keys), unpacked_keys(weights))
    if not is_begun:
        return weighing
    sums: defaultdict[int, int] = defaultdict(int)
    for key, weight in zip(weighing.keys, weighing.thousandths, strict=True):
        sums[key] += weight
    ordered = sorted(sums)
    return Weighing(array("i", ordered), array("i", map(sums.__getitem__, ordered)))
