"""Which projects have a term, a beginning or a phrase: fetched once, then kept.

A frequent word is in tens of thousands of projects; as a bitmap it takes an eighth of a byte for
each project of the register. Terms come from those kept ready, all else from the index. What has
changed since is asked again, of the changed projects only.
"""

import re
import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sivusto.search.analysis import tsquery
from sivusto.search.analysis.analyser import VERSION
from sivusto.search.analysis.query import Clause, Query
from sivusto.search.bitmaps import rows
from sivusto.search.bitmaps.bits import bitmap, members
from sivusto.search.bitmaps.packing import unpacked, unpacked_keys
from sivusto.search.bitmaps.ready import State
from sivusto.search.lookups import careful_reading

MOST_BYTES = 32 * 1024 * 1024  # in one process; 2 500 terms at 100 000 projects
FIND = """
SELECT part.place, found.keys FROM unnest(%s::text[]) WITH ORDINALITY AS part(query, place),
LATERAL (
    SELECT string_agg(int8send(project_id), '') AS keys FROM sivusto_search_document
    WHERE version IS NOT DISTINCT FROM %s AND terms @@ part.query::tsquery {only}
) AS found
"""
# What is kept ready of the parts of queries: terms, and beginnings of other than plain words.
READY = re.compile(r"'(?!w=)([^']*)'(:\*)?")
AT_ONCE = 32
MOST_NOTED = 500  # changes, before all that is kept is fetched anew


@dataclass(frozen=True, slots=True)
class Posting:
    """The projects that have a part of a query, true up to a number of changes."""

    projects: int
    changes: int


class Postings:
    """Parts of queries with their projects, the most lately used ones."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[str, Posting] = OrderedDict()
        self._first, self._changes = 0, list[int]()
        self._ready: State | None = None
        self._bytes, self._most_bytes = 0, most_bytes
        self._lock = threading.RLock()

    @property
    def size(self) -> int:
        """How many bytes the kept bitmaps take."""
        return self._bytes

    def note(self, changed: int) -> None:
        """Remember that projects have changed: what is kept says nothing of them any more."""
        with self._lock:
            if len(self._changes) >= MOST_NOTED:
                self._first, self._changes = self._first + len(self._changes), []
                self._kept.clear()
                self._bytes = 0
            self._changes.append(changed)
            if self._ready:
                self._ready = self._ready.noted(changed)

    def trust(self, state: State | None) -> None:
        """Use the ready terms from now on, or cease to; nothing may be noted since the state."""
        with self._lock:
            self._ready = state

    @property
    def state(self) -> State | None:
        """How true the ready terms are, as far as changes were noted."""
        return self._ready

    def matching(self, query: Query) -> int:
        """Return the projects whose documents answer the query; of drafts nothing is known."""
        if not query.wanted:
            return 0
        asked = [part for c in query.clauses for part in tsquery.parts(c)]
        if self._ready:  # ranking asks for them next
            asked += [part for c in query.wanted for part in tsquery.parts(c, "n=")]
        kept = self._fetched(asked)
        found = -1
        for clause in query.clauses:
            having = _any_of(kept, tsquery.parts(clause))
            found &= ~having if clause.is_excluded else having
        return found

    def within(self, clauses: Sequence[Clause], tag: str) -> list[int]:
        """Return for each clause the projects that have it in the field with the tag."""
        kept = self._fetched(part for clause in clauses for part in tsquery.parts(clause, tag))
        return [_any_of(kept, tsquery.parts(clause, tag)) for clause in clauses]

    def warm(self, number: int, budget_s: float) -> bool:
        """Fetch the most frequent terms while there is room; False where time came to an end."""
        start = time.monotonic()
        terms = rows.frequent(number)
        for place in range(0, len(terms), AT_ONCE):
            if self._bytes > self._most_bytes * 3 // 4:
                break
            if time.monotonic() - start > budget_s:
                return False
            self._fetched(tsquery.term(term) for term in terms[place : place + AT_ONCE])
        return True

    def _fetched(self, parts: Iterable[str]) -> dict[str, int]:
        """Return the projects of each part, asking for what is missing or has aged."""
        wanted = list(dict.fromkeys(parts))
        with self._lock:
            now = self._first + len(self._changes)
            kept = {part: self._kept[part] for part in wanted if part in self._kept}
            known = {p: posting for p, posting in kept.items() if posting.changes >= self._first}
            state = self._ready
            since = min((posting.changes for posting in known.values()), default=now)
            changed = 0
            for some in self._changes[since - self._first :]:
                changed |= some
        found: dict[str, Posting] = {}
        new = [part for part in wanted if part not in known]
        if state is not None:
            at_hand = [part for part in new if READY.fullmatch(part)]
            for part, bits in _from_ready(at_hand, state).items():
                found[part] = Posting(bits, now)
            new = [part for part in new if part not in found]
        found |= {part: Posting(bits, now) for part, bits in _asked(new).items()}
        aged = [part for part, posting in known.items() if posting.changes < now]
        for part, bits in _asked(aged, list(members(changed))).items():
            found[part] = Posting(known[part].projects & ~changed | bits, now)
        self._keep(found, known)
        return {part: posting.projects for part, posting in (known | found).items()}

    def _keep(self, found: dict[str, Posting], known: dict[str, Posting]) -> None:
        with self._lock:
            for part, posting in found.items():
                old = self._kept.pop(part, None)
                self._bytes += _size(part, posting) - (_size(part, old) if old else 0)
                self._kept[part] = posting
            for part in known.keys() - found.keys():
                if part in self._kept:
                    self._kept.move_to_end(part)
            while self._bytes > self._most_bytes and self._kept:
                self._bytes -= _size(*self._kept.popitem(last=False))


def _from_ready(parts: Sequence[str], state: State) -> dict[str, int]:
    """Put together what is kept ready, and of changed projects what the index tells."""
    if not parts:
        return {}
    asked = {part: READY.fullmatch(part) for part in parts}
    terms = {m[1]: part for part, m in asked.items() if m and not m[2]}
    begun = {m[1]: part for part, m in asked.items() if m and m[2]}
    packed: dict[str, list[bytes]] = defaultdict(list)
    for term, is_begun, (keys,) in rows.fetched(terms, begun, "t.keys"):
        packed[(begun if is_begun else terms)[term]].append(keys or b"")
    fresh = _asked(list(parts), list(members(state.changed))) if state.changed else {}
    return {
        part: bitmap(unpacked_keys(b"".join(packed[part]))) & ~state.changed | fresh.get(part, 0)
        for part in parts
    }


def _any_of(kept: dict[str, int], parts: Iterable[str]) -> int:
    found = 0
    for part in parts:
        found |= kept[part]
    return found


def _size(part: str, posting: Posting) -> int:
    return posting.projects.__sizeof__() + len(part) + 200


def _asked(parts: list[str], only: list[int] | None = None) -> dict[str, int]:
    """Ask the index for the projects of each part, of all or of some."""
    if not parts:
        return {}
    if only is not None and not only:
        return dict.fromkeys(parts, 0)
    statement = FIND.format(only="" if only is None else "AND project_id = ANY(%s)")
    values: list[Any] = [parts, VERSION, *([] if only is None else [only])]
    with careful_reading(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {parts[place - 1]: bitmap(unpacked(keys)) for place, keys in cursor.fetchall()}
