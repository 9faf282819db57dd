"""The difference of two contents of a card as Finnish sentences; no database, no Django.

It serves whoever asks what changed: the public history, a reviewer, the second of two editors.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sivusto.history import wording
from sivusto.history.contents import Content, Row
from sivusto.history.gist import gist
from sivusto.history.outcomes import outcomes
from sivusto.history.promises import COST, END, START
from sivusto.history.rows import Paired, pair

Sentences = Iterator[str]
# Lists of names, each with its word alone and in the genitive plural.
NAMED = {
    "portfolios": ("Salkku", "Salkkujen"),
    "implementers": ("Toteuttaja", "Toteuttajien"),
    "parents": ("Päähanke", "Päähankkeiden"),
    "parts": ("Osahanke", "Osahankkeiden"),
    "predecessors": ("Edeltäjä", "Edeltäjien"),
    "successors": ("Jatkohanke", "Jatkohankkeiden"),
}
ATTACHMENT_FACTS = ("file_name", "size", "language", "kind", "document_date", "accessibility")
RELATIONS = ("parents", "parts", "predecessors", "successors")


def differences(old: Content, new: Content) -> list[str]:
    """Tell what changed from the old content to the new one, in the card's order.

    Empty if nothing did. Both are in the newest schema. Rows are known by their ids, or else by
    what they say.
    """
    return [
        *_fact("Hankkeen nimi", old["name"], new["name"]),
        *_type(old["project_type"], new["project_type"]),
        *_named("portfolios", old, new),
        *_sections(old["sections"], new["sections"]),
        *_fact("Käsittelyvaihe", *(wording.PHASES[each["phase"]] for each in (old, new))),
        *START.differences(old, new),
        *END.differences(old, new),
        *COST.differences(old, new),
        *_funding(old["funding"], new["funding"]),
        *_keys(old["keys"], new["keys"]),
        *_named("implementers", old, new),
        *_contacts(old["contacts"], new["contacts"]),
        *_attachments(old["attachments"], new["attachments"]),
        *_logos(old["logos"], new["logos"]),
        *outcomes(old["results"], new["results"]),
        *(sentence for name in RELATIONS for sentence in _named(name, old, new)),
    ]


def _fact(label: str, old: str, new: str) -> Sentences:
    if old != new:
        yield f"{label} muuttui: {old} → {new}."


def _type(old: Row | None, new: Row | None) -> Sentences:
    if old and new and old["name"] == new["name"]:
        return
    if old and new:
        yield f"Hanketyyppi muuttui: {old['name']} → {new['name']}."
    elif old or new:
        yield f"Hanketyyppi {_came(new)}: {(new or old or {})['name']}."


def _came(new: Any) -> str:
    return "lisättiin" if new else "poistettiin"


def _named(key: str, old: Content, new: Content) -> Sentences:
    label, of_them = NAMED[key]
    rows = pair(old[key], new[key], lambda row: row["name"])
    yield from (f"{label} poistettiin: {row['name']}." for row in rows.removed)
    yield from (f"{label} lisättiin: {row['name']}." for row in rows.added)
    for before, after in rows.kept:
        if before["name"] != after["name"]:
            yield f"Nimi muuttui ({label.lower()}): {before['name']} → {after['name']}."
    yield from _order(rows, of_them)


def _order(rows: Paired, of_them: str) -> Sentences:
    if rows.is_reordered:
        yield f"{of_them} järjestystä muutettiin."


def _sections(old: Sequence[Row], new: Sequence[Row]) -> Sentences:
    rows = pair(old, new, lambda row: (row["kind"], row["heading"]))
    for row in rows.removed:
        yield f"Tiivistelmästä poistettiin {_part(row, 'osa', 'otsikoton osa')}."
    for row in rows.added:
        yield f"Tiivistelmään lisättiin {_part(row, 'osa', 'otsikoton osa')}."
    for before, after in rows.kept:
        yield from _section(before, after)
    yield from _order(rows, "Tiivistelmän osien")


def _part(row: Row, headed: str, bare: str) -> str:
    name = wording.section(row)
    return f"{headed} {name}" if name else bare


def _section(old: Row, new: Row) -> Sentences:
    before, after = wording.section(old), wording.section(new)
    if before != after:
        yield f"Tiivistelmän osan otsikko muuttui: {before or '–'} → {after or '–'}."
    elif old["kind"] != new["kind"]:
        yield f"Aihe muuttui: {_part(new, 'tiivistelmän osa', 'tiivistelmän otsikoton osa')}."
    if old["body"] == new["body"]:
        return
    told = gist(old["body"], new["body"])
    if told:
        stop = "" if told.endswith(".”") else "."
        yield f"Tiivistelmän {_part(new, 'osaa', 'otsikotonta osaa')} muutettiin: {told}{stop}"
    else:
        yield f"Tiivistelmän {_part(new, 'osan', 'otsikottoman osan')} muotoilua muutettiin."


def _funding(old: Sequence[Row], new: Sequence[Row]) -> Sentences:
    rows = pair(old, new, lambda row: (wording.payer(row), row["stage"], row["kind"]))
    for row in rows.removed:
        yield f"{_funder_or_share(row, new)} poistettiin: {_worth(row)}."
    for row in rows.added:
        yield f"{_funder_or_share(row, old)} lisättiin: {_worth(row)}."
    for before, after in rows.kept:
        yield from _share(before, after)
    yield from _order(rows, "Rahoitusosuuksien")


def _funder_or_share(row: Row, others: Sequence[Row]) -> str:
    funders = {other["funder"]["id"] for other in others}
    return "Rahoitusosuus" if row["funder"]["id"] in funders else "Rahoittaja"


def _worth(share: Row) -> str:
    return ", ".join(filter(None, (wording.payer(share), wording.figures(share))))


def _share(old: Row, new: Row) -> Sentences:
    payer = wording.payer(new)
    if wording.payer(old) != payer:
        is_same = old["funder"]["id"] == new["funder"]["id"]
        verb = "Rahoittajan tai ohjelman nimi muuttui" if is_same else "Rahoittaja vaihtui"
        yield f"{verb}: {wording.payer(old)} → {payer}."
    if wording.figures(old) != wording.figures(new):
        before, after = wording.figures(old) or "ei tiedossa", wording.figures(new) or "ei tiedossa"
        yield f"Rahoitusosuus muuttui: {payer}, {before} → {after}."
    if old["stage"] != new["stage"]:
        yield f"Rahoitusosuus on nyt {wording.STAGES[new['stage']]}: {payer}."
    if old["is_declared"] != new["is_declared"]:
        verb = "Ilmoitettu rahoittajaksi" if new["is_declared"] else "Ei enää ilmoitettu rahoittaja"
        yield f"{verb}: {payer}."
    if old["is_proposal"] != new["is_proposal"]:
        state = "tarkistamatta" if new["is_proposal"] else "tarkistettu"
        yield f"Rahoitusosuuden luvut on {state}: {payer}."


def _keys(old: Sequence[Row], new: Sequence[Row]) -> Sentences:
    rows = pair(old, new, lambda row: row["id"])
    for row in (*rows.removed, *rows.added):
        yield f"{wording.KEYS[row['kind']]} {_came(row in rows.added)}: {row['value']}."


def _contacts(old: Sequence[Row], new: Sequence[Row]) -> Sentences:
    rows = pair(old, new, wording.contact)
    for row in (*rows.removed, *rows.added):
        yield f"Yhteyshenkilö {_came(row in rows.added)}{_who(row)}."
    for before, after in rows.kept:
        yield from _contact(before, after)
    yield from _order(rows, "Yhteyshenkilöiden")


def _who(row: Row) -> str:
    name = wording.contact(row)
    return f": {name}" if name else ""


def _contact(old: Row, new: Row) -> Sentences:
    if wording.contact(old) != wording.contact(new):
        before, after = wording.contact(old) or "–", wording.contact(new) or "–"
        yield f"Yhteyshenkilön tehtävä tai yksikkö muuttui: {before} → {after}."
    if old["visibility"] != new["visibility"]:
        yield f"Yhteyshenkilöstä näkyvät tiedot muuttuivat{_who(new)}."
    elif _is_other(old, new, "person"):
        yield f"Yhteyshenkilön nimi muuttui{_who(new)}."
    elif old["unit_email"] != new["unit_email"] or _is_other(old, new, "details"):
        yield f"Yhteystiedot muuttuivat{_who(new)}."


def _is_other(old: Row, new: Row, mark: str) -> bool:
    """Tell whether marks stand for different values; those of different keys tell nothing."""
    before, after = old[mark], new[mark]
    return before != after and (not before or not after or before[:2] == after[:2])


def _attachments(old: Sequence[Row], new: Sequence[Row]) -> Sentences:
    rows = pair(old, new, lambda row: row["title"])
    for row in (*rows.removed, *rows.added):
        yield f"Liite {_came(row in rows.added)}: {row['title']}."
    for before, after in rows.kept:
        yield from _attachment(before, after)
    yield from _order(rows, "Liitteiden")


def _attachment(old: Row, new: Row) -> Sentences:
    title = new["title"]
    noted = [field for field in ATTACHMENT_FACTS if field in old]
    if old["title"] != title:
        yield f"Liitteen otsikko muuttui: {old['title']} → {title}."
    if old["file"] != new["file"]:
        yield f"Liitteen tiedosto vaihtui: {title}."
    elif old["url"] != new["url"]:
        yield f"Liitteen linkki vaihtui: {title}."
    elif any(old[field] != new[field] for field in noted if field in new):
        yield f"Liitteen tiedot muuttuivat: {title}."


def _logos(old: Sequence[Row], new: Sequence[Row]) -> Sentences:
    rows = pair(old, new, lambda row: row["alt"])
    for row in (*rows.removed, *rows.added):
        yield f"Logo {_came(row in rows.added)}: {row['alt']}."
    for before, after in rows.kept:
        if (before["alt"], before["image"]) != (after["alt"], after["image"]):
            yield f"Logo muuttui: {after['alt']}."
    yield from _order(rows, "Logojen")
