"""What a card promises and what came true: days and costs that are both planned and actual."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sivusto.history import wording
from sivusto.history.contents import Content


@dataclass(frozen=True)
class Verbs:
    """How one value's sentences begin when it moves, is set, or is taken away."""

    moved: str
    was_set: str
    removed: str

    def tell(
        self, old: str | None, new: str | None, write: Callable[[str], str], note: str = ""
    ) -> str:
        """Write the sentence of a change from one value to another; at least one is known."""
        if old and new:
            return f"{self.moved} {write(old)} → {write(new)}{note}."
        return (
            f"{self.was_set} {write(new)}{note}." if new else f"{self.removed} {write(old or '')}."
        )


@dataclass(frozen=True)
class Promise:
    """A fact with a planned and an actual field; the card shows the actual one if there is."""

    planned: str
    actual: str
    shown: Verbs
    plan: Verbs
    came_true: str
    is_plan_again: str
    write: Callable[[str], str]

    def differences(self, old: Content, new: Content) -> Iterator[str]:
        """Tell how the shown value changed, then how the plan behind it did."""
        was, now = old[self.actual], new[self.actual]
        before, after = was or old[self.planned], now or new[self.planned]
        if before != after:
            note = " (toteutunut)" if now and not was else ""
            yield self.shown.tell(before, after, self.write, note)
        elif after and bool(was) != bool(now):
            yield f"{self.came_true if now else self.is_plan_again}: {self.write(after)}."
        if (was or now) and old[self.planned] != new[self.planned]:
            yield self.plan.tell(old[self.planned], new[self.planned], self.write)


def _day(which: str, name: str) -> Promise:
    lower = name.lower()
    return Promise(
        f"planned_{which}_date",
        f"actual_{which}_date",
        Verbs(f"{name} siirtyi", f"{name}ksi merkittiin", f"{name} poistettiin:"),
        Verbs(
            f"Suunniteltu {lower} siirtyi",
            f"Suunnitelluksi {lower}ksi merkittiin",
            f"Suunniteltu {lower} poistettiin:",
        ),
        f"{name} on toteutunut",
        f"{name} on jälleen suunnitelma",
        wording.day,
    )


START = _day("start", "Aloittamispäivä")
END = _day("end", "Päättymispäivä")
COST = Promise(
    "planned_cost",
    "actual_cost",
    Verbs("Kustannukset muuttuivat", "Kustannuksiksi merkittiin", "Kustannukset poistettiin:"),
    Verbs(
        "Suunnitellut kustannukset muuttuivat",
        "Suunnitelluiksi kustannuksiksi merkittiin",
        "Suunnitellut kustannukset poistettiin:",
    ),
    "Kustannukset ovat toteutuneet",
    "Kustannukset ovat jälleen suunnitelma",
    wording.euros,
)
