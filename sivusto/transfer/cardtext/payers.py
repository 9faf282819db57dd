"""Who pays a sum that prose names: the words beside a figure cut down to a funder's name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sivusto.transfer.cardtext.funders import KnownFunders, is_organisation, is_programme
from sivusto.transfer.cardtext.model import Kind
from sivusto.transfer.cardtext.names import nominative
from sivusto.transfer.cardtext.segments import Segment

MONEY_HEADING = re.compile(
    r"kustannu|rahoit|budjet|talous|menot|budget|cost|financ|funding|kostnad|finansier",
    re.IGNORECASE,
)
_MONEY = re.compile(
    rf"{MONEY_HEADING.pattern}|avustu|omavastuu|osuu[sd]|euroa|€|\bEUR\b", re.IGNORECASE
)
_FUNDING = re.compile(r"rahoit|osuu[sd]|avustu|osallistuja|financ|fund|finansier", re.IGNORECASE)
_IN_KIND = re.compile(
    r"\b[a-zåäö]*palvelu(?:t|ja|ita|ina)?\b|työpano[sk]|työaika|työnä\b"
    r"|\b(?:oma|omana) työ|luontois|talkoo|henkilötyö",
)
# A name ends before one of these words; after a genitive some of them still leave a name.
_SHARE_WORDS = (
    r"osuu[sd](?!kau|kun)\w*|osuut\w*|rahoitus\w*|rahoituks\w*|rahoitu\w*|tuki|tuen|avustus|avustuks\w*"
    r"|avustusta|omarahoi\w*|omavastuu\w*|omaraha\w*|panos\w*|sijoitus"
)
_VERBS = (
    r"on|ovat|oli|olivat|tulee|saa|sai|saatu|rahoittaa|rahoittavat|rahoitti|rahoittanut"
    r"|rahoittama\w*|maksaa|maksavat|maksoi|vastaa|vastaavat|osallistuu|osallistuvat|osallistui"
    r"|myön\w*|avusta\w*|tukee|tukevat|tukenut|kattaa|katetaan|tarjoa\w*|antaa|antoi|tuotta\w*"
    r"|sijoitta\w*|haetaan|haettu|haettava|käyttää|panostaa|osoittaa|varaa|varannut"
)
_FILLERS = (
    r"yhteensä|yht|noin|n|enintään|maksimissaan|vuosi|vuonna|vuosina|vuosille|vuodelle|summa"
    r"|budjetti\w*|kustannu\w*|kokonais\w*|mistä|josta|euroa|toteutunee\w*"
)
_SHARE_WORD = re.compile(rf"^(?:{_SHARE_WORDS})$", re.IGNORECASE)
_VERB = re.compile(rf"^(?:{_VERBS})$", re.IGNORECASE)
_STOP = re.compile(rf"^(?:{_SHARE_WORDS}|{_VERBS}|{_FILLERS})$", re.IGNORECASE)
_VERB_FIRST = re.compile(
    r"^[\s\W]*(?:tulee|saadaan|katetaan|maksaa|rahoittaa|on|rahoituksesta|kustannuksista)\b"
)
_LEAD = re.compile(
    r"^(?:ja|sekä|josta|joista|mistä|siitä|lisäksi|loput|loppuosa|että|jossa|jonka|myös|kun|eli|ovat|on"
    r"|(?:hanketta|projektia) (?:rahoittaa|rahoittavat|rahoitti|rahoittivat)"
    r"|rahoittajat|rahoittaja|rahoittajina|rahoittajana|muut rahoittajat)\b[\s,:]*",
    re.IGNORECASE,
)
_NOT_A_FUNDER = re.compile(
    r"(?:kulut?|kustannukset|menot?|palkat|palkka|palkkaus|palkkiot?|matkat|matkustus|hankinnat"
    r"|investoinnit|laitteet|laite|tarvikkeet|materiaalit?|vuokrat|vuokra|tilat|tuotot|tulot|muut"
    r"|työajasta|työaika|työpanosta?|työtä|hinta|flat rate|alv|arvonlisävero|tavoite|osuus"
    r"|kostnader|costs?|budget|funding|financing|finansiering"
    r"|sivut?|kpl|palvelut|henkilöstö|osallistumisaste|kasvu|koulutus|viestintä|tiedotus|vuosi"
    r"|yleis|hanke|projekti|suunnittelu|rakennus|toteutus|tutkimus|ohjelmistot?|järjestelmät?"
    r"|tilaisuudet|painatus|seminaarit?|verot?|minen|inti|anti)$",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:Osuus|Yhteensä|Loput|Summa|Määrä|Noin|Hankk|Projekti|Vuo[sn]|Kokonais|Budjetti|Arvio)"
)
_OWN = re.compile(r"\boma(?:rahoit|vastuu|raha)", re.IGNORECASE)
_WHOSE = re.compile(r"^(?:yksityinen|muu|kunnallinen|kansallinen|julkinen)$", re.IGNORECASE)
_COMPOUND = re.compile(
    r"^(\w[\w+-]*?)-(?:rahoitu[sk]|tuki|tue|avustu[sk]|raha|osuu[sd])\w*$", re.IGNORECASE
)
_SOLID = re.compile(r"^(?:kunta|valtion|yritys|eu)(?:rahoitus|avustus)\w*$", re.IGNORECASE)
_GROUP = re.compile(
    r"(?:kunnat|kaupungit|yritykset|järjestöt|yhdistykset|rahoittajat|kumppanit|osallistujat|tahot)$",
    re.IGNORECASE,
)
_NOT_A_NAME = {"ALV", "EUR", "HTV", "ICT", "YHT", "TP", "WP"}


@dataclass(frozen=True)
class Context:
    """Where a figure stands: its section's heading, its sentence, the card's own funders.

    `within` tells that the figure is a part of a sum named before it.
    """

    heading: str
    sentence: str
    known: KnownFunders
    within: bool = False

    @property
    def is_money(self) -> bool:
        return bool(MONEY_HEADING.search(self.heading) or _MONEY.search(self.sentence))

    @property
    def is_funding(self) -> bool:
        return self.within or bool(_FUNDING.search(self.heading) or _FUNDING.search(self.sentence))


@dataclass(frozen=True)
class _Words:
    """A name in the nominative; `plain` tells that nothing but a figure follows it."""

    name: str
    plain: bool


def payer(context: Context, segment: Segment) -> str:
    """Return who pays (nominative), empty where the text names nobody."""
    for words in _beside(segment):
        for name in (words.name, re.split(r" ?[,/] ?", words.name)[0]):
            if context.known.find(name):
                return name
        sure = segment.has_currency or segment.percent is not None
        if _looks_like_funder(context, words, sure=sure):
            return words.name
    if len(segment.text) < 200 and _FUNDING.search(context.heading + context.sentence):
        inside = context.known.inside(segment.text)
        return inside[0] if len(inside) == 1 else ""
    return ""


def kind_of(text: str) -> Kind:
    """Tell services and own work from money."""
    return "in_kind" if _IN_KIND.search(text) else "cash"


def _beside(segment: Segment) -> Iterator[_Words]:
    for text in (segment.before, _VERB_FIRST.sub("", segment.after)):
        words = _name(text)
        if words.name:
            yield words


def _name(text: str) -> _Words:
    """Cut a name out of the words beside a figure."""
    text = _opening_cut(text)
    if re.search(r"\w[^()]*\([^()]*\)", text):
        text = re.sub(r" ?\([^()]*\)", "", text)
    words: list[str] = []
    plain = True
    for word in text.split():
        bare = word.strip(",.;()–=")
        compound = _COMPOUND.match(bare)
        if compound:
            words.append(compound.group(1))
            break
        if _STOP.match(bare) or (words and bare[:1].islower() and _IN_KIND.search(bare)):
            plain = _leaves_a_name(words, bare)
            if words and _WHOSE.match(words[-1]) and bare.lower().startswith("rahoitus"):
                words.append(bare)
            break
        if bare:
            words.append(word.strip("()"))
    if not words and _OWN.search(text):
        return _Words("Omarahoitus", plain=True)
    raw = " ".join(words).strip(" ,;.:-–")
    name = nominative(raw)
    if not _is_common_name(name):
        # A common noun keeps its small letter, so that it is not taken for a proper name.
        name = raw[:1] + name[1:]
    return _Words(name, plain)


def is_group(name: str) -> bool:
    """Tell whether a name stands for several payers: "Muut kunnat", "Julkinen rahoitus"."""
    return bool(_GROUP.search(name)) or (is_sort_of_funding(name) and name != "Omarahoitus")


def _opening_cut(text: str) -> str:
    """Drop what leads to a name: a list number, a label with a colon, conjunctions."""
    text = re.sub(r"^[\s\W]*(?:\d{1,2}[.)] )?", "", text)
    colon = re.match(r".*:(?!\w)", text)
    if colon:
        tail = text[colon.end() :]
        text = tail if re.search(r"\w", tail) else colon.group()
    text = text.strip(' ,;.:-–•·*=\t"”')
    previous = None
    while previous != text:
        previous, text = text, _LEAD.sub("", text)
    return text


def _leaves_a_name(words: list[str], stop: str) -> bool:
    """Tell whether a name may stand before the word: "Sitran osuus", "Sitra rahoittaa"."""
    if not words:
        return False
    if _SHARE_WORD.match(stop):
        return words[-1].endswith("n")
    return bool(_VERB.match(stop)) or bool(_IN_KIND.search(stop))


def _is_common_name(name: str) -> bool:
    return is_organisation(name) or is_programme(name) or is_sort_of_funding(name)


def is_sort_of_funding(name: str) -> bool:
    """Accept "Omarahoitus", "Kuntarahoitus", "Yksityinen rahoitus"."""
    *whose, last = name.split() or [""]
    if name == "Omarahoitus" or _SOLID.match(name):
        return True
    return 0 < len(whose) < 4 and last.startswith("rahoitus") and all(map(_WHOSE.match, whose))


def _looks_like_funder(context: Context, words: _Words, *, sure: bool) -> bool:
    """Judge a name that the card's own field does not hold; `sure`: the figure is money."""
    name = words.name
    if len(name) > 90 or len(name.split()) > 8 or re.search(r"\d{3}", name):
        return False
    if is_sort_of_funding(name) or is_organisation(re.split(r"[,/]", name)[0]):
        return context.is_money
    if _NOT_A_FUNDER.search(name) or _GENERAL.match(name):
        return False
    if is_programme(name):
        return context.is_money
    if re.fullmatch(r"[A-ZÅÄÖ]{2,8}\+?", name):
        return name not in _NOT_A_NAME and context.is_money
    return sure and context.is_funding and words.plain and _is_capitalised(name)


def _is_capitalised(name: str) -> bool:
    words = name.split()
    return len(words) <= 4 and all(
        word[:1].isupper() or word in ("ja", "&", "of") for word in words
    )
