"""Reading versions: the content of a card at a version, by reading on from a whole one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from hankkeet.models import Project, Version
from sivusto.history.contents import Content, Parts, content_of, merged
from sivusto.history.schema import upgraded


@dataclass(frozen=True)
class Step:
    """A version with its content and the content that was last seen before it.

    ``before`` is None for a card's first version. Of a version that took the card out of sight,
    the content is the one that was hidden.
    """

    version: Version
    before: Content | None
    content: Content
    was_public: bool


def version_on(project: Project, day: date) -> Version | None:
    """Return the version that the public saw at the end of the day; one query."""
    return project.versions.before_end_of(day).order_by("-number").first()


def contents_of(versions: Sequence[Version]) -> dict[int, Content]:
    """Return the contents of versions of different cards, by the cards' keys; one query."""
    if not versions:
        return {}
    chains: dict[int, list[Version]] = defaultdict(list)
    asked = [
        Q(project=version.project_id, base=version.base, number__lte=version.number)
        for version in versions
    ]
    for row in Version.objects.filter(reduce(or_, asked)).order_by("project_id", "number"):
        chains[row.project_id].append(row)
    return {
        project: upgraded(merged(row.changes for row in rows), rows[0].schema)
        for project, rows in chains.items()
    }


def steps(versions: Iterable[Version]) -> list[Step]:
    """Return successive versions of one card, newest first, with their contents; one query."""
    wanted = sorted(versions, key=lambda version: version.number)
    if not wanted:
        return []
    first = wanted[0]
    earlier = Version.objects.filter(project=first.project_id, number__lt=first.number)
    before_first = earlier.order_by("-number").values("base")[:1]
    lead = list(earlier.filter(number__gte=before_first).order_by("number"))
    told = list(_told([*lead, *wanted]))
    return told[len(lead) :][::-1]


def _told(rows: Sequence[Version]) -> Iterator[Step]:
    """Walk through the versions from a whole one on."""
    parts: Parts = {}
    before: Content | None = None
    was_public = False
    for row in rows:
        parts = {**({} if row.base == row.number else parts), **(row.changes or {})}
        content = upgraded(content_of(parts), row.schema)
        yield Step(row, before, content, was_public)
        before, was_public = content, row.is_public
