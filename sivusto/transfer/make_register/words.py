"""Finnish text that reads like a card: the demo's sentences with their compounds drawn anew.

A compound keeps its inflected head and gets another modifier, a village another beginning, a
number another size. Modifiers follow Zipf's law, so that a few are everywhere and most are rare.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import accumulate
from random import Random


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a line."""
    return tuple(words.split())


# The demo's own modifiers and heads, the most usual first.
MODIFIERS = listed(
    "hyvinvointi terveys palvelu koulu päivä liikunta perhe kirjasto lähi työ hanke asukas yhteis "
    "muisti turva kylä nuoriso ilmasto kulttuuri tieto vertais digi kala energia vesi sairaala "
    "kierto kohtaamis kokeilu neuvonta sosiaali ohjaus seuranta perhekeskus varhaiskasvatus "
    "joukkoliikenne pyöräily kävely ranta satama metsä ruoka sähkö lämpö jäte kiinteistö piha "
    "puisto silta tori matkailu yritys osaamis oppimis kieli kotoutumis osallisuus demokratia "
    "avoindata tekoäly paikkatieto asiointi ikäihmis omaishoito kotihoito etä lastensuojelu "
    "mielenterveys päihde kuntoutus lukutaito musiikki taide museo saaristo maaseutu luonto "
    "hulevesi valuma-alue pölyttäjä lintu vaellus kosteikko tuuli aurinko puu rakennus kaava "
    "esteettömyys varautumis talous hankinta sopimus henkilöstö johtamis"
)
HEADS = frozenset(
    listed(
        "palvelu palvelut palvelua palvelun palvelujen palveluja palveluita palveluissa "
        "palveluihin palveluista palveluille palveluilla asema asemalle asemalla asemat "
        "aseman ryhmä ryhmän ryhmää ryhmään ryhmät ryhmiä ryhmissä ryhmille toiminta "
        "toimintaa toiminnan toimintaan toiminnassa keskus keskuksen keskuksessa keskukseen "
        "keskukset paikka paikan paikat paikassa paikkoja paikalla suunnitelma suunnitelman "
        "suunnitelmat suunnitelmaa neuvoja neuvojan neuvojat neuvonta neuvontaa ohjaus "
        "ohjausta verkosto verkoston verkostossa verkko verkossa verkon raportti raportin "
        "kortti kortilla kortin polku polun polkua hoitaja hoitajan hoitajat malli mallin "
        "mallia malleja työ työn työtä työhön hanke hankkeen hanketta hankkeet kokeilu "
        "kokeilun kokeilussa kokeiluja koulutus koulutusta koulutuksen matka matkan reitti "
        "reitin reitit aineistoa aineisto tulokset tuloksia päätös päätöstä päätökset kysely "
        "kyselyyn kyselyn kustannukset kustannuksia tavoite tavoitteet tavoitteena kartoitus "
        "kartoituksen järjestelmä järjestelmän järjestelmään tapahtuma tapahtumat tapahtumia "
        "laite laitteet kumppanit tarpeen tarpeet taitoja taidot polkuja poluilla raati kerho "
        "kurssi kurssin kurssille"
    )
)
COMPOUNDS = {modifier + head: head for modifier in MODIFIERS for head in HEADS}
PLACE_STARTS = listed(
    "Koivu Mänty Lohi Hauki Kivi Kuusi Pihlaja Haapa Leppä Kallio Sauna Lammas Hieta Lepo Karhu "
    "Kettu Joutsen Kurki Kuikka Honka Kataja Vadelma Mustikka Puolukka Suvi Tuuli Päivä Ilta Usva "
    "Halla Kaisla Sara Pajula Turve Hiekka Savi Rauta Kupari Tervas Salmi Selkä Ulko Yli Ala "
    "Keski"
)
# Heads of village names: as they are, whose, and where.
PLACE_HEADS = (
    ("niemi", "niemen", "niemellä"),
    ("ranta", "rannan", "rannalla"),
    ("kylä", "kylän", "kylässä"),
    ("mäki", "mäen", "mäellä"),
    ("lampi", "lammen", "lammella"),
    ("koski", "kosken", "koskella"),
    ("saari", "saaren", "saaressa"),
    ("lahti", "lahden", "lahdella"),
    ("harju", "harjun", "harjulla"),
    ("pelto", "pellon", "pellolla"),
    ("suo", "suon", "suolla"),
    ("vaara", "vaaran", "vaaralla"),
    ("järvi", "järven", "järvellä"),
    ("kangas", "kankaan", "kankaalla"),
    ("salo", "salon", "salossa"),
)
OLD_PLACE = re.compile(
    r"(?:Mylly|Satama|Haapa|Yli|Niemen)((?:rann|rant|nieme|niemi|kanka|kanga|kylä)[a-zäö]*)"
)
TOKEN = re.compile(r"\d[\d.,:\s]*\d|\w+|\W+")
# Where a sentence may go over into the second half of another.
JOINT = re.compile(r", (?=(?:kun|jotta|jos|koska) )")
BLOCK = re.compile(r"<(p|li)>(.*?)</\1>", re.DOTALL)
# What would contradict the card that the text comes to stand on: sums, addresses.
OF_ITS_OWN = re.compile(r"euro|€|@|050 000")
MIXED, PREFIXED = 0.4, 0.3

Piece = tuple[str, str]
Sentence = tuple[Piece, ...]


class Zipf:
    """Draws words so that the one of rank r comes about 1/r as often as the first."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._steps = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def draw(self, random: Random) -> str:
        """Return one word."""
        return self.words[bisect(self._steps, random.random() * self._steps[-1])]


@dataclass
class Pool:
    """What a section of one subject is made of."""

    sentences: list[Sentence] = field(default_factory=list)
    items: list[Sentence] = field(default_factory=list)


class Words:
    """Makes text out of the demo's sections, each given as (subject, kind, HTML)."""

    def __init__(self, sections: Iterable[tuple[str, str, str]], random: Random) -> None:
        self.random = random
        self.modifiers = Zipf(MODIFIERS)
        self.starts = Zipf(PLACE_STARTS)
        self.pools: dict[tuple[str, str], Pool] = {}
        self.tails: list[Sentence] = []
        for subject, kind, html in sections:
            for pool in (self._pool(subject, kind), self._pool("", kind)):
                self._add(pool, html)

    def body(self, subject: str, kind: str, *, blocks: int) -> str:
        """Return a section's HTML; a fifth of the blocks speak of any subject."""
        made = []
        for _block in range(blocks):
            pool = self._pool("" if self.random.random() < 0.2 else subject, kind)
            if not (pool.sentences or pool.items):
                pool = self._pool("", kind)
            is_list = not pool.sentences or (pool.items and self.random.random() < 0.4)
            made.append(self._list(pool) if is_list else self._paragraph(pool))
        return "".join(made)

    def compound(self, head: str) -> str:
        """Return a compound word that ends in the head."""
        return joined(self.modifiers.draw(self.random), head)

    def place(self) -> tuple[str, str, str]:
        """Return a village: its name, whose, and where."""
        start = self.starts.draw(self.random)
        name, whose, where = self.random.choice(PLACE_HEADS)
        return start + name, start + whose, start + where

    def _pool(self, subject: str, kind: str) -> Pool:
        return self.pools.setdefault((subject, kind), Pool())

    def _add(self, pool: Pool, html: str) -> None:
        for tag, inner in BLOCK.findall(html):
            text = re.sub(r"<[^>]+>", "", inner)
            if OF_ITS_OWN.search(text):
                continue
            if tag == "li":
                pool.items.append(pieces(text))
                continue
            for sentence in re.split(r"(?<=[a-zäö][.!?]) +(?=[A-ZÅÄÖ])", text):
                if sentence.count(" ") < 3:
                    continue
                pool.sentences.append(pieces(sentence))
                halves = JOINT.split(sentence, maxsplit=1)
                if len(halves) == 2 and halves[1].endswith("."):
                    self.tails.append(pieces(", " + halves[1]))

    def _paragraph(self, pool: Pool) -> str:
        count = min(len(pool.sentences), self.random.randint(1, 4))
        chosen = self.random.sample(pool.sentences, count)
        return f"<p>{' '.join(map(self._sentence, chosen))}</p>"

    def _list(self, pool: Pool) -> str:
        chosen = self.random.sample(pool.items, min(len(pool.items), self.random.randint(2, 5)))
        return f"<ul>{''.join(f'<li>{self._said(item)}</li>' for item in chosen)}</ul>"

    def _sentence(self, sentence: Sentence) -> str:
        said = self._said(sentence)
        joint = JOINT.search(said)
        if joint and self.tails and self.random.random() < MIXED:
            return said[: joint.start()] + self._said(self.random.choice(self.tails))
        return said

    def _said(self, sentence: Sentence) -> str:
        return "".join(self._word(kind, text) if kind else text for kind, text in sentence)

    def _word(self, kind: str, text: str) -> str:
        if kind == "place":
            return self.starts.draw(self.random) + text
        if kind == "number":
            return str(max(2, round(int(text) * self.random.lognormvariate(0, 0.6))))
        if kind == "head" and self.random.random() > PREFIXED:
            return text
        return self.compound(text)


def joined(modifier: str, head: str) -> str:
    """Join a compound; the same vowel on both sides takes a hyphen."""
    same = modifier[-1] == head[0] and head[0] in "aeiouyäö"
    return f"{modifier}-{head}" if same else modifier + head


@cache
def pieces(text: str) -> Sentence:
    """Cut escaped text into what stays (no kind) and what is drawn anew each time."""
    cut: list[Piece] = []
    for token in TOKEN.findall(text):
        kind, rest = _kind(token)
        if cut and cut[-1][1][-1:] in ("&", "#", "-"):
            kind, rest = "", token
        if not kind and cut and not cut[-1][0]:
            cut[-1] = ("", cut[-1][1] + rest)
        else:
            cut.append((kind, rest))
    return tuple(cut)


def paragraph(text: str) -> str:
    """Return plain text as a paragraph of HTML."""
    return f"<p>{escape(text, quote=False)}</p>"


def _kind(token: str) -> Piece:
    if token.isdecimal() and len(token) <= 3 and token[0] != "0":
        return "number", token
    if token in HEADS:
        return "head", token
    if place := OLD_PLACE.fullmatch(token):
        return "place", place[1]
    return ("compound", COMPOUNDS[token]) if token in COMPOUNDS else ("", token)
