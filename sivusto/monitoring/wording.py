"""What reports say, as sentences."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from seuranta.report import Month, month_ranges
from seuranta.standing import Change, Kind, Standing

STANDINGS = {
    Standing.DONE: gettext_lazy("Valmis"),
    Standing.LATE: gettext_lazy("Myöhässä"),
    Standing.RUNNING: gettext_lazy("Käynnissä"),
    Standing.PLANNED: gettext_lazy("Ei vielä alkanut"),
    Standing.DISCONTINUED: gettext_lazy("Keskeytetty"),
    Standing.SILENT: gettext_lazy("Ei raportoitu"),
}
# Colours of the style sheet that say the same as the words beside them.
COLOURS = {
    Standing.DONE: "running",
    Standing.LATE: "discontinued",
    Standing.RUNNING: "now",
    Standing.PLANNED: "planned",
    Standing.DISCONTINUED: "ended",
    Standing.SILENT: "silent",
}
HAPPENED = {
    Kind.DONE: gettext_lazy("Valmistui: %(names)s."),
    Kind.STARTED: gettext_lazy("Käynnistyi: %(names)s."),
    Kind.LATE: gettext_lazy("Viivästyi: %(names)s."),
    Kind.DISCONTINUED: gettext_lazy("Keskeytettiin: %(names)s."),
    Kind.ADDED: gettext_lazy("Uutta: %(names)s."),
    Kind.REMOVED: gettext_lazy("Jäi pois: %(names)s."),
    Kind.MOVED: gettext_lazy("Ajoitus muuttui: %(names)s."),
    Kind.SILENT: gettext_lazy("Jäi raportoimatta: %(names)s."),
    Kind.HEARD: gettext_lazy("Raportoitiin ensi kertaa: %(names)s."),
}
NAMED_AT_MOST = 3
LONGEST_NAME = 70


def months_in_words(months: Iterable[Month]) -> str:
    """Write months as ranges: ``11/2020, 1/2021–3/2021``."""
    return ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in month_ranges(months)
    )


def summary(standings: dict[str, int]) -> str:
    """Tell how many measures stand how: ``12 toimenpidettä: 3 valmista, 9 käynnissä.``"""
    number = sum(standings.values())
    parts = [_part(each, standings[each.value]) for each in Standing if standings.get(each.value)]
    measures = ngettext("%(n)d toimenpide", "%(n)d toimenpidettä", number) % {"n": number}
    return f"{measures}: {', '.join(parts)}." if parts else f"{measures}."


def _part(each: Standing, n: int) -> str:
    words = {
        Standing.DONE: ngettext("%(n)d valmis", "%(n)d valmista", n),
        Standing.LATE: ngettext("%(n)d myöhässä", "%(n)d myöhässä", n),
        Standing.RUNNING: ngettext("%(n)d käynnissä", "%(n)d käynnissä", n),
        Standing.PLANNED: ngettext("%(n)d ei vielä alkanut", "%(n)d ei vielä alkanut", n),
        Standing.DISCONTINUED: ngettext("%(n)d keskeytetty", "%(n)d keskeytettyä", n),
        Standing.SILENT: ngettext("%(n)d raportoimatta", "%(n)d raportoimatta", n),
    }
    return words[each] % {"n": n}


def sentences(found: list[Change]) -> list[str]:
    """Tell what changed, a sentence for each kind."""
    return [
        str(HAPPENED[kind]) % {"names": _names(list(same))}
        for kind, same in groupby(found, lambda change: change.kind)
    ]


def _names(found: list[Change]) -> str:
    named = [_name(change) for change in found[:NAMED_AT_MOST]]
    left = len(found) - len(named)
    if left:
        named.append(ngettext("ja %(n)d muu", "ja %(n)d muuta", left) % {"n": left})
        return f"{', '.join(named[:-1])} {named[-1]}"
    return ", ".join(named)


def _name(change: Change) -> str:
    short = change.title
    if len(short) > LONGEST_NAME:
        short = f"{short[:LONGEST_NAME].rsplit(' ', 1)[0].rstrip('.,;:')}…"
    name = f"”{short}”"
    if change.kind is not Kind.MOVED:
        return name
    before = months_in_words(change.before) or _("ei kuukausia")
    after = months_in_words(change.after) or _("ei kuukausia")
    return f"{name} ({before} → {after})"


def standings_in_order(standings: dict[str, int]) -> Iterator[tuple[Any, str, int]]:
    """Yield the word, colour and number of each way to stand that there is."""
    for each in Standing:
        if number := standings.get(each.value):
            yield STANDINGS[each], COLOURS[each], number
