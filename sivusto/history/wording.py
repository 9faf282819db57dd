"""The Finnish words of the sentences that tell of changes."""

from datetime import date
from decimal import Decimal

from sivusto.history.contents import Row

NBSP = "\xa0"
PHASES = {
    "planned": "suunnitteilla",
    "running": "käynnissä",
    "ended": "päättynyt",
    "discontinued": "keskeytetty",
}
KINDS = {
    "goals": "Tavoitteet",
    "measures": "Toimenpiteet",
    "results": "Tulokset",
    "benefits": "Hyödyt",
    "costs": "Kustannukset ja rahoitus",
    "other": "Muu",
}
RESULT_STATES = {
    "in_use": "käytössä",
    "moved": "siirtyi",
    "ended": "päättyi",
    "unknown": "ei tietoa",
}
STAGES = {"planned": "suunniteltu", "actual": "toteutunut"}
KEYS = {"eura": "EURA-hankekoodi", "case": "Asianumero"}


def day(value: str) -> str:
    """Write an ISO date as ``1.4.2013``."""
    parsed = date.fromisoformat(value)
    return f"{parsed.day}.{parsed.month}.{parsed.year}"


def euros(value: str) -> str:
    """Write a sum as ``1 333 334 €``, cents only where there are some."""
    number = Decimal(value)
    text = f"{number:,.2f}".removesuffix(".00").replace(",", NBSP).replace(".", ",")
    return f"{text}{NBSP}€"


def percent(value: str) -> str:
    """Write a percentage as ``12,5 %``."""
    text = f"{Decimal(value):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text}{NBSP}%"


def payer(share: Row) -> str:
    """Name a share's funder and programme."""
    programme = share["programme"]
    return ", ".join([share["funder"]["name"], *([programme["name"]] if programme else [])])


def figures(share: Row) -> str:
    """Write what a share is worth, "" where nothing is known."""
    known = [
        write(share[field])
        for field, write in (("amount", euros), ("percent", percent))
        if share[field] is not None
    ]
    in_kind = ["työnä tai palveluina"] if share["kind"] == "in_kind" else []
    return ", ".join(known + in_kind)


def section(row: Row) -> str:
    """Name a part of the summary, "" for one without a heading."""
    heading: str = row["heading"]
    return heading or ("" if row["kind"] == "other" else KINDS[row["kind"]])


def contact(row: Row) -> str:
    """Name a contact by role and unit."""
    return ", ".join(filter(None, (row["role"], row["unit"])))
