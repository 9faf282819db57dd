"""Funders: the field's lines told apart into funder and programme, and found again in prose."""

import re
from collections.abc import Iterable, Sequence

from sivusto.transfer.cardtext.fields import rows
from sivusto.transfer.cardtext.model import FunderName
from sivusto.transfer.cardtext.names import matches_abbreviation, nominative

_PROGRAMME = re.compile(
    r"(?:\w-?(?:ohjelma|rahasto|avustus|määräraha|momentti|haku)\w*|\bohjelma\w*|\bmomentti\w*"
    r"|\bavustus\w*|\b(?:EAKR|ESR\+?|JTF|RRF|EMKR|ENPI|ENI|LIFE\+?|AIKO|INKA|TEN-T|CEF)\b"
    r"|\b(?:Interreg|Kaste|Horis[oi]nt\w*|Horizon|Erasmus|Leader|Kolarctic|Karelia|Urbact"
    r"|H2020|6Aika|Tempus|Comenius|Leonardo|Grundtvig|puiteohjelma)\b)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"(?:kaupun(?:ki|git)|kun(?:ta|nat)|yhtymät?|ministeriöt?|lii(?:tto|tot)|piirit?|kesku(?:s|kset)"
    r"|yliopistot?|koulut?|virastot?|laito(?:s|kset)|yrity(?:s|kset)|säätiöt?|rahastot?|yhdisty(?:s|kset)"
    r"|järjestöt?|valtio|unioni|neuvosto|hallitus|hallinto|pankki|komissio|toimijat|kumppanit"
    r"|rahoittajat|toteuttajat|osallistujat|osapuolet|osallistajat|seurakun(?:ta|nat)|konserni"
    r"|yhtiöt?|tahot?|akatemia|oyj?|ry|ab|osk|liikelaitos|museo|palvelulaitos|opisto)\b\.?$",
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


def _is_payer_of(first: str, rest: str) -> bool:
    """Accept "STM Kaste-ohjelma" and "STM:n Kaste-ohjelma"."""
    if not re.fullmatch(r"[A-ZÅÄÖ]{2,6}(?::n)?", first) or is_programme(first):
        return False
    return is_programme(rest) and not is_organisation(rest)


def key(name: str) -> str:
    """Return a name in a form in which spelling variants meet."""
    return _NOT_LETTERS.sub(" ", name.casefold()).strip()


def programme_key(name: str) -> str:
    """Return a programme's name without "-ohjelma", "-rahoitus" and the like."""
    return key(_SUFFIX.sub("", name)) or key(name)


class KnownFunders:
    """The card's own funders, found again under the names that prose gives them."""

    def __init__(self, funders: Iterable[FunderName]) -> None:
        self._funders = tuple(funders)
        self._found: dict[str, FunderName | None] = {}

    def find(self, name: str) -> FunderName | None:
        """Return the funder of the field that `name` (nominative) means, with its programme."""
        if name not in self._found:
            self._found[name] = self._search(name) if name else None
        return self._found[name]

    def _search(self, name: str) -> FunderName | None:
        for matches in (_same, _abbreviates, _is_its_programme, _is_its_place, _is_its_owner):
            found = [funder for funder in self._funders if matches(name, funder)]
            if found:
                return self._with_programme(name, found)
        return self._lone_head(name)

    def _with_programme(self, name: str, found: list[FunderName]) -> FunderName | None:
        programmes = list(dict.fromkeys(funder.programme for funder in found))
        exact = [funder for funder in found if _is_its_programme(name, funder)]
        if exact:
            return exact[0]
        named = [programme for programme in programmes if programme]
        programme = named[0] if len(named) == 1 and len(programmes) == 1 else ""
        return FunderName(name, found[0].funder, programme)

    def _lone_head(self, name: str) -> FunderName | None:
        lower = name.lower()
        if lower not in _LONE_HEADS:
            return None
        found = [funder for funder in self._funders if _owner(funder).lower().endswith(lower)]
        return found[0] if len(found) == 1 else None

    def inside(self, text: str) -> list[str]:
        """Return the names of known funders that a text holds, however inflected."""
        words = re.findall(r"[\w:-]+", text)
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


def _same(name: str, funder: FunderName) -> bool:
    return key(name) in (key(funder.funder), key(funder.text))


def _abbreviates(name: str, funder: FunderName) -> bool:
    return matches_abbreviation(name, funder.funder) or matches_abbreviation(funder.funder, name)


def _is_its_programme(name: str, funder: FunderName) -> bool:
    programme = funder.programme or (funder.funder if is_programme(funder.funder) else "")
    if not programme or not is_programme(name):
        return False
    mine, its = programme_key(name).split(), programme_key(programme).split()
    return mine == its or _holds(its, mine) or _holds(mine, its)


def _holds(words: list[str], part: list[str]) -> bool:
    size = len(part)
    return any(words[start : start + size] == part for start in range(len(words) - size + 1))


def _owner(funder: FunderName) -> str:
    """Return "Oulun kaupunki" of "Oulun kaupunki, Hyvinvointipalvelut"."""
    return re.split(r" ?[,/(]", funder.funder)[0]


def _is_its_owner(name: str, funder: FunderName) -> bool:
    return key(name) == key(_owner(funder))


def _is_its_place(name: str, funder: FunderName) -> bool:
    """Accept "Oulu" for "Oulun kaupunki"."""
    words = funder.funder.split()
    if len(words) != 2 or words[1].lower() not in ("kaupunki", "kunta"):
        return False
    return nominative(words[0]).casefold() == name.casefold()
