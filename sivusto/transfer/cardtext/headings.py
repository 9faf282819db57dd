"""The headings that writers give to the parts of a summary: known words, known shapes."""

import re
from dataclasses import dataclass
from functools import lru_cache

# A word that ends with one of these can head a section ("kokonaiskustannukset").
_HEAD_WORDS = """
    tavoite tavoitteet toimenpide toimenpiteet sisältö sisällöt tulos tulokset tuotos
    tuotokset hyöty hyödyt vaikutus vaikutukset vaikuttavuus kustannukset kustannus rahoitus
    rahoittaja rahoittajat toteuttaja toteuttajat osallistujat osallistuja osapuolet
    kumppanit kumppanuudet yhteistyö tahot tausta taustaa lähtökohta lähtökohdat kohderyhmä
    kohderyhmät aikataulu aikataulutus organisaatio organisointi organisoituminen toteutus
    toteuttaminen toteuma toimintatavat toimintatapa menetelmät menetelmä viestintä tiedotus
    tiedottaminen riskit riskienhallinta seuranta arviointi raportointi tarkoitus tarve
    tarpeet perustelut perustelu kuvaus tiivistelmä yhteenveto budjetti talousarvio
    kustannusarvio rahoitussuunnitelma suunnitelma vaiheet vaihe työpaketit osahankkeet
    osaprojektit osakokonaisuudet indikaattorit mittarit visio tavoitetila nykytila jatko
    jatkuvuus jatkotoimet jatkokehitys juurruttaminen juurtuminen levittäminen levitys
    lisätiedot lisätietoja lisätieto ohjausryhmä projektiryhmä hankeryhmä työryhmä resurssit
    resursointi henkilöstö hallinto haasteet käytännöt kokemukset opit sidosryhmät kesto
    ongelma ongelmat keinot painopisteet painopiste päämäärä päämäärät teemat toimet
    tehtävät innovaatiot innovatiivisuus rajaukset rajaus edellytykset johtopäätökset
    päätelmät oppiminen hyödyntäminen verkosto verkostot johtaminen ajankohta lopputulos
    lopputulokset alue toiminta-alue merkitys idea vastuut roolit talous asema saavutukset
    julkisuus lisätietoa liitteet yhteyshenkilö yhteyshenkilöt yhteystiedot yleistä hyödynsaajat
    vastuutaho linkit julkaisut laajuus sijainti suositukset kustannusjako rahoitusosuudet
    rahoituslähde rahoituslähteet
    aim aims objective objectives goal goals purpose background activities actions measures
    contents results outcomes outputs impact impacts benefits budget costs funding financing
    timetable schedule partners partnership summary description deliverables dissemination
    syfte mål målsättning målgrupp bakgrund åtgärder innehåll resultat nytta effekter budget
    kostnader finansiering tidtabell parter samarbetspartner
"""
_MODIFIER_WORDS = """
    hankkeen projektin hankkeelle projektille kehittämishankkeen osahankkeen esiselvityksen
    ohjelman toiminnan odotettavissa odotetut odotettavat olevat oleva keskeiset
    keskeisimmät keskeinen tärkeimmät konkreettiset toteutuneet toteutunut arvioidut
    arvioitu suunnitellut suunniteltu yleiset yleinen pitkän lyhyen aikavälin laadulliset
    määrälliset muut muu yhteensä eri saavutetut tavoitellut tavoiteltavat sisällölliset
    siirrettävät hyvät uudet käytännön varsinaiset lyhyt kansalliset alueelliset koko
    hankkeessa projektissa alustava alustavat ydin tulevat tuleva ulkoinen sisäinen tekniset
    hallinnolliset välittömät välilliset mukana niiden sen hankkeesta projektista haettava
    myönnetty
    project expected main key specific total planned target projektets förväntade centrala
"""
_MODIFIERS = frozenset(_MODIFIER_WORDS.split())
_CONNECTORS = {"and", "och", "ja", "sekä", "tai", "eli", "&", "/", "-", "–"}
_VERBS = re.compile(
    r"\b(?:on|ovat|oli|olivat|ei|eivät|tulee|voi|voidaan|saa|saadaan|pitää|oltava|sai|saivat"
    r"|\w+(?:etaan|etään|itaan|itään|idaan|idään|daan|dään|llaan|llään|ttiin|stiin|tiin))\b",
    re.IGNORECASE,
)
_SURE_VERBS = re.compile(r"\b(?:on|ovat|oli|olivat|ei|eivät|tulee|voidaan)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*|[&/–-]|\d+", re.UNICODE)
_HEAD = re.compile(
    rf"(?:[\w-]*?(?:{'|'.join(sorted(_HEAD_WORDS.split(), key=len, reverse=True))}))$"
)
_NUMBERED = re.compile(
    r"(?:Osa|Pää|Väli)?(?:[Tt]avoite|[Tt]yöpaketti|[Oo]sahanke|[Oo]saprojekti|[Vv]aihe"
    r"|[Tt]oimenpide|[Oo]sio|[Tt]eema|[Pp]ainopiste|[Kk]okonaisuus|[Tt]ulos|TP|WP)"
    r" ?\d{1,2}\b ?[:.–-]? ?"
)
_MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2})?[.)]? +(?=[A-ZÅÄÖ])")
_NOT_IN_HEADING = re.compile(r"[.;!]$|[,@%€]|http")
_YEARS = re.compile(r" \(?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)?\)?:?$")
_ADDITION = re.compile(rf" ?/| \([^()]*\):?$|{_YEARS.pattern}")
_LIST_ITEM = re.compile(r" (?:1[.)]|a\)) ?\S")
_MONEY = re.compile(
    r"kustannu|rahoit|budjet|talous|arvio$|budget|cost|financ|funding|kostnad|finansier",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[A-ZÅÄÖ][^.!?:]{2,}\?$")
_SUM = re.compile(r" ?(?:n\. ?|noin )?\d| ?\([^:]*\d")
_GAP = re.compile(r",? ?")
_LIMIT = 130


@dataclass(frozen=True)
class HeadingLine:
    """A line cut in two; `shape` says how sure it is.

    bare: nothing but known heading words; inline: the same with text behind it on the line;
    loose: a short line with a known word in it; free: a short line of unknown words;
    question: a short question; numbered and marked: "Tavoite 1: …", "2. Toimenpiteet".
    """

    heading: str
    text: str
    shape: str


def heading_line(line: str) -> HeadingLine | None:
    """Read one line (single spaces, no list marker) as a heading, judged by its words alone."""
    head = line[:_LIMIT]
    whole = len(line) <= _LIMIT
    marker = _MARKER.match(head)
    start = marker.end() if marker else 0
    if not head[start : start + 1].isalpha():
        return None
    if whole and _is_numbered(line):
        return HeadingLine(line.rstrip(" :"), "", "numbered")
    if whole and len(line) < 80 and _QUESTION.match(line):
        return HeadingLine(line, "", "question")
    end = _phrase_end(head[start:])
    if marker:
        return _marked(line, start + end) if end else None
    if end:
        return _known(line, end, whole)
    return _unknown(line) if whole and line[:1].isupper() else None


def _is_numbered(line: str) -> bool:
    """Accept "Tavoite 1: Ikääntyneiden palvelut", but no sentence behind the number."""
    match = _NUMBERED.match(line)
    if not match or not line[:1].isupper():
        return False
    rest = line[match.end() :].rstrip(" :")
    return not rest.endswith((".", ",", ";")) and not _VERBS.search(rest)


def _marked(line: str, end: int) -> HeadingLine | None:
    """Accept "2. Toimenpiteet" only as a whole line."""
    if line[end:].strip(" :"):
        return None
    return HeadingLine(line.rstrip(" :"), "", "marked")


def _known(line: str, end: int, whole: bool) -> HeadingLine | None:
    heading, rest = line[:end], line[end:]
    capital = line[:1].isupper()
    if not rest.strip(" :"):
        return HeadingLine(heading, "", "bare" if capital or rest.strip() else "loose")
    if not capital:
        return None
    if _has_text(heading, rest):
        return HeadingLine(heading, rest.lstrip(" :").rstrip(), "inline")
    if not whole or line.endswith((".", ",", ";", "!")) or _SURE_VERBS.search(rest):
        return None
    if _ADDITION.match(rest) or rest.endswith(":"):
        return HeadingLine(line.rstrip(" :"), "", "bare")
    return _unknown(line)


def _has_text(heading: str, rest: str) -> bool:
    """Tell whether the section's text begins on the heading's own line."""
    if rest.lstrip().startswith(":") or _glued(heading, rest) or re.match(r" [-–] \S", rest):
        return True
    if _YEARS.match(rest):
        return False
    return bool(_LIST_ITEM.match(rest) or (_MONEY.search(heading) and _SUM.match(rest)))


def _glued(heading: str, rest: str) -> bool:
    """Tell whether text follows without a blank ("TavoitteetHankkeessa", "rahoitus189 247")."""
    if rest[0].isdigit():
        return True
    if heading.isupper():
        return rest[0].isupper() and rest[1:2].islower()
    return rest[0].isupper()


def _unknown(line: str) -> HeadingLine | None:
    bare = line.rstrip(" :")
    words = bare.split()
    if len(words) > 8 or _NOT_IN_HEADING.search(bare) or _VERBS.search(bare):
        return None
    if any(_is_head(word.strip("()").lower()) for word in words):
        return HeadingLine(bare, "", "loose")
    return None if re.search(r"\d", bare) else HeadingLine(bare, "", "free")


@lru_cache(maxsize=4096)
def _is_head(word: str) -> bool:
    return bool(_HEAD.match(word))


def _phrase_end(text: str) -> int:
    """Return where a phrase of known heading words at the start of the text ends, 0 if none."""
    end = position = 0
    while True:
        match = _WORD.match(text, position)
        if not match:
            return end
        word, stop = match.group(), match.end()
        lower = word.lower()
        if _is_head(lower.rstrip("-")):
            end = stop
        elif not (lower in _MODIFIERS or lower in _CONNECTORS or _is_half(lower)):
            return _split_glued(text, position, stop) or end
        elif lower == "yhteensä" and end:
            end = stop
        gap = _GAP.match(text, stop)
        position = gap.end() if gap else stop


def _is_half(word: str) -> bool:
    """Accept the first half of a pair ("tiedotus- ja viestintäsuunnitelma")."""
    return word.endswith("-") and len(word) > 3


def _split_glued(text: str, start: int, stop: int) -> int:
    """Return the end of a heading word that text follows without a blank, 0 if there is none."""
    word = text[start:stop]
    for place in range(4, len(word)):
        before, after = word[place - 1], word[place]
        turn = (
            (before.islower() and after.isupper())
            or (before.isalpha() and after.isdigit())
            or (before.isupper() and after.isupper() and word[place + 1 : place + 2].islower())
        )
        if turn and _is_head(word[:place].lower()):
            return start + place
    return 0
