"""A list whose best come first and whose rest follows in the usual order."""

from collections.abc import Iterator
from typing import Any

from hankkeet.models import Project
from hankkeet.models.project import ProjectQuerySet


class Ranked:
    """Projects to be cut into pages: the best by rank, then all others as they are ordered."""

    def __init__(self, projects: ProjectQuerySet, best: list[int]) -> None:
        """Take all the projects, and the keys of the best of them, best first."""
        self._projects = projects
        self._best = best

    def __getitem__(self, part: slice) -> list[Project]:
        """Return a page in at most two queries, and what is prefetched."""
        start, stop = part.start or 0, part.stop
        keys = self._best[start:stop]
        by_key = {project.pk: project for project in self._projects.filter(pk__in=keys)}
        page = [by_key[key] for key in keys if key in by_key]
        if stop is None or stop > len(self._best):
            first = max(0, start - len(self._best))
            last = None if stop is None else stop - len(self._best)
            page += self._rest()[first:last]
        return page

    def __iter__(self) -> Iterator[Project]:
        """Give all of them, without holding more than the best in memory."""
        yield from self[0 : len(self._best)]
        yield from self._rest().iterator(chunk_size=500)

    def count(self) -> int:
        """Return how many there are."""
        return self._projects.count()

    __len__ = count

    def _rest(self) -> Any:
        return self._projects.exclude(pk__in=self._best)
