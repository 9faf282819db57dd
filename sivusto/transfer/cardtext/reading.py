"""A whole text read as a card: fields found, read one by one, and what is missing told."""

import re
from dataclasses import dataclass, replace

from sivusto.transfer.cardtext import fields
from sivusto.transfer.cardtext.attachments import attachments, logos
from sivusto.transfer.cardtext.cleaning import LINK_END, LINK_START, clean, squeeze, unframed
from sivusto.transfer.cardtext.contacts import contacts
from sivusto.transfer.cardtext.funders import funder_names
from sivusto.transfer.cardtext.labels import FIELDS, LABELS, Label, candidates, choose
from sivusto.transfer.cardtext.model import Card, Reading
from sivusto.transfer.cardtext.money import read_money
from sivusto.transfer.cardtext.page import is_html, old_id, page_text
from sivusto.transfer.cardtext.sections import sections

_HEADER = re.compile(r"(?:hanketietokanta|kehittämissalkut.{0,20}hanke\w*)\s*$", re.IGNORECASE)
_FOOTER = re.compile(r"\s*©.*(?:tietokanta|palaute|hankke)", re.IGNORECASE)
# Fields that stand beside each other in one row of the page.
_SIDE_BY_SIDE = re.compile(
    r"(?<=\S)(?:[ \xa0]{2,4}|\t)"
    r"(?=(?:Käsittelyvaihe|Aloittamispvm|Päättymispvm)(?:[ \xa0]{2}|[\t:]))"
)
_REQUIRED = (
    "name",
    "project_type",
    "portfolios",
    "phase",
    "start_date",
    "end_date",
    "sections",
    "funders",
    "implementers",
    "contacts",
)
_NOT_A_CARD = (
    "Tämä ei ole vanhan rekisterin hankekortti. Tekstistä etsittiin kenttiä {wanted}; {found}. "
    "Avaa kortti selaimessa, kopioi koko sivu ja tallenna se tekstinä, tai tallenna sivu "
    "HTML-tiedostona."
)


@dataclass(frozen=True)
class _Fields:
    """The lines of each field that the text holds, and what hangs loose at a cut-off end."""

    lines: dict[str, list[str]]
    title: str
    loose: str
    complete: bool


def read_card(text: str) -> Reading:
    """Read one card from text as a browser copies it, or from the HTML of its page."""
    text = clean(text)
    identifier = old_id(text)
    text = page_text(text) if is_html(text) else unframed(text)
    lines = _SIDE_BY_SIDE.sub("\n", text).split("\n")
    found = candidates(lines)
    if len({label.field for label in found}) < 3 and len(lines) < 200:
        lines = _unfolded(lines)
        found = candidates(lines)
    lines, found, messages = _first_card(lines, found)
    chosen = choose(found)
    if not _is_card(lines, chosen):
        return Reading(Card(), _REQUIRED, (_refusal(chosen),), False, identifier)
    parts = _split(lines, chosen)
    card, notes = _card(parts)
    missing, cut = _lacks(card, parts)
    return Reading(card, missing, (*messages, *notes, *cut), True, identifier)


def _unfolded(lines: list[str]) -> list[str]:
    """Break a text that lost its line ends in front of the labels."""
    labels = "|".join(label.replace(" ", r"\s+") for label in LABELS)
    pattern = re.compile(rf"\s(?=(?:{labels})[\s:A-ZÅÄÖ\d])")
    return [part for line in lines for part in pattern.sub("\n", line).split("\n")]


def _first_card(
    lines: list[str], found: list[Label]
) -> tuple[list[str], list[Label], tuple[str, ...]]:
    """Keep the first card of a text that holds several, and tell so."""
    starts = _starts(found)
    if len(starts) < 2:
        return lines, found, ()
    ends = [_top(lines, start) for start in starts[1:]] + [len(lines)]
    bodies = [_words(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    kept = max(range(len(bodies)), key=lambda number: len(bodies[number]))
    if all(_begins(bodies[kept], body) for body in bodies):
        messages: tuple[str, ...] = (
            "Sama kortti on tekstissä useaan kertaan; se luettiin kerran.",
        )
    else:
        kept = 0
        messages = (
            f"Tekstissä on {len(starts)} eri korttia, joista luettiin ensimmäinen. "
            "Jaa tiedosto niin, että joka kortti on omassa tiedostossaan.",
        )
    first = ends[kept - 1] if kept else 0
    rest = [label for label in found if first <= label.line < ends[kept]]
    moved = [replace(label, line=label.line - first) for label in rest]
    return lines[first : ends[kept]], moved, messages


def _begins(whole: list[str], part: list[str]) -> bool:
    """Tell whether a card is the beginning of another; its last word may be cut off."""
    last = len(part) - 1
    return whole[:last] == part[:-1] and whole[last].startswith(part[-1])


def _starts(found: list[Label]) -> list[int]:
    """Return the lines where cards begin: a name that the type or portfolio follows."""
    starts: list[int] = []
    tail_seen = False
    for number, label in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if label.field == 0 and label.score >= 5:
            follows = after is not None and 0 < after.field < 4 and after.line - label.line < 12
            if follows or (starts and tail_seen):
                starts.append(label.line)
                tail_seen = False
        tail_seen = tail_seen or label.field >= FIELDS.index("contacts")
    return starts


def _top(lines: list[str], start: int) -> int:
    """Return where a card begins, its header and title above the first field included."""
    top = start
    seen_title = False
    while top and start - top < 8:
        above = squeeze(lines[top - 1]).strip("* ")
        if above and _HEADER.search(above):
            return top - 1
        if above and (seen_title or _FOOTER.match(above)):
            break
        seen_title = seen_title or bool(above)
        top -= 1
    return start


def _words(lines: list[str]) -> list[str]:
    words = [word for line in lines if not _FOOTER.match(line) for word in squeeze(line).split()]
    return [word for word in words if word.strip("*")]


def _is_card(lines: list[str], chosen: dict[int, Label]) -> bool:
    sure = [label for label in chosen.values() if label.score >= 5]
    if len(sure) >= 3:
        return True
    named = 0 in chosen and chosen[0].score >= 5
    headed = any(_HEADER.search(squeeze(line)) for line in lines[: min(10, len(lines))])
    return named and (len(sure) >= 2 or headed)


def _refusal(chosen: dict[int, Label]) -> str:
    names = [LABELS[field] for field in chosen]
    found = f"niistä löytyi vain: {', '.join(names)}" if names else "yhtään niistä ei löytynyt"
    return _NOT_A_CARD.format(wanted=", ".join(LABELS), found=found)


def _split(lines: list[str], chosen: dict[int, Label]) -> _Fields:
    footer = _footer(lines, max(label.line for label in chosen.values()))
    order = list(chosen.values())
    ends = [label.line for label in order[1:]] + [footer]
    parts: dict[str, list[str]] = {}
    for label, end in zip(order, ends, strict=True):
        parts[FIELDS[label.field]] = [label.value, *lines[label.line + 1 : end]]
    complete = footer < len(lines) or "logos" in parts
    loose = "" if complete else _take_loose_end(parts, order[-1])
    return _Fields(parts, _title(lines, order[0].line), loose, complete)


def _footer(lines: list[str], last: int) -> int:
    for number in range(last + 1, len(lines)):
        if _FOOTER.match(lines[number]):
            return number
    return len(lines)


def _take_loose_end(parts: dict[str, list[str]], last: Label) -> str:
    """Take away a last line that is only the beginning of the next label ("Käsittelyv")."""
    value = parts[FIELDS[last.field]]
    fragment = squeeze(value[-1])
    following = LABELS[last.field + 1] if last.field + 1 < len(LABELS) else ""
    begins = following.casefold().startswith(fragment.casefold()) and fragment[:1].isupper()
    if len(value) < 2 or not begins:
        return ""
    value.pop()
    return fragment


def _title(lines: list[str], first: int) -> str:
    """Return the title above the fields: the last line there that is no header."""
    above = [squeeze(line).strip("* ") for line in lines[max(0, first - 12) : first]]
    titles = [line for line in above if line and not _HEADER.search(line)]
    return titles[-1] if titles else ""


def _card(parts: _Fields) -> tuple[Card, list[str]]:
    def of(field: str) -> list[str]:
        return parts.lines.get(field, [])

    phase, phase_note = fields.phase(of("phase"))
    start, start_note = fields.project_date(of("start_date"), "Aloittamispvm")
    end, end_note = fields.project_date(of("end_date"), "Päättymispvm")
    notes = [note for note in (phase_note, start_note, end_note) if note]
    if start and end and end < start:
        notes.append("Päättymispvm on ennen aloittamispäivää; molemmat säilytettiin.")
    name = fields.one_line(of("name"))
    if not name and parts.title:
        name = parts.title
        notes.append("Hankkeen nimi luettiin sivun otsikosta, koska kenttä puuttuu.")
    summary = sections(of("summary"))
    funders = funder_names(of("funders"))
    money = read_money(summary, funders)
    card = Card(
        name=name,
        project_type=fields.one_line(of("project_type")),
        portfolios=fields.portfolios(of("portfolios")),
        phase=phase,
        start_date=start,
        end_date=end,
        sections=summary,
        funders=funders,
        implementers=fields.rows(of("implementers")),
        contacts=contacts(of("contacts")),
        attachments=attachments(of("attachments")),
        logos=logos(of("logos")),
        shares=money.shares,
        total_cost=money.total,
        total_cost_is_actual=money.total_is_actual,
    )
    return card, notes + _link_notes(of("summary"))


def _link_notes(lines: list[str]) -> list[str]:
    """Tell the addresses that the page's links hide behind other words."""
    marks = re.compile(f"{LINK_START}(https?:[^{LINK_END}]*){LINK_END}")
    addresses = [address for line in lines for address in marks.findall(line)]
    text = squeeze(" ".join(lines))
    hidden = dict.fromkeys(address for address in addresses if address not in text)
    return [f"Tiivistelmässä on linkki osoitteeseen {address}." for address in hidden]


def _lacks(card: Card, parts: _Fields) -> tuple[tuple[str, ...], list[str]]:
    """Return the names of missing fields, and a message where the text was cut off."""
    missing = [field for field in _REQUIRED if not getattr(card, field)]
    if parts.complete:
        return tuple(missing), []
    last = max(FIELDS.index(field) for field in parts.lines)
    if "attachments" not in parts.lines:
        missing.append("attachments")
    note = f"Teksti loppuu kesken: viimeinen kenttä siinä on {LABELS[last]}."
    if parts.loose:
        note += f" Lopusta jätettiin pois ”{parts.loose}”."
    return tuple(missing), [note]
