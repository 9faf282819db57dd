"""What changed between two states of a card's rows, in sentences for staff."""

from typing import Any

from hankkeet.models import Project
from sivusto.card.queries import cards
from sivusto.editing.merging import Values
from sivusto.editing.values import label
from sivusto.history.contents import Content
from sivusto.history.differences import differences
from sivusto.history.snapshot import snapshot

# Facts and lists that staff may change without a sentence to the public, with the part of the
# public content that may tell of them, where its name is another.
RELATIONS = {"parent": "parents", "origins": "predecessors", "successions": "successors"}
UNTOLD = ("managers", "contacts", "attachments", "external_keys", *RELATIONS)


def content_of_rows(pk: int) -> Content:
    """Return the content that the card's rows now make; seventeen queries at most."""
    project: Project = cards().get(pk=pk)
    return snapshot(project)


def told(before: Content, after: Content, old: Values, new: Values) -> list[str]:
    """Return sentences of what changed, and names of places whose change no card shows."""
    sentences = differences(before, after)
    return [*sentences, *(_hidden(name) for name in _untold(before, after, old, new))]


def _untold(before: Content, after: Content, old: Values, new: Values) -> list[str]:
    parts: dict[str, Any] = {"external_keys": "keys"} | RELATIONS
    return [
        name
        for name in UNTOLD
        if old.get(name) != new.get(name)
        and before.get(parts.get(name, name)) == after.get(parts.get(name, name))
    ]


def _hidden(name: str) -> str:
    return f"Muuttui tieto, joka ei näy julkisella kortilla: {label(name)}."
