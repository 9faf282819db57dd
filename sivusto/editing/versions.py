"""An old version of a card as values that staff could have typed: facts and rows, not persons.

A version holds what the public saw. What it never held, or holds only as a trace, stays as it is
today: managers, persons, hidden attachments, identifiers, and relations, which belong to two cards.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from hankkeet.models import Organisation, Version
from hankkeet.models.contacts import Visibility
from rahoitus.models import Funder, Programme
from salkut.models import Portfolio
from sivusto.editing.merging import Row, Values
from sivusto.history.contents import Content
from sivusto.history.queries import contents_of
from sivusto.history.snapshot import DAYS, SUMS

SCHEMA_WITH_RESULTS = 2
OWN_FACTS = ("name", "phase", *DAYS, *SUMS)


@dataclass
class Old:
    """A version's values, and in words to show what could not be brought back."""

    values: Values
    left_out: list[str] = field(default_factory=list)


def old_values(version: Version, live: Values) -> Old:
    """Return the card's values as the version has them; ``live`` are those of today.

    New rows have no ``id`` yet. What is gone from the register or from the disk is left out.
    """
    content = contents_of([version])[version.project_id]
    kind = content["project_type"]
    old = Old(live | {name: content[name] for name in OWN_FACTS})
    old.values |= {"project_type": kind and kind["id"], "portfolios": _portfolios(content, old)}
    lists: dict[str, Callable[[], Iterable[Row]]] = {
        "sections": lambda: _plain(content["sections"], live["sections"]),
        "funding_shares": lambda: _shares(content, live, old),
        "implementer_set": lambda: _implementers(content, live, old),
        "contacts": lambda: _contacts(content, live),
        "attachments": lambda: _attachments(content, live, old),
        "logos": lambda: _logos(content, live, old),
    }
    if version.schema >= SCHEMA_WITH_RESULTS:
        lists["results"] = lambda: _plain(content["results"], live["results"])
    for name, rows in lists.items():
        old.values[name] = _in_order(list(rows()), live[name])
    return old


def _in_order(then: list[Row], now: list[Row]) -> list[Row]:
    """Return the rows with places that put them in this order, the ones they have if those do."""
    shown = sorted(now, key=lambda row: (row["position"], row["id"]))
    if [row["id"] for row in then] == [row["id"] for row in shown]:
        return then
    return [row | {"position": place} for place, row in enumerate(then)]


def _by_id(rows: Iterable[Row]) -> dict[int, Row]:
    return {row["id"]: row for row in rows}


def _plain(then: list[Row], now: list[Row]) -> list[Row]:
    """Return the rows as they were; one that is gone today comes back as a new one."""
    today = _by_id(now)
    return [today.get(row["id"], {}) | row | {"id": _known(row, today)} for row in then]


def _known(row: Row, today: dict[int, Row]) -> int | None:
    return row["id"] if row["id"] in today else None


def _portfolios(content: Content, old: Old) -> list[int]:
    named = {row["id"]: row["name"] for row in content["portfolios"]}
    there = Portfolio.objects.filter(pk__in=named).values_list("pk", flat=True)
    kept = sorted(there)
    old.left_out += [_("salkku ”%s”") % name for pk, name in named.items() if pk not in kept]
    return kept


def _shares(content: Content, live: Values, old: Old) -> list[Row]:
    rows = []
    for row in _plain(content["funding"], live["funding_shares"]):
        payer, under = row["funder"], row["programme"]
        funder = _met(Funder, payer)
        if funder is None:
            old.left_out.append(_("rahoittaja ”%s”") % payer["name"])
            continue
        programme = _met(Programme, under, funder=funder) if under else None
        if under and programme is None:
            old.left_out.append(_("rahoitusohjelma ”%s”") % under["name"])
        rows.append(row | {"funder": funder, "programme": programme})
    return rows


def _implementers(content: Content, live: Values, old: Old) -> list[Row]:
    today = {row["organisation"]: row for row in live["implementer_set"]}
    rows: dict[int, Row] = {}
    for row in content["implementers"]:
        organisation = _met(Organisation, row)
        if organisation is None:
            old.left_out.append(_("toteuttaja ”%s”") % row["name"])
        else:
            new = {"id": None, "organisation": organisation}
            rows[organisation] = today.get(organisation, new)
    return list(rows.values())


def _met(model: type[Model], row: Row, **condition: Any) -> int | None:
    """Return the key of what the row names: itself, or what it has been merged into since."""
    known = model._default_manager.filter(**condition)
    found = (
        known.filter(pk=row["id"]).first()
        or known.filter(Q(name=row["name"]) | Q(aliases__contains=[row["name"]])).first()
    )
    return found.pk if found else None


def _contacts(content: Content, live: Values) -> list[Row]:
    """Return the roles as they were, each with the person that it has today, if any."""
    today, rows = _by_id(live["contacts"]), []
    for row in content["contacts"]:
        role = {name: row[name] for name in ("role", "unit", "unit_email")}
        if row["id"] in today:
            rows.append(today[row["id"]] | role)
        elif row["role"] or row["unit"]:
            rows.append(role | {"id": None, "visibility": Visibility.ROLE.value})
    somebody = ("role", "unit", "person_name")
    return [row for row in rows if any(row.get(name) for name in somebody)]


def _attachments(content: Content, live: Values, old: Old) -> list[Row]:
    """Return the links as they were, files that are still there, and today's hidden ones."""
    today, rows = _by_id(live["attachments"]), []
    for row in content["attachments"]:
        mine = today.get(row["id"])
        if not row["file"] or (mine and mine["file"] == row["file"]):
            rows.append((mine or {}) | row | {"id": mine and mine["id"]})
            continue
        old.left_out.append(_("tiedosto ”%s”") % row["title"])
        rows += [mine] if mine else []
    kept = {row["id"] for row in rows}
    return rows + [row for pk, row in today.items() if row["is_hidden"] and pk not in kept]


def _logos(content: Content, live: Values, old: Old) -> list[Row]:
    today, rows = _by_id(live["logos"]), []
    for row in content["logos"]:
        mine = today.get(row["id"])
        if mine and mine["image"] == row["image"]:
            rows.append(mine | row)
            continue
        old.left_out.append(_("logo ”%s”") % row["alt"])
        rows += [mine] if mine else []
    return rows
