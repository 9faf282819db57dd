"""A person as she may stand written: name in any case and order, e-mail, phone in any grouping.

Knows no database. What it finds is a proposal for a person to look at: Finnish names inflect, and
two people may have one name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MARK = "[poistettu]"
LETTER = "A-Za-zÀ-ÖØ-öø-ÿŠšŽž"
_AT = r"\s?(?:@|＠|\(at\)|\[at\]|\(ät\)|%40|&#64;|\(a\))\s?"
_DOMAIN = r"[\w-]+(?:\.[\w-]+)+"
_GAP = r"(?:[\s\u00a0\u00ad.,_+-]|%20|&nbsp;|&#160;|</?[^<>]{1,60}>)"
# Case endings, after a vowel or a linking i, then a possessive and a clitic.
_ENDING = (
    r"(?:[:’'-]?i?(?:[aeiouyäö]?n|h[aeiouyäö]n|t?[aä]|l[lt][aä]|lle|s[st][aä]|n[aä]|ksi|tt[aä]|t)"
    r"(?:ns[aä]|ni)?)?(?:kin|ko|kö|kaan|kään)?"
)
# A name's last consonants in the strong grade, and in the weak one that they change with.
_GRADES = {
    "kk": "k", "pp": "p", "tt": "t", "nk": "ng", "mp": "mm", "nt": "nn", "lt": "ll", "rt": "rr",
    "ht": "hd", "lk": "l", "rk": "r", "hk": "h", "k": "", "p": "v", "t": "d",
}  # fmt: skip
_FOLDS = {"ä": "äa", "ö": "öo", "å": "åa", "é": "ée", "ü": "üuy"}
_NUMBER = re.compile(r"\+?[\d\s\u00a0()/.-]{5,}")
_TAG = re.compile(r"(<[^<>]*>)")


class PersonError(ValueError):
    """What was given is neither a name, an e-mail address nor a phone number; says so."""


@dataclass(frozen=True)
class Person:
    """Expressions that find a person in text; ``coarse`` ones let the database leave rows out."""

    exact: tuple[re.Pattern[str], ...]
    coarse: tuple[str, ...]

    @classmethod
    def of(cls, *terms: str) -> "Person":
        """Read names, e-mail addresses and phone numbers; raise PersonError for anything else."""
        read = [_read(" ".join(term.replace("\0", " ").split())) for term in terms]
        return cls(
            tuple(re.compile(exact, re.IGNORECASE) for exact, _coarse in read),
            tuple(dict.fromkeys(coarse for _exact, coarse in read)),
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the person stands in a text, in order; overlapping places are one."""
        found = sorted(match.span() for one in self.exact for match in one.finditer(text))
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def found(self, text: str) -> list[str]:
        """Return the words by which a text names the person, each once."""
        return list(dict.fromkeys(text[start:end] for start, end in self.spans(text)))

    def is_in(self, text: str) -> bool:
        """Tell whether a text names the person."""
        return any(one.search(text) for one in self.exact)

    def blanked(self, text: str, mark: str = MARK) -> str:
        """Return the text with a mark for the person; its tags stay as they were."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + _marked(text[start:end], mark) + text[end:]
        return text


def excerpt(text: str, span: tuple[int, int], around: int = 60) -> str:
    """Return the words around a place, without tags, an ellipsis where they were cut."""
    start, end = max(0, span[0] - around), min(len(text), span[1] + around)
    shown = re.sub(r"<[^<>]*>|^[^<>]*>|<[^<>]*$", " ", text[start:end])
    return f"{'…' if start else ''}{' '.join(shown.split())}{'…' if end < len(text) else ''}"


def _marked(words: str, mark: str) -> str:
    pieces, is_marked = [], False
    for piece in _TAG.split(words):
        if piece.startswith("<"):
            pieces.append(piece)
        elif piece and not is_marked:
            pieces.append(mark)
            is_marked = True
    return "".join(pieces)


def _read(term: str) -> tuple[str, str]:
    """Return the exact and the coarse expression of one term."""
    if re.search(_AT, term, re.IGNORECASE):
        return _email(term)
    if _NUMBER.fullmatch(term) and sum(letter.isdigit() for letter in term) >= 6:
        return _phone(re.sub(r"\D", "", term))
    words = re.findall(rf"[{LETTER}]+", term)
    if re.search(r"\d", term) or not any(len(word) >= 3 for word in words):
        raise PersonError(
            "Anna nimi (vähintään kolme kirjainta), sähköpostiosoite tai puhelinnumero."
        )
    return _name(words)


def _email(term: str) -> tuple[str, str]:
    local, domain = re.split(_AT, term, maxsplit=1, flags=re.IGNORECASE)
    if not local.strip() or not domain.strip():
        raise PersonError("Sähköpostiosoite on vajaa.")
    local, domain = re.escape(local.strip()), re.escape(domain.strip())
    return rf"(?<![\w.+-]){local}{_AT}{domain}(?![\w-])", _cased(local)


def _phone(digits: str) -> tuple[str, str]:
    """Take a Finnish number with or without its country's code, however it is grouped."""
    own = re.sub(r"^(?:00358|358|0)0?", "", digits)
    apart = r"[\s\u00a0()/.-]{0,3}"
    number = apart.join(own)
    prefix = rf"(?:(?:\+|00)?{apart.join('358')}{apart}(?:\(?0\)?{apart})?|0{apart})?"
    return rf"(?<!\d)\(?{prefix}{number}(?!\d)", r"[^0-9]{0,3}".join(own)


def _name(words: list[str]) -> tuple[str, str]:
    """Take a name in its own order, or the last name first."""
    parts = [f"(?:{'|'.join(map(_folded, _stems(word)))}){_ENDING}" for word in words]
    orders = [parts, [parts[-1], *parts[:-1]]] if len(parts) > 1 else [parts]
    either = "|".join(rf"{_GAP}{{1,6}}".join(order) for order in orders)
    mail = rf"(?:{_AT}{_DOMAIN})?"
    longest = max(words, key=len)
    return (
        rf"(?<![{LETTER}\d])(?:{either})(?![{LETTER}\d]){mail}",
        _cased(_common(_stems(longest))),
    )


def _stems(word: str) -> list[str]:
    """Return the forms to which a name's endings are put."""
    name = word.casefold()
    stems = [name]
    if name.endswith("nen"):
        stems.append(f"{name[:-3]}se")
        stems.append(f"{name[:-3]}s")
    elif name.endswith("s") and len(name) > 3:
        stems += [f"{name[:-1]}kse", f"{name[:-1]}{name[-2]}"]
    elif name[-1] in "aeiouyäö":
        body, last = name[:-1], name[-1]
        bodies = [body, *_weakened(body)]
        stems += [f"{one}{last}" for one in bodies]
        stems += [f"{one}e" for one in bodies if last == "i"]
    return list(dict.fromkeys(sorted(stems, key=len, reverse=True)))


def _weakened(body: str) -> Iterator[str]:
    for strong, weak in _GRADES.items():
        if body.endswith(strong) and len(body) > len(strong):
            yield body[: len(body) - len(strong)] + weak
            return


def _common(stems: Iterable[str]) -> str:
    """Return the beginning that all forms share."""
    first, *others = stems
    length = len(first)
    for other in others:
        length = next(
            (at for at in range(length) if at >= len(other) or other[at] != first[at]), length
        )
    return first[:length]


def _folded(text: str) -> str:
    """Write text so that it is also found in an address, which has no dots on its letters."""
    return "".join(
        f"[{_FOLDS[letter]}]" if letter in _FOLDS else re.escape(letter) for letter in text
    )


def _cased(text: str) -> str:
    """Write a text for the database, whose letter case may not know all our letters."""
    plain = text.replace("\\", "")
    folded = [_FOLDS.get(letter, letter) for letter in plain.casefold()]
    return "".join(
        f"[{letters}{letters.upper()}]" if letters.isalpha() else re.escape(letters)
        for letters in folded
    )
