"""Texts of cards as a browser copies them from the old register, and what imports them."""

from hankkeet.models import Publication
from sivusto.transfer.apply import Result, apply
from sivusto.transfer.plan import plan
from sivusto.transfer.planned import Action, Plan
from sivusto.transfer.sources import Source

NBSP = "\xa0"
FIELDS = {
    "name": "Kirjaston yöt",
    "project_type": "Kaupungin hanke",
    "portfolios": "Kulttuurisalkku 2014-2020",
    "summary": (
        "Tavoitteet\nKirjasto pysyy auki yöllä.\n\nToimenpiteet\n- ovet auki\n- valot päälle"
    ),
    "phase": "Päättynyt",
    "start_date": "1.1.2014",
    "end_date": "31.12.2015",
    "funders": "Jokilahden kaupunki",
    "implementers": "Kirjastopalvelut",
    "contacts": "Maija Mallinen, projektipäällikkö, p. 040 000 0001",
    "attachments": "Loppuraportti   yot_loppuraportti.pdf   2 876 kt",
    "logos": "",
}
LABELS = {
    "name": "Hankkeen nimi",
    "project_type": "Hanketyyppi",
    "portfolios": "Salkku",
    "summary": "Tiivistelmä",
    "phase": "Käsittelyvaihe",
    "start_date": "Aloittamispvm",
    "end_date": "Päättymispvm",
    "funders": "Rahoittajat",
    "implementers": "Toteuttajat",
    "contacts": "Yhteyshenkilöt",
    "attachments": "Liitteet",
    "logos": "Logot",
}
ON_NEXT_LINE = {"summary", "funders", "implementers", "attachments"}


def card_text(**fields: str) -> str:
    """Return a whole card's text; `fields` replace the library's."""
    values = FIELDS | fields
    lines = ["Jokilahden kehittämissalkut - hanketietokanta", "", values["name"], "*"]
    for field, label in LABELS.items():
        gap = "\n" if field in ON_NEXT_LINE else ""
        lines.append(f"{label} {NBSP} {gap}{values[field]}")
    return "\n".join([*lines, "*", "© Jokilahden kaupunki - Hanketietokanta - palaute"])


def source(text: str = "", file: str = "kortti.txt", **fields: str) -> Source:
    """Return a source of the text, or of a card with the fields."""
    return Source(file, (text or card_text(**fields)).encode())


def bring_in(*sources: Source, publication: Publication = Publication.PUBLISHED) -> Result:
    """Plan and apply."""
    return apply(plan(sources or [source()], publication))


def actions(planned: Plan | Result) -> list[Action]:
    """Return what becomes of each file."""
    return [card.action for card in planned.cards]


def differences(planned: Plan) -> list[tuple[str, str, str, str]]:
    """Return every step as (key, kind, old, new)."""
    return [
        (
            step.key.partition("/")[0],
            step.kind,
            step.now.shown if step.now else "",
            step.new.shown if step.new else "",
        )
        for card in planned.cards
        for step in card.steps
    ]
