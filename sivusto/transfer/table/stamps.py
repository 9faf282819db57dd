"""A row's stamp: what each field was when the file was made, as so few digits that it fits a cell.

A field that reads in the file as the stamp has it was not touched by whoever edited the file, so
what others have done to it since stays. One that both have changed is a conflict.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sivusto.transfer.table.cells import Value, written

DIGITS = 6
FORM = re.compile(rf"v1-((?:[0-9a-f]{{{DIGITS}}})+)")


def mark(value: Value) -> str:
    """Return the digits that stand for a value; one in sixteen million stands for another, too."""
    text = json.dumps(_plain(value), ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=DIGITS // 2).hexdigest()


def stamp(values: Mapping[str, Value], keys: Sequence[str]) -> str:
    """Return the stamp of a row; the keys' order is a part of its form."""
    return "v1-" + "".join(mark(values[key]) for key in keys)


def marks_of(text: str, keys: Sequence[str]) -> dict[str, str] | None:
    """Return the marks of a stamp by key, None for what is no stamp of these keys."""
    found = FORM.fullmatch(text)
    if found is None or len(found[1]) != DIGITS * len(keys):
        return None
    digits = found[1]
    return {key: digits[i * DIGITS : (i + 1) * DIGITS] for i, key in enumerate(keys)}


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else written(value)
