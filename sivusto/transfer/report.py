"""A plan told to people, and as JSON to programs."""

from collections import defaultdict
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sivusto.transfer.cardtext import to_json
from sivusto.transfer.merge import Fact, Step, group_of
from sivusto.transfer.planned import Action, Plan, PlannedCard

EXCERPT = 90


def action_label(action: Action) -> str:
    """Return what becomes of a file, in a word."""
    return {
        Action.NEW: _("Uusi"),
        Action.CHANGED: _("Muuttuu"),
        Action.UNCHANGED: _("Ennallaan"),
        Action.CONFLICT: _("Ristiriita"),
        Action.FAULTY: _("Virheellinen"),
    }[action]


def missing_label(field: str) -> str:
    """Return a missing field's name as the card has it."""
    return {
        "name": _("hankkeen nimi"),
        "project_type": _("hanketyyppi"),
        "portfolios": _("salkut"),
        "phase": _("käsittelyvaihe"),
        "start_date": _("aloittamispvm"),
        "end_date": _("päättymispvm"),
        "sections": _("tiivistelmä"),
        "funders": _("rahoittajat"),
        "implementers": _("toteuttajat"),
        "contacts": _("yhteyshenkilöt"),
        "attachments": _("liitteet"),
    }.get(field, field)


def contents(card: PlannedCard) -> list[str]:
    """Return what a new card holds, a line for each kind of thing."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, fact in (card.new or {}).items():
        label, _colon, detail = str(fact.label).partition(": ")
        if group_of(key) == "section":
            found[label].append(detail)
        elif key != "name":
            found[label].append(f"{detail} ({fact.shown})" if detail else str(fact.shown))
    return [f"{label}: {'; '.join(values)}" for label, values in found.items()]


def differences(card: PlannedCard) -> list[str]:
    """Return a line for each difference; a new card has none, since all of it is new."""
    return [] if card.action == Action.NEW else [told(step, card.same_as) for step in card.steps]


def sum_line(plan: Plan) -> str:
    """Return "Yhteensä 5 tiedostoa: 3 uutta, …"."""
    counts = plan.counts
    parts = [
        ngettext("%d uusi", "%d uutta", counts[Action.NEW]) % counts[Action.NEW],
        ngettext("%d muuttuu", "%d muuttuu", counts[Action.CHANGED]) % counts[Action.CHANGED],
        _("%d ennallaan") % counts[Action.UNCHANGED],
        ngettext("%d ristiriita", "%d ristiriitaa", counts[Action.CONFLICT])
        % counts[Action.CONFLICT],
        ngettext("%d virheellinen", "%d virheellistä", counts[Action.FAULTY])
        % counts[Action.FAULTY],
    ]
    total = ngettext("%d tiedosto", "%d tiedostoa", len(plan.cards)) % len(plan.cards)
    return f"{_('Yhteensä')} {total}: {', '.join(parts)}."


def as_text(card: PlannedCard) -> str:
    """Return a file's part of the report: what becomes of it, what differs, what is missing."""
    name = card.text.name
    code = f" ({card.code})" if card.code else ""
    head = f"{action_label(card.action).upper()}: {card.text.source}"
    lines = [f"{head} – {name}{code}" if name else head]
    details = contents(card) if card.action == Action.NEW else differences(card)
    lines += [f"  {line}" for line in details]
    if card.text.missing and card.text.is_card:
        names = ", ".join(missing_label(field) for field in card.text.missing)
        lines.append(f"  {_('Tekstistä puuttuu')}: {names}.")
    return "\n".join(lines + [f"  {message}" for message in card.messages])


def as_json(card: PlannedCard) -> dict[str, Any]:
    """Return a file's part of the report for programs."""
    return {
        "source": card.text.source,
        "action": str(card.action),
        "code": card.code,
        "missing": list(card.text.missing),
        "messages": [*differences(card), *card.messages],
        "card": to_json(card.text.card) if card.text.card else None,
    }


def told(step: Step, other: str = "") -> str:
    """Return one difference as a line; `other` is the file that a copy of a card differs from."""
    old, new = excerpts(step.now, step.new)
    values = {"label": step.label, "old": old, "new": new, "other": other}
    if other:
        return _("%(label)s: tiedostossa %(other)s on ”%(old)s”, tässä ”%(new)s”.") % values
    if step.kind == "conflict":
        return (
            _(
                "Ristiriita, %(label)s: kortilla on ”%(old)s”, tekstissä ”%(new)s”. "
                "Kortti jää ennalleen."
            )
            % values
        )
    return f"{step.label}: {old} → {new}"


def excerpts(now: Fact | None, new: Fact | None) -> tuple[str, str]:
    """Return both sides of a difference, long ones cut to where they begin to differ."""
    old, fresh = (str(fact.shown) if fact else "" for fact in (now, new))
    if now and new and old == fresh:
        return _("(nykyinen muotoilu)"), _("(toinen muotoilu)")
    start = 0
    if max(len(old), len(fresh)) > EXCERPT and now and new:
        start = max(0, _alike(old, fresh) - 30)
    return _cut(old, start), _cut(fresh, start)


def _alike(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _cut(text: str, start: int) -> str:
    part = text[start : start + EXCERPT]
    before = "…" if start else ""
    after = "…" if len(text) > start + EXCERPT else ""
    return f"{before}{part}{after}" or "–"
