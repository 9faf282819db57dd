"""The history of a card, version by version, in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from hankkeet.models import Project, Version
from sivusto.history.contents import Content
from sivusto.history.differences import differences
from sivusto.history.present import allowed, present_of
from sivusto.history.queries import Step, steps


@dataclass(frozen=True)
class Entry:
    """A version and what it tells that the one before it did not."""

    version: Version
    sentences: Sequence[str]

    @property
    def day(self) -> str:
        """The version's day here, as the address of the card on that day has it."""
        return timezone.localtime(self.version.published_at).date().isoformat()


def entries(project: Project, versions: Iterable[Version]) -> list[Entry]:
    """Return successive versions of a card, newest first, with their sentences.

    What today does not let the public see (hidden attachments, withdrawn relatives) is not told.
    A version that has nothing left to tell, and no reason, is left out. Seven queries.
    """
    walked = steps(versions)
    present = present_of(project, [step.content for step in walked])
    told = []
    for step in walked:
        before = None if step.before is None else allowed(step.before, present)
        sentences = _sentences(project, step, before, allowed(step.content, present))
        if sentences or step.version.reason:
            told.append(Entry(step.version, sentences))
    return told


def _sentences(project: Project, step: Step, before: Content | None, content: Content) -> list[str]:
    version = step.version
    if not version.is_public:
        return ["Kortti poistettiin julkaisusta."]
    if before is None:
        return [_first(project, version)]
    told = differences(before, content)
    return told if step.was_public else ["Kortti julkaistiin uudelleen.", *told]


def _first(project: Project, version: Version) -> str:
    """Tell whether the first version is the card's publication, or only the first that was kept."""
    first_public = project.published_at
    is_same_day = first_public is not None and (
        timezone.localtime(first_public).date() == timezone.localtime(version.published_at).date()
    )
    if is_same_day:
        return "Kortti julkaistiin."
    return "Kortin versiot on tallennettu tästä päivästä alkaen."
