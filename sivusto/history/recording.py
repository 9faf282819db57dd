"""Writing versions: called at the end of whatever changes cards, in the same transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hankkeet.models import Project, Publication, Version
from sivusto.card.queries import cards
from sivusto.history.contents import Content, changed_parts, digest
from sivusto.history.queries import contents_of
from sivusto.history.schema import SCHEMA
from sivusto.history.snapshot import snapshot

AT_ONCE = 500
WHOLE_EVERY = 50  # so that a version is never read through more rows than this


def record(
    projects: Iterable[Project],
    by: Any = None,
    reason: str = "",
    moments: dict[int, datetime] | None = None,
) -> int:
    """Keep what the public now sees of the cards; return how many new versions that made.

    A card of which nothing public has changed gets none, and a draft never does. One that has been
    taken out of sight gets a version that says so. The moment is now, unless ``moments`` tells by
    the card's key since when it has been as it is. Asks the database at most thirteen times for
    each 500 cards.
    """
    return sum(
        _record(keys, by=by if by and by.is_authenticated else None, reason=reason, moments=moments)
        for keys in _batches({project.pk for project in projects})
    )


def record_all() -> int:
    """Bring the versions of every card up to date; return how many new ones that made.

    For what has changed elsewhere: funders' names, other cards' relations, raw SQL.
    """
    seen = Exists(Version.objects.filter(project=OuterRef("pk")))
    may_differ = Project.objects.filter(Q(publication=Publication.PUBLISHED) | Q(seen))
    keys = may_differ.order_by("pk").values_list("pk", flat=True)
    return sum(_record(each, by=None, reason="", moments=None) for each in _batches(set(keys)))


def _batches(keys: set[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


@transaction.atomic(savepoint=False)
def _record(keys: list[int], *, by: Any, reason: str, moments: dict[int, datetime] | None) -> int:
    chosen = Project.objects.filter(pk__in=keys)
    list(chosen.order_by("pk").select_for_update().values_list("pk"))  # numbers in turn
    latest = {
        version.project_id: version
        for version in Version.objects.filter(project__in=keys)
        .order_by("project_id", "-number")
        .distinct("project_id")
    }
    public = {project.pk: snapshot(project) for project in cards().public().filter(pk__in=keys)}
    now = timezone.now()
    changed = _changed(public, latest) | _hidden(public, latest)
    for version in changed.values():
        version.by, version.reason = by, reason[: Version._meta.get_field("reason").max_length]
        version.published_at = (moments or {}).get(version.project_id, now)
    Version.objects.bulk_create(changed.values())
    return len(changed)


def _changed(public: dict[int, Content], latest: dict[int, Version]) -> dict[int, Version]:
    """Return new versions of public cards that differ from their last one."""
    digests = {pk: digest(content) for pk, content in public.items()}
    stale = [v for pk, v in latest.items() if pk in public and v.digest != digests[pk]]
    before = contents_of(stale)
    made = {}
    for pk, content in public.items():
        last = latest.get(pk)
        if last is not None and last.digest == digests[pk]:
            continue
        if last is not None and last.is_public and before[pk] == content:
            continue  # only its schema is older
        made[pk] = next_version(pk, last, before.get(pk), content)
        made[pk].digest = digests[pk]
    return made


def next_version(
    project: int, last: Version | None, before: Content | None, content: Content
) -> Version:
    """Return the version after the last one, whole where what it would build on is old or far."""
    number = last.number + 1 if last else 1
    base = last.base if last else number
    if before is None or (last and last.schema != SCHEMA) or number - base >= WHOLE_EVERY:
        base = number
    return Version(
        project_id=project,
        number=number,
        base=base,
        schema=SCHEMA,
        changes=changed_parts({} if base == number else before or {}, content),
    )


def _hidden(public: dict[int, Content], latest: dict[int, Version]) -> dict[int, Version]:
    """Return versions that say of cards that they were taken out of sight."""
    return {
        pk: Version(
            project_id=pk,
            number=last.number + 1,
            base=last.base,
            schema=last.schema,
            changes=None,
        )
        for pk, last in latest.items()
        if pk not in public and last.is_public
    }
