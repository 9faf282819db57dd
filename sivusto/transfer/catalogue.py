"""Things that cards name: found in the register by name, or promised and made when needed.

A reference is the key of a row that exists, or ``+name`` for one that will be made.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import models

from salkut.fields import name_slug
from sivusto.transfer.keys import name_key

Ref = int | str


class Catalogue:
    """The portfolios, types or organisations of the register, and those that the texts add."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self._names: dict[Ref, str] = {}
        self._refs: dict[str, Ref] = {}
        self._former: dict[str, Ref] = {}
        self._made: dict[Ref, int] = {}
        has_aliases = any(field.name == "aliases" for field in model._meta.fields)
        columns = ("pk", "name", "former_slugs", *(["aliases"] if has_aliases else []))
        self.rows = list(model._default_manager.order_by("pk").values_list(*columns))
        for pk, name, slugs, *_aliases in self.rows:
            self._names[pk] = name
            self._refs.setdefault(name_key(name), pk)
            self._former |= dict.fromkeys(slugs, pk)
        for pk, _name, _slugs, *aliases in self.rows:
            for alias in chain.from_iterable(aliases):
                self._refs.setdefault(name_key(alias), pk)

    def ref(self, name: str) -> Ref:
        """Return the thing's reference; promise a new one under a name that is not known."""
        key = name_key(name)
        known = self._refs.get(key) or self._former.get(name_slug(name))
        if known is None:
            known = self._refs[key] = f"+{key}"
            self._names[known] = name
        return self.now(known)

    @property
    def has_made_rows(self) -> bool:
        """Whether a promised row has been made, or tried to be."""
        return bool(self._made)

    def now(self, ref: Ref) -> Ref:
        """Return the key of a row that has been made since, or the reference as it is."""
        return self._made.get(ref, ref)

    def refs(self, names: Iterable[str]) -> list[Ref]:
        """Return the references of the names, each once."""
        return list(dict.fromkeys(map(self.ref, names)))

    def name(self, ref: Ref) -> str:
        """Return the name of a referred thing."""
        return self._names[ref]

    def pk(self, ref: Ref) -> int:
        """Return the row's key, making the row where it was only promised."""
        if isinstance(ref, str) and ref not in self._made:
            made: Any = self.model(name=self._names[ref])
            made.save()
            self._made[ref] = made.pk
            self._names[made.pk] = made.name
        return int(self._made.get(ref, ref))
