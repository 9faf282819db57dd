"""The form of a content changes with the card; old contents are brought up to date when read.

When a fact or a list comes, goes or changes its form: raise ``SCHEMA`` and add to ``UPGRADES`` a
function under the number it brings a content *from*. What is stored is never rewritten.
"""

from collections.abc import Callable, Mapping

from sivusto.history.contents import Content

Upgrade = Callable[[Content], Content]

SCHEMA = 3


def _with_results(content: Content) -> Content:
    return content | {"results": []}


def _with_facts_of_attachments(content: Content) -> Content:
    """Leave a row without kind, date and accessibility: they were not noted, whatever they were."""
    return content


UPGRADES: Mapping[int, Upgrade] = {1: _with_results, 2: _with_facts_of_attachments}


class UnknownSchemaError(Exception):
    """A content is newer than this program."""


def upgraded(
    content: Content,
    schema: int,
    *,
    upgrades: Mapping[int, Upgrade] = UPGRADES,
    newest: int = SCHEMA,
) -> Content:
    """Return the content in the newest form.

    Raises UnknownSchemaError for one that a newer version of the program has written.
    """
    if schema > newest:
        raise UnknownSchemaError(schema)
    for number in range(schema, newest):
        content = upgrades[number](content)
    return content
