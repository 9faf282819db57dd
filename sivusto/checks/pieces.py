"""What a card lacks, untidy names, and contact details that stand in its free text."""

import re
from collections.abc import Iterator

from sivusto.checks.model import Card, Change, Finding, Fix, Weight, shortened

_EMAIL = re.compile(r"[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PERSONAL = re.compile(r"^(?!etunimi|firstname)[a-zåäö-]{2,}\.[a-zåäö-]{2,}(?: ?@| ?[(\[])", re.I)
# Finnish mobile numbers; a number of a contact is known as such whatever its form.
_MOBILE = re.compile(
    r"(?<![\w.,:/+-])(?:\+358[ -]?(?:\(0\))?|0)(?:4\d|50)\d?(?:[ -]?\d){5,7}(?![\d.,/]\d|\d)"
)
_NUMBER = re.compile(r"(?<![\w.,:/+-])(?:\+358|0)[\d ()–-]{5,16}\d(?!\d)")
_EU_LOGO = re.compile(r"euroopan union|\beu\b|\beu[:-]|eakr|\besr", re.IGNORECASE)
_STRAY = re.compile(r"^[\s,;:]+|(?:[\s,;:]|\s[-–])+$")


def check_pieces(card: Card) -> Iterator[Finding]:
    """Yield what is missing, what is untidy, and what should stand elsewhere."""
    yield from _missing(card)
    yield from _emblem(card)
    yield from _attachments(card)
    yield from _dead_links(card)
    yield from _names(card)
    yield from _details(card)


def _missing(card: Card) -> Iterator[Finding]:
    has_money = any(share.has_figures for share in card.shares)
    rules: tuple[tuple[str, bool, Weight, str], ...] = (
        ("summary", not any(s.text for s in card.sections), "notable", "Tiivistelmä on tyhjä."),
        ("portfolio", not card.portfolios, "notable", "Salkkua ei ole valittu."),
        ("type", not card.project_type, "minor", "Hanketyyppiä ei ole valittu."),
        ("start", card.start is None, "notable", "Aloittamispvm puuttuu."),
        ("end", card.end is None, "notable" if card.is_over else "minor", "Päättymispvm puuttuu."),
        (
            "funder",
            not card.declared and not has_money,
            "notable",
            "Rahoittajat-kenttä on tyhjä.",
        ),
        ("implementer", not card.implementers, "notable", "Toteuttajaa ei ole nimetty."),
        ("contact", not card.contacts, "notable", "Yhteyshenkilöä ei ole nimetty."),
    )
    for what, is_missing, weight, message in rules:
        if is_missing:
            is_begun = card.publication == "draft"
            yield Finding(f"missing_{what}", "minor" if is_begun else weight, message)


def _emblem(card: Card) -> Iterator[Finding]:
    """Ask for the EU's emblem while the work goes on; text alone cannot tell of pictures."""
    payers = [share.name for share in card.declared if share.kind == "eu"]
    if payers and not card.from_text and not card.is_over:
        if any(_EU_LOGO.search(alt) for alt in card.logos):
            return
        message = (
            f"{payers[0]} rahoittaa hanketta, mutta kortilla ei ole Euroopan unionin tunnusta."
        )
        yield Finding("missing_emblem", "minor", message, payers[0], None, (payers[0],))


def _attachments(card: Card) -> Iterator[Finding]:
    for attachment in card.attachments:
        if not attachment.is_there and not card.from_text:
            message = f"Liitteellä ”{attachment.title}” ei ole linkkiä eikä tiedostoa."
            about = (attachment.title,)
            yield Finding("empty_attachment", "minor", message, attachment.title, None, about)


def _dead_links(card: Card) -> Iterator[Finding]:
    for link in card.dead_links:
        asked = f"{link.asked.day}.{link.asked.month}.{link.asked.year}"
        message = f"{link.place}: linkki ei toimi ({asked}: {link.problem})."
        about = (link.place, link.address)
        yield Finding("dead_link", "minor", message, shortened(link.address), None, about)


def tidy(name: str) -> str:
    """Return a name without stray commas and spaces."""
    return re.sub(r"\s+(?=[,;])|\s+(?=\s)", "", _STRAY.sub("", name))


def _names(card: Card) -> Iterator[Finding]:
    named = [("Hankkeen nimi", card.name)]
    named += [("Toteuttajan nimi", name) for name in card.implementers]
    named += [("Rahoittajan nimi", share.name) for share in card.declared]
    named += [("Yhteyshenkilön nimi", contact.name) for contact in card.contacts if contact.name]
    named += [("Liitteen otsikko", attachment.title) for attachment in card.attachments]
    for place, (label, name) in enumerate(named):
        better = tidy(name)
        if better == name or not better:
            continue
        fix = None
        if place == 0:
            fix = Fix(f"Korjaa nimeksi ”{better}”", (Change("project", {"name": better}),))
        message = f"{label} ”{shortened(name)}” {_fault(name)}."
        quote = name if place == 0 or label != "Yhteyshenkilön nimi" else ""
        yield Finding("untidy_name", "minor", message, quote, fix, (label, name))


def _fault(name: str) -> str:
    end = name.strip()[-1:]
    if name[:1] in ",;:":
        return "alkaa välimerkillä"
    if end == ",":
        return "päättyy pilkkuun"
    if end in ";:-–":
        return "päättyy välimerkkiin"
    return "sisältää ylimääräisiä välilyöntejä"


def _details(card: Card) -> Iterator[Finding]:
    """Find phones and addresses of persons; what is kept of them holds no number or name."""
    numbers = {_digits(contact.phone) for contact in card.contacts if len(contact.phone) > 5}
    addresses = {_address(contact.email) for contact in card.contacts if contact.email}
    for part in card.sections:
        where = f"osassa ”{part.heading}”" if part.heading else "tiivistelmässä"
        phones, mails = [], []
        for line in part.text.split("\n"):
            mine = [match.group() for match in _MOBILE.finditer(line)]
            mine += [n.group() for n in _NUMBER.finditer(line) if _digits(n.group()) in numbers]
            phones += mine
            mails += [
                match.group()
                for match in _EMAIL.finditer(line)
                if _PERSONAL.match(match.group()) or mine or _address(match.group()) in addresses
            ]
        for kind, what, found in (
            ("phone_in_text", "puhelinnumero", phones),
            ("email_in_text", "sähköpostiosoite", mails),
        ):
            if found:
                quote = _masked(part.text, found[0], (*phones, *mails))
                message = (
                    f"Yhteyshenkilön {what} on vapaassa tekstissä, {where}. "
                    "Siirrä se yhteyshenkilön tietoihin."
                )
                yield Finding(kind, "notable", message, quote, None, (part.heading, *found))


def _masked(text: str, found: str, details: tuple[str, ...]) -> str:
    """Return the words around a detail, every detail hidden: findings outlive contacts."""
    line = next(line for line in text.split("\n") if found in line)
    place = line.index(found)
    marked = f"{line[:place]}\0{line[place + len(found) :]}"
    for detail in details:
        marked = marked.replace(detail, "•••")
    before, _mark, after = marked.partition("\0")
    return shortened(" ".join([*before.split()[-8:], "•••", *after.split()[:4]]))


def _digits(phone: str) -> str:
    """Return a number's digits, the same with and without the country."""
    return re.sub(r"^(?:358|0)", "", re.sub(r"\(0\)|\D", "", phone))


def _address(email: str) -> str:
    return re.sub(r" ?(?:@|\(at\)|\[at\]) ?", "@", email).casefold()
