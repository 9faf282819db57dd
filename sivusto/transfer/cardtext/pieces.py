"""The contacts' field as a row of small pieces: role, name, unit, phone, e-mail, share, period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sivusto.transfer.cardtext.cleaning import squeeze
from sivusto.transfer.cardtext.periods import find_periods, find_share

_AT = r"(?:@|\(at\)|\[at\]|\(a\)|\(ät\)|\{at\}|\(@\))"
_EMAIL = re.compile(rf"[\w.+-]{{1,64}} ?{_AT} ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PATTERN = re.compile(r"^(?:etunimi|firstname|forename)", re.IGNORECASE)
_PHONE = re.compile(
    r"(?P<label>\b(?:p|puh|puhelin|tel|tfn|telefon|gsm|matkapuh|matkapuhelin|mob|mobil|vaihde|työpuh"
    r"|faksi?|fax)\b[.:]* ?:?)?"
    r" ?(?<![\d.])(?P<number>\(?(?:\+\d{1,3}|0)[\d ()–-]{4,18}\d)(?![\d.]?\d)",
    re.IGNORECASE,
)
_SHORT_PHONE = re.compile(
    r"\b(?:p\.|puh\.?|puhelin|gsm|tel\.?)[: ]*(?P<number>\d[\d -]{2,12}\d)\b", re.IGNORECASE
)
_NOISE = re.compile(
    r"^(?:p|puh|puhelin|tel|tfn|telefon|mobil|faksi?|fax|gsm|sähköposti\w*|s-posti|email|e-mail|sposti|matkapuhelin|yhteystiedot"
    r"|lisätietoja|lisätiedot|vaihde|ja|sekä|ajalla)[.:]*$",
    re.IGNORECASE,
)
_CELL_GAP = re.compile(r"(?<=[^\s,;:])[ \xa0]*\t[ \t\xa0]*(?=[^\W\d_]{2})")
_JOINING = re.compile(r"^(?:ja|sekä)\b ?")
_MAIL_LABEL = re.compile(
    r"\b(?:sähköposti(?:t|osoite|osoitteet)?|s-posti|e-?mail|sposti)\b ?:? ?(?=\x01)", re.I
)
_ROLE = re.compile(
    r"(?:päällikkö|päälliköt|johtajat?|lääkärit?|suunnittelijat?|koordinaattorit?|sihteerit?|asiantuntijat?|assistentit?"
    r"|insinöörit?|hoitajat?|rehtorit?|opettajat?|tutkijat?|vastaavat?|arkkitehdit|arkkitehti|ohjaajat?"
    r"|työntekijät?|puheenjohtaja|controller|manager|konsultti|kehittäjät?|professori|dosentti|lehtori"
    r"|esimiehet|esimies|esihenkilö|yhteyshenkilöt?|vastuuhenkilöt?|toimijat?|psykologi|pastori|kanslisti"
    r"|kamreeri|avustaja|harjoittelija|valmistelija|vetäjät?|omistaja|edustaja|tiedottaja|isännöitsijä"
    r"|neuvojat?|terapeutti|tarkastaja|valvoja|kuraattori|mestari|mentori|director|officer|coordinator"
    r"|intendentti|lakimies|sosionomi|kirjanpitäjä|hankevastaava|henkilö|henkilöt|ylitarkastaja|agrologi"
    r"|metsänhoitaja|amanuenssi|tuottaja|kapellimestari|palomestari|päämies|leader|projektihenkilöstö"
    r"|projektiryhmä|ohjausryhmä|hanketyöntekijä)$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:palvelut|palveluiden|toimi|keskus|virasto|yksikkö|kaupunki|kunta|kuntayhtymä|liikelaitos|piiri"
    r"|yliopisto|korkeakoulu|oy|oyj|ab|ry|laitos|osasto|hallinto|tiimi|konserni|ministeriö|liitto|säätiö"
    r"|koulu|opisto|kirjasto|museo|teatteri|sairaala|terveysasema|vastuualue|tulosalue|toimiala"
    r"|business|center|centre|group|institute|university)$",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(
    r"(?:[A-ZÅÄÖÉÜŠ][a-zåäöéüšáíóôčžæøñ’']+(?:-[A-ZÅÄÖ][\w’']+)*|[A-Z]\.|von|van|der|den|af|de|di|du|da|la|le|zu)$"
)

_ADDRESS = re.compile(
    r"PL \d+|\d{5} [A-ZÅÄÖ]\w+(?: kaupunki)?"
    r"|[A-ZÅÄÖ][\wåäö-]*(?:katu|tie|kuja|polku|väylä) \d+(?: ?[A-Za-z] ?\d*)?"
)
_DEGREE = re.compile(r"(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,3}[TMKL]|BBA|MBA|AMK|YAMK|Ph?D)")
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?[-–] ?(?:(?:19|20)?\d\d)?)?|[-–] ?(?:19|20)\d\d")
_CAPITALS = re.compile(r"[A-ZÅÄÖ]+(?:-[A-ZÅÄÖ]+)*$")


@dataclass(frozen=True)
class Piece:
    """One piece; `kind` is role, name, unit, text, years, phone, email, pattern, share or period.

    `colon` marks a role that a list of persons follows; `alone` that it fills its line.
    """

    kind: str
    text: str = ""
    percent: Decimal | None = None
    first: date | None = None
    last: date | None = None
    colon: bool = False
    alone: bool = False


def logical_lines(lines: Sequence[str]) -> list[str]:
    """Join lines that were broken inside a phone number or after a comma."""
    joined: list[str] = []
    for line in (squeeze(_CELL_GAP.sub(", ", line)).lstrip("·•*- ") for line in lines):
        last = joined[-1] if joined else ""
        if not line:
            continue
        if last and re.search(r"\d[\d ]*-?$", last[-30:]) and re.match(r"\d[\d ]{2,}", line):
            glue = "" if last.endswith("-") else " "
            joined[-1] = f"{last}{glue}{line}" if _phone_goes_on(last, line) else f"{last}\n{line}"
        elif last and (last.endswith((",", "-", " ja")) or re.match(r"(?:ajalla|ajalta) ", line)):
            joined[-1] = f"{last} {line}"
        else:
            joined.append(line)
    return [part for line in joined for part in line.split("\n")]


def _phone_goes_on(last: str, line: str) -> bool:
    """Tell whether the digits on both sides of a line's end make one phone number."""
    tail = last[len(last[-30:].rstrip("0123456789 +()-")) - len(last[-30:]) :]
    head = line[: len(line) - len(line.lstrip("0123456789 -"))]
    starts, rest = re.sub(r"\D", "", tail), re.sub(r"\D", "", head)
    unfinished = (starts.startswith("0") and len(starts) < 9) or starts.startswith("358")
    return unfinished and len(starts + rest) <= 13 and (rest[:1] != "0" or len(rest) <= 4)


def pieces(line: str) -> Iterator[Piece]:
    """Yield a logical line's pieces in order."""
    line = line[:2000]
    marked, values = _marked(line)
    for number, part in enumerate(re.split("(\x01\\d+\x02)", marked)):
        if number % 2:
            yield values[int(part[1:-1])]
        else:
            yield from _words(part)


def _marked(line: str) -> tuple[str, list[Piece]]:
    """Put numbered marks in place of what has a fixed form: dates, shares, mail, phones."""
    values: list[Piece] = []

    def mark(piece: Piece) -> str:
        values.append(piece)
        return f"\x01{len(values) - 1}\x02"

    for period in reversed(find_periods(line)):
        piece = Piece("period", line[period.start : period.end], None, period.first, period.last)
        line = line[: period.start] + mark(piece) + line[period.end :]
    while share := find_share(line):
        line = line[: share[0]] + mark(Piece("share", percent=share[2])) + line[share[1] :]
    line = _EMAIL.sub(lambda m: mark(_email(m.group())), line)
    line = _PHONE.sub(lambda m: mark(_phone(m.group("number"), m.group("label"))) + " ", line)
    line = _SHORT_PHONE.sub(lambda m: mark(_phone(m.group("number"))) + " ", line)
    return _MAIL_LABEL.sub("", line), values


def _email(text: str) -> Piece:
    address = text.replace(" ", "")
    return Piece("pattern" if _PATTERN.match(address) else "email", address)


def _phone(text: str, label: str | None = None) -> Piece:
    number = re.sub(r" *- *", "-", text.strip().replace("–", "-"))
    if ")" not in number:
        number = number.lstrip("(")
    return Piece("phone", f"faksi {number}" if label and label.lower().startswith("fa") else number)


def _words(text: str) -> Iterator[Piece]:
    """Cut plain words at commas, colons, dashes and full stops that end something."""
    parts = re.split(
        r"([,;()]|:(?=[ A-ZÅÄÖ]|$)| [-–/] |\.(?= |$)(?<!\b[A-ZÅÄÖ]\.)(?<!\b[Vv]s\.)(?<!\bmm\.))",
        text,
    )
    for number in range(0, len(parts), 2):
        word = _JOINING.sub("", parts[number].strip(" ."))
        stop = parts[number + 1] if number + 1 < len(parts) else ""
        if not word or _NOISE.match(word):
            continue
        rest = "".join(parts[number + 2 :]).strip()
        found = list(_classified(word))
        for piece in found:
            if stop == ":" and piece is found[-1] and piece.kind in ("role", "text", "unit"):
                yield Piece("role", piece.text, colon=True, alone=not rest)
            else:
                yield piece


def _classified(text: str) -> Iterator[Piece]:
    """Tell role, name and unit apart within a run of words."""
    both = re.split(r" (?:ja|sekä|&) ", text)
    if len(both) > 1 and all(is_name(part) for part in both[1:]) and _ends_with_name(both[0]):
        for part in both:
            yield from _classified(part)
        return
    words = text.split()
    if _ADDRESS.fullmatch(text) or (len(words) == 1 and _is_short_unit(text)):
        yield Piece("unit", text)
        return
    if _YEARS.fullmatch(text):
        yield Piece("years", text)
        return
    before, name, after = _name_in(words)
    if not name:
        yield Piece(_kind(words), text)
        return
    if before:
        yield Piece(_kind(before, "role"), " ".join(before))
    yield Piece("name", " ".join(name))
    if after:
        yield Piece(_kind(after, "role"), " ".join(after))


def _kind(words: list[str], other: str = "text") -> str:
    if any(_ROLE.search(word) for word in words):
        return "role"
    return "unit" if _UNIT.search(words[-1]) or words[0] == "Business" else other


def _is_short_unit(word: str) -> bool:
    """Accept "BusinessOulu" and "OAMK", no degree ("KTM")."""
    inner = re.search(r"[a-zåäö][A-ZÅÄÖ]", word)
    return bool(inner or re.fullmatch(r"[A-ZÅÄÖ]{3,6}", word)) and not _DEGREE.fullmatch(word)


def _ends_with_name(text: str) -> bool:
    _, name, after = _name_in(text.split())
    return bool(name) and not after


def is_name(text: str) -> bool:
    """Tell whether the text is nothing but a person's name."""
    before, name, after = _name_in(text.split())
    return bool(name) and not before and not after


def _name_in(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Split words into what stands before a person's name, the name, and what follows."""
    shouted = all(word.isupper() and len(word) > 2 for word in words)
    name_word = _CAPITALS if shouted else _NAME_WORD
    flags = [bool(name_word.match(word)) and not _is_title(word) for word in words]
    size = len(words)
    if all(flags):
        return ([], words, []) if 2 <= size <= 4 else (words, [], [])
    tail = next((count for count in range(size) if not flags[size - 1 - count]), size)
    if 2 <= tail <= 4:
        return words[: size - tail], words[size - tail :], []
    head = next((count for count in range(size) if not flags[count]), size)
    if head == 3 and _UNIT.search(words[-1]) and words[2].endswith("n"):
        head = 2
    if 2 <= head <= 4 and (words[head][0].islower() or _is_title(words[head]) or head == 2):
        rest = words[head:]
        if _kind(rest) != "unit" or (head == 2 and not words[1].endswith("n")):
            return [], words[:head], rest
    return words, [], []


def _is_title(word: str) -> bool:
    return bool(_ROLE.search(word) or _UNIT.search(word))
