"""The content of a card as plain values, and how little of it a version needs to store.

A content is what the public sees of a card: facts, and lists of rows that each have an ``id``.
A version stores parts: a fact, the order of a list (``"sections"``: ids) or one row
(``"sections/12"``). A part that has not changed since the version before is not stored again.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

Content = dict[str, Any]
Parts = dict[str, Any]
Row = dict[str, Any]

_NOTHING = object()


def parts_of(content: Content) -> Parts:
    """Cut a content into its parts."""
    parts: Parts = {}
    for key, value in content.items():
        if isinstance(value, list):
            parts[key] = [row["id"] for row in value]
            parts |= {f"{key}/{row['id']}": _without_id(row) for row in value}
        else:
            parts[key] = value
    return parts


def content_of(parts: Parts) -> Content:
    """Put a content together again; rows that no list names any more are left out."""
    return {
        key: [{"id": row} | parts[f"{key}/{row}"] for row in value]
        if isinstance(value, list)
        else value
        for key, value in parts.items()
        if "/" not in key
    }


def changed_parts(old: Content, new: Content) -> Parts:
    """Return the parts of the new content that the old one does not have."""
    before = parts_of(old)
    return {k: v for k, v in parts_of(new).items() if before.get(k, _NOTHING) != v}


def merged(changes: Iterable[Parts | None]) -> Content:
    """Return the content after the changes, of which the first are of a whole version.

    None among them stands for a time out of sight, which leaves the content as it was.
    """
    parts: Parts = {}
    for each in changes:
        parts |= each or {}
    return content_of(parts)


def digest(content: Content) -> str:
    """Return 32 hexadecimal digits that stand for the content."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _without_id(row: Mapping[str, Any]) -> Row:
    return {key: value for key, value in row.items() if key != "id"}
