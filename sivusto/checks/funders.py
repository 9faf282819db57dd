"""Whether a funder that the text names is among those that the card declares.

Prose names funders in many ways: by an abbreviation, by the programme, as "kaupunki", as "muut
kunnat". A name is missing only if none of the card's own funders may be meant by it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sivusto.checks.model import Share
from sivusto.transfer.cardtext.funders import (
    is_organisation,
    is_programme,
    key,
    programme_key,
)
from sivusto.transfer.cardtext.model import FunderName
from sivusto.transfer.cardtext.names import matches_abbreviation, nominative

_EU = re.compile(r"^eu\b|^eu$|euroopan|\beakr\b|\besr\b|interreg|rakennerahasto", re.IGNORECASE)
_STATE = re.compile(r"\bvaltio|ministeri|virasto$|ely-keskus|^(?:stm|tem|okm|lvm|vm|opm)$", re.I)
_MUNICIPAL = re.compile(r"kaupun(?:ki|git)$|kun(?:ta|nat)$|kuntayhtymä$|kunta\b|seutu$", re.I)
_OWN = re.compile(
    r"^(?:kunta|kunnallinen|julkinen)?(?:oma)?(?:rahoitus|raha|vastuu)\w*$|^oma", re.I
)
_GROUP = re.compile(
    r"kun(?:nat|git)$|kaupungit$|^kuntarahoitus|^kunnallinen rahoitus", re.IGNORECASE
)
_GENERAL = re.compile(
    r"(?:rahoittajat|kumppanit|osallistujat|osapuolet|tahot|toimijat|toteuttajat|yritykset"
    r"|järjestöt|yhdistykset|oppilaitokset|yksityinen rahoitus|muu rahoitus|yritysrahoitus)\w*$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:palvelut|toimi|keskus|virasto|osasto|yksikkö|laitos)$", re.IGNORECASE)
_ACRONYM = re.compile(r"^[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{1,7}$")


@dataclass(frozen=True)
class Declared:
    """The card's own funders, and who else it has rows of; asked by name."""

    shares: tuple[Share, ...]
    implementers: tuple[str, ...] = ()

    def names(self) -> tuple[FunderName, ...]:
        """Return every row's funder under all its names, as the reader of prose wants them."""
        return tuple(
            FunderName(name, name, programme)
            for share in self.shares
            for name in share.names
            for programme in share.programmes or ("",)
        )

    def meant(self, name: str, programme: str = "") -> list[Share]:
        """Return the rows whose funder or programme the name surely means."""
        return [
            share
            for share in self.shares
            if any(_same_body(name, other) for other in share.names)
            or any(_same_programme(each, share) for each in (name, programme) if each)
        ]

    def covers(self, name: str, programme: str = "") -> bool:
        """Tell whether one of the declared funders may be meant by the name."""
        declared = [share for share in self.shares if share.is_declared]
        several = re.split(r" ja | sekä |, ", name)
        if len(several) > 1 and all(self.meant(part) for part in map(nominative, several)):
            return True
        if any(share.is_declared for share in self.meant(name, programme)):
            return True
        silent = [share for share in declared if not share.has_figures]
        return (
            self._by_kind(name, declared)
            or (bool(silent) and bool(_GENERAL.search(name)))
            or any(_may_be(name, programme, share) for share in silent)
            or self._is_own_unit(name, declared)
        )

    def _by_kind(self, name: str, declared: Sequence[Share]) -> bool:
        """Tell whether a name of a kind ("valtio", "muut kunnat") has its like among them."""
        towns = [share for share in declared if _is_municipal(share)]
        if _OWN.match(name):
            return True
        if _GROUP.search(name):
            return len(towns) > 1 or any(_GROUP.search(share.name) for share in towns)
        if _EU.search(name):
            return any(_is_eu(share) for share in declared)
        if re.match(r"valtio", name, re.IGNORECASE):
            return any(share.kind == "state" or _STATE.search(share.name) for share in declared)
        if any(_is_place_of(name, share) for share in towns):
            return True
        is_town = _MUNICIPAL.search(name) or (" " not in name and not is_organisation(name))
        return bool(is_town) and any(_GROUP.search(share.name) for share in towns)

    def _is_own_unit(self, name: str, declared: Sequence[Share]) -> bool:
        """Tell whether a unit of the town stands for the town that is declared."""
        has_town = any(_is_municipal(share) for share in declared)
        return has_town and bool(_UNIT.search(name)) and name in self.implementers


def _is_municipal(share: Share) -> bool:
    return share.kind == "municipality" or bool(_MUNICIPAL.search(share.name))


def _is_place_of(name: str, town: Share) -> bool:
    """Accept "Jokilahti" for "Jokilahden kaupunki": the stem's end changes, its start does not."""
    place = town.name.split()[0]
    same_start = name[:3].casefold() == place[:3].casefold()
    return " " not in name and same_start and abs(len(name) - len(place)) <= 2


def _is_eu(share: Share) -> bool:
    names = (*share.names, *share.programmes)
    return share.kind == "eu" or any(_EU.search(name) for name in names)


def _words(name: str) -> set[str]:
    return set(key(name).split())


def _same_body(name: str, other: str) -> bool:
    """Tell whether two names are of one body: the same, abbreviated, or one within the other."""
    mine, its = _words(name), _words(other)
    if not mine or not its:
        return False
    if mine == its or mine < its or its < mine:
        return True
    return matches_abbreviation(name, other) or matches_abbreviation(other, name)


def _same_programme(name: str, share: Share) -> bool:
    mine = programme_key(name)
    return any(mine == programme_key(its) for its in share.programmes)


def _may_be(name: str, programme: str, share: Share) -> bool:
    """Tell whether a name that fits nobody surely may still mean a funder without figures.

    A programme may be that funder's, and an abbreviation with its first letter may be its own.
    """
    if is_programme(name) or programme:
        return True
    short, long = sorted((name, share.name), key=len)
    return bool(_ACRONYM.match(short)) and short[:1].casefold() == long[:1].casefold()
