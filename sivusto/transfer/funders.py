"""Funders and programmes that cards name, met under all their names.

A batch is looked through as a whole before any card is compared, so that the order of files does
not matter: long names come first, and an abbreviation that fits exactly one of them is theirs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress

from django.utils.translation import gettext as _

from rahoitus.models import Funder, FunderKind, Programme
from rahoitus.visibility import ASKED_OF_EU
from salkut.fields import name_slug
from sivusto.transfer.cardtext import matches_abbreviation, nominative
from sivusto.transfer.catalogue import Ref
from sivusto.transfer.keys import name_key, programme_key

Mention = tuple[str, str]
Pair = tuple[Ref, Ref | None]

_KINDS = (
    (r"euroopan|^eu\b|^eakr|^esr|interreg", FunderKind.EU),
    (r"hyvinvointialue|maakunta|maakunnan liitto|-liitto$", FunderKind.REGION),
    (r"kaupun|kunta|kunnat|kuntayhtymä|sairaanhoitopiiri", FunderKind.MUNICIPALITY),
    (r"ministeri|virasto|valtio|keskus$|^stm$|^tem$|^okm$|^tekes$|^sitra$", FunderKind.STATE),
    (r"säätiö|yhdistys|\bry$|\brs$", FunderKind.FOUNDATION),
    (r"\boyj?$|\bab$", FunderKind.COMPANY),
)


@dataclass
class Entry:
    """A funder that exists or will be made."""

    ref: Ref
    name: str
    short_name: str = ""
    aliases: list[str] = field(default_factory=list)
    kind: str = FunderKind.OTHER
    programmes: dict[str, Ref] = field(default_factory=dict)
    learned: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Every name that it goes by."""
        return [name for name in (self.name, self.short_name, *self.aliases) if name]

    def learn(self, name: str, *, may_be_short: bool) -> None:
        """Remember another name, as the short name where there is none and it is one."""
        self.learned[name_key(name)] = name
        is_short = matches_abbreviation(name, self.name) and len(name) <= 40
        if may_be_short and is_short and not self.short_name:
            self.short_name = name
        else:
            self.aliases = [*self.aliases, name]


class Funders:
    """The register's funders, and those that the texts add."""

    def __init__(self) -> None:
        self._entries: dict[Ref, Entry] = {}
        self._refs: dict[str, Ref] = {}
        self._former: dict[str, Ref] = {}
        self._programme_names: dict[Ref, str] = {}
        self._homes: dict[str, list[Pair]] = defaultdict(list)
        self._short_names: set[str] = set()
        self._made: dict[Ref, int] = {}
        self.has_made_rows = False
        self._visible: dict[tuple[str, Ref], set[str]] = {}  # a funder's or a programme's
        columns = ("pk", "name", "short_name", "aliases", "former_slugs", "kind", *ASKED_OF_EU)
        self.rows = list(Funder.objects.order_by("pk").values_list(*columns))
        for pk, name, short_name, aliases, slugs, kind, *shown in self.rows:
            self._add(Entry(pk, name, short_name, list(aliases), kind))
            self._former |= dict.fromkeys(slugs, pk)
            self._visible["funder", pk] = set(compress(ASKED_OF_EU, shown))
        programmes = Programme.objects.order_by("pk")
        own = ("pk", "funder", "name", "aliases", *ASKED_OF_EU)
        self.programme_rows = list(programmes.values_list(*own))
        for pk, funder, name, aliases, *shown in self.programme_rows:
            self._add_programme(self._entries[funder], pk, name, aliases)
            self._visible["programme", pk] = set(compress(ASKED_OF_EU, shown))

    def prepare(self, mentions: Iterable[Mention]) -> None:
        """Look a whole batch through; call once, before asking for anything."""
        counted = Counter(mentions)
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for (funder, programme), count in counted.items():
            spellings[name_key(funder or programme)][funder or programme] += count
        named = {programme_key(programme) for funder, programme in counted if funder and programme}
        best = (
            max(names, key=lambda name: (names[name], not name.isupper(), name))
            for key, names in spellings.items()
            if key
        )
        for name in sorted(best, key=lambda name: (-len(name), name)):
            if self._known(name) is None and not self._is_programme(programme_key(name), named):
                self._meet(name)
        for funder, programme in sorted(counted):
            entry = self._known(funder)
            if entry is not None and programme and programme_key(programme) not in entry.programmes:
                ref = f"+{entry.ref}/{programme_key(programme)}"
                self._add_programme(entry, ref, programme, ())

    def find(self, mention: Mention, among: Sequence[Pair] = ()) -> Pair | None:
        """Return funder and programme; a programme named alone finds its funder.

        `among` are the card's own, which win where several funders have such a programme.
        """
        funder, programme = mention
        entry = self._known(funder)
        if entry is None:
            homes = [self.now(pair) for pair in self._homes[programme_key(funder or programme)]]
            own = [pair for pair in homes if pair in among]
            if own or len(homes) == 1:
                return (own or homes)[0]
            entry, programme = self._known(programme), ""
        if entry is None:
            return None
        key = programme_key(programme)
        return self.now((entry.ref, entry.programmes.get(key) if key else None))

    def label(self, pair: Pair) -> str:
        """Return "STM / Kaste-ohjelma"."""
        funder, programme = pair
        name = self._entries[funder].name
        return f"{name} / {self._programme_names[programme]}" if programme is not None else name

    def is_visible(self, pair: Pair) -> bool:
        """Tell whether the payer has what must be seen on its cards, as ``has_visibility`` asks."""
        funder, programme = pair
        if self._entries[funder].kind != FunderKind.EU:
            return True
        shown = self._visible.get(("funder", funder), set())
        if programme is not None:
            shown = shown | self._visible.get(("programme", programme), set())
        return shown == set(ASKED_OF_EU)

    def explanation(self, funder: str) -> str:
        """Tell how a name was understood, where it was not known as such before."""
        entry = self._known(funder)
        if entry is None or name_key(funder) not in entry.learned:
            return ""
        return _("Rahoittaja ”%(name)s” tulkittiin rahoittajaksi ”%(meant)s”.") % {
            "name": funder,
            "meant": entry.name,
        }

    def pks(self, pair: Pair) -> tuple[int, int | None]:
        """Return the keys of the rows, making those that were only promised."""
        entry, programme = self._entries[pair[0]], pair[1]
        self.has_made_rows |= isinstance(entry.ref, str) or isinstance(programme, str)
        if isinstance(entry.ref, str) and entry.ref not in self._made:
            self._made[entry.ref] = self._make(entry)
            self._entries[self._made[entry.ref]] = entry
        elif isinstance(entry.ref, int) and entry.learned:
            self._teach(entry)
        funder = int(self._made.get(entry.ref, entry.ref))
        if isinstance(programme, str) and programme not in self._made:
            name = self._programme_names[programme]
            made = Programme.objects.create(funder_id=funder, name=name)
            self._made[programme] = made.pk
            self._programme_names[made.pk] = name
        return funder, None if programme is None else int(self._made.get(programme, programme))

    def now(self, pair: Pair) -> Pair:
        """Return the pair with the keys of rows that have been made since."""
        funder, programme = pair
        funder = self._made.get(funder, funder)
        return funder, None if programme is None else self._made.get(programme, programme)

    def _known(self, name: str) -> Entry | None:
        if not name_key(name):
            return None
        ref = self._refs.get(name_key(name)) or self._refs.get(name_key(nominative(name)))
        ref = ref or self._former.get(name_slug(name))
        return None if ref is None else self._entries[ref]

    def _is_programme(self, key: str, named: set[str]) -> bool:
        return len(self._homes[key]) == 1 or (key in named and not self._homes[key])

    def _meet(self, name: str) -> None:
        """Join an unknown name to the one funder that it abbreviates, or promise a new funder."""
        fitting = [
            entry
            for entry in self._entries.values()
            if any(_stands_for(name, other) for other in entry.names)
        ]
        if len(fitting) == 1:
            is_free = name.casefold() not in self._short_names
            fitting[0].learn(name, may_be_short=is_free)
            self._short_names.add(name.casefold())
            self._refs.setdefault(name_key(name), fitting[0].ref)
        else:
            kinds = (kind for rule, kind in _KINDS if re.search(rule, name, re.I))
            self._add(Entry(f"+{name_key(name)}", name, kind=next(kinds, FunderKind.OTHER)))

    def _add(self, entry: Entry) -> None:
        self._entries[entry.ref] = entry
        if entry.short_name:
            self._short_names.add(entry.short_name.casefold())
        for name in entry.names:
            self._refs.setdefault(name_key(name), entry.ref)

    def _add_programme(self, entry: Entry, ref: Ref, name: str, aliases: Iterable[str]) -> None:
        self._programme_names[ref] = name
        for each in (name, *aliases):
            if programme_key(each) not in entry.programmes:
                entry.programmes[programme_key(each)] = ref
                self._homes[programme_key(each)].append((entry.ref, ref))

    def _make(self, entry: Entry) -> int:
        made = Funder(
            name=entry.name,
            short_name=entry.short_name,
            aliases=entry.aliases,
            kind=entry.kind,
        )
        made.save()
        return int(made.pk)

    def _teach(self, entry: Entry) -> None:
        Funder.objects.filter(pk=entry.ref).update(
            short_name=entry.short_name, aliases=entry.aliases
        )
        entry.learned = {}
        self.has_made_rows = True


def _stands_for(name: str, other: str) -> bool:
    return matches_abbreviation(name, other) or matches_abbreviation(other, name)
