"""Funders: the field's lines told apart into funder and programme, and found again in prose."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sivusto.transfer.cardtext.fields import rows
from sivusto.transfer.cardtext.model import FunderName
from sivusto.transfer.cardtext.names import (
    is_abbreviation,
    matches_abbreviation,
    nominative,
    same_place,
)

_PROGRAMME = re.compile(
    r"(?:\w-?(?:ohjelma|rahasto|avustus|määräraha|momentti|haku)\w*|\bohjelma\w*|\bmomentti\w*"
    r"|\bavustus\w*|\b(?:EAKR|ERDF|ERUF|ESF\+?|ESR\+?|JTF|RRF|EMKR|ENPI|ENI|LIFE\+?|AIKO|INKA|TEN-T|CEF)\b"
    r"|\b(?:Interreg|Kaste|Horis[oi]nt\w*|Horizon|Erasmus|Leader|Kolarctic|Karelia|Urbact"
    r"|H2020|6Aika|Tempus|Comenius|Leonardo|Grundtvig|puiteohjelma)\b)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"(?:kaupun(?:ki|git)|kun(?:ta|nat)|yhtymät?|ministeriöt?|lii(?:tto|tot)|piirit?|kesku(?:s|kset)"
    r"|yliopistot?|koulut?|virastot?|laito(?:s|kset)|yrity(?:s|kset)|säätiöt?|rahastot?|yhdisty(?:s|kset)"
    r"|järjestöt?|valtio|unioni|neuvosto|hallitus|hallinto|pankki|komissio|toimijat|kumppanit"
    r"|rahoittajat|toteuttajat|osallistujat|osapuolet|osallistajat|seurakun(?:ta|nat)|konserni"
    r"|yhtiöt?|tahot?|akatemia|stad|kommun|styrelsen?|universitet|förbund|oyj?|ry|ab|osk|liikelaitos|museo|palvelulaitos|opisto)\b\.?$",
    re.IGNORECASE,
)
_SURE_ORGANISATION = re.compile(
    r"(?:kaupunki|kunta|kunnat|kuntayhtymä|ministeriö|liitto|hoitopiiri|ELY-keskus|yliopisto"
    r"|korkeakoulu|virasto|säätiö|\boyj?|\bry|\bvaltio)$|^[A-ZÅÄÖ]{2,6}$|^(?:Tekes|Sitra)$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r" ?/ ?|(?<!-), | [-–] |: (?=\S)| ?\((?=[^()]+\)$)")
_LONE_HEADS = ("kaupunki", "kunta", "ministeriö", "liitto", "yliopisto", "sairaanhoitopiiri")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SUFFIX = re.compile(
    r"[- ]?(?:ohjelma|rahoitus|hanke|haku|tuki|avustus|rahasto)\w*$", re.IGNORECASE
)


@lru_cache(maxsize=16_384)
def is_programme(text: str) -> bool:
    """Tell whether a name looks like a programme or fund rather than an organisation."""
    return bool(_PROGRAMME.search(text)) and len(text) < 120


def is_organisation(name: str) -> bool:
    """Tell whether a nominative name ends with a common head of organisations' names."""
    return bool(_ORGANISATION.search(name))


def funder_names(lines: Sequence[str]) -> tuple[FunderName, ...]:
    """Read the funders' field: one funder a line, or several of them in one list."""
    found = [split_funder(part) for entry in rows(lines) for part in _list_parts(entry)]
    return tuple(dict.fromkeys(found))


def _list_parts(entry: str) -> list[str]:
    """Split "Oulun kaupunki, TEM ja Sitra" only where every part is surely an organisation."""
    if ";" in entry:
        return [part.strip() for part in entry.split(";") if part.strip()]
    parts = [part.strip() for part in re.split(r"(?<!-), | ja (?=[A-ZÅÄÖ])", entry)]
    programmes = [part for part in parts[1:] if is_programme(part)]
    sure = all(_SURE_ORGANISATION.search(part) for part in parts)
    return parts if len(parts) > 1 and sure and not programmes else [entry]


def split_funder(text: str) -> FunderName:
    """Tell funder and programme apart; without a part that looks like a programme all is funder."""
    match = _SEPARATOR.search(text)
    if match:
        first = text[: match.start()].strip()
        second = text[match.end() :].strip()
        if match.group().strip() == "(":
            second = second.rstrip(")")
        if match.group().strip() == "(" and _stands_for(second, first):
            return FunderName(text, first)
        if first and second and is_programme(second):
            return FunderName(text, first, second)
        # "ESR / ELY-keskus": the authority pays, the fund is its programme.
        if match.group().strip() in ("/", "(") and is_programme(first) and second:
            return FunderName(text, second, first)
        return FunderName(text, text)
    words = text.split(" ", 1)
    if len(words) == 2 and _is_payer_of(*words):
        return FunderName(text, nominative(words[0]), words[1])
    return FunderName(text, text)


def _stands_for(short: str, name: str) -> bool:
    """Tell whether what brackets add to a name is its own abbreviation."""
    if matches_abbreviation(short, name):
        return True
    return bool(re.fullmatch(r"[A-ZÅÄÖ]{2,6}", short)) and not is_programme(short)


def _is_payer_of(first: str, rest: str) -> bool:
    """Accept "STM Kaste-ohjelma" and "STM:n Kaste-ohjelma"."""
    if not re.fullmatch(r"[A-ZÅÄÖ]{2,6}(?::n)?", first) or is_programme(first):
        return False
    return is_programme(rest) and not is_organisation(rest)


@lru_cache(maxsize=16_384)
def key(name: str) -> str:
    """Return a name in a form in which spelling variants meet."""
    return _NOT_LETTERS.sub(" ", name.casefold()).strip()


@lru_cache(maxsize=16_384)
def programme_key(name: str) -> str:
    """Return a programme's name without "-ohjelma", "-rahoitus" and the like."""
    return key(_SUFFIX.sub("", name)) or key(name)


class KnownFunders:
    """The card's own funders, found again under the names that prose gives them."""

    def __init__(self, funders: Iterable[FunderName]) -> None:
        self._funders = [_Funder(funder) for funder in funders]
        self._found: dict[str, FunderName | None] = {}

    def find(self, name: str) -> FunderName | None:
        """Return the funder of the field that `name` (nominative) means, with its programme."""
        if name not in self._found:
            self._found[name] = self._search(name) if name and self._funders else None
        return self._found[name]

    def _search(self, name: str) -> FunderName | None:
        mine, is_short = key(name), is_abbreviation(name)
        words = programme_key(name).split() if is_programme(name) else []
        for matches in (
            lambda funder: mine in funder.keys,
            lambda funder: funder.abbreviates(name, is_short=is_short),
            lambda funder: funder.has_programme(name, words),
            lambda funder: funder.is_at(name.removeprefix("City of ")),
            lambda funder: funder.owner_key == mine,
        ):
            found = [funder for funder in self._funders if matches(funder)]
            if found:
                return _with_programme(name, words, found)
        return self._lone_head(name)

    def _lone_head(self, name: str) -> FunderName | None:
        lower = name.lower()
        if lower not in _LONE_HEADS:
            return None
        found = [known.funder for known in self._funders if known.owner.lower().endswith(lower)]
        return found[0] if len(found) == 1 else None

    def inside(self, text: str) -> list[str]:
        """Return the names of known funders that a text holds, however inflected."""
        words = re.findall(r"[\w:-]+", text) if self._funders else []
        found: dict[str, None] = {}
        for size in (4, 3, 2, 1):
            for start in range(len(words) - size + 1):
                name = nominative(" ".join(words[start : start + size]))
                known = self.find(name) if len(name) > 1 else None
                if known:
                    found[name] = None
            if found:
                break
        return list(found)


class _Funder:
    """A funder of the field in the forms that names are compared with, made once for them all."""

    def __init__(self, funder: FunderName) -> None:
        self.funder = funder
        self.is_short = is_abbreviation(funder.funder)
        short = re.search(r"\(([A-ZÅÄÖ]{2,6})\)$", funder.text)
        own = (funder.funder, funder.text, nominative(funder.funder))
        self.keys = {key(spelling) for spelling in (*own, *(short.groups() if short else ()))}
        # "Oulun kaupunki" of "Oulun kaupunki, Hyvinvointipalvelut".
        self.owner = re.split(r" ?[,/(]", funder.funder)[0]
        self.owner_key = key(self.owner)
        self.place = _place(funder.funder)
        programme = funder.programme or (funder.funder if is_programme(funder.funder) else "")
        self.programme = programme
        self.programme_words = programme_key(programme).split() if programme else None

    def abbreviates(self, name: str, *, is_short: bool) -> bool:
        """Tell whether one of the names, where it is short, can stand for the other."""
        own = self.funder.funder
        if is_short and matches_abbreviation(name, own):
            return True
        return self.is_short and matches_abbreviation(own, name)

    def is_at(self, name: str) -> bool:
        """Accept "Oulu" for "Oulun kaupunki"."""
        return bool(self.place) and same_place(name, self.place)

    def has_programme(self, name: str, words: list[str]) -> bool:
        """Tell whether a programme (its name, its key's words) is the funder's, or a part of it."""
        mine = self.programme_words
        if not words or mine is None:
            return False
        if matches_abbreviation(self.programme, name) or matches_abbreviation(name, self.programme):
            return True
        return _holds(mine, words) or _holds(words, mine)


def _with_programme(name: str, words: list[str], found: list[_Funder]) -> FunderName:
    exact = [known.funder for known in found if known.has_programme(name, words)]
    if exact:
        return exact[0]
    programmes = list(dict.fromkeys(known.funder.programme for known in found))
    programme = programmes[0] if len(programmes) == 1 else ""
    return FunderName(name, found[0].funder.funder, programme)


def _holds(words: list[str], part: list[str]) -> bool:
    size = len(part)
    return any(words[start : start + size] == part for start in range(len(words) - size + 1))


def _place(funder: str) -> str:
    """Return "Oulun" of "Oulun kaupunki"."""
    words = funder.split()
    return words[0] if len(words) == 2 and words[1].lower() in ("kaupunki", "kunta") else ""
