"""What becomes of names and addresses when two things become one; plain values."""

from collections.abc import Iterable, Sequence


def other_names(own: Iterable[str], known: Sequence[str], gained: Iterable[str]) -> list[str]:
    """Return the other names of what is kept: those known, then those gained, each once.

    Letter case does not tell names apart, and a name of its ``own`` is no other name.
    """
    seen = {name.casefold() for name in own if name}
    found = []
    for name in (*known, *gained):
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            found.append(name)
    return found


def former_addresses(own: str, known: Sequence[str], gained: Iterable[str]) -> list[str]:
    """Return the addresses that lead to what is kept: those known, then those gained."""
    return [slug for slug in dict.fromkeys((*known, *gained)) if slug and slug != own]
