"""What changed between two contents of a card, as sentences: a table of cases."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hankkeet.models import Phase
from hankkeet.models.contents import SectionKind
from hankkeet.models.relations import KeyKind
from rahoitus.models import Stage
from sivusto.card.queries import SHOWN_KEYS
from sivusto.history import wording
from sivusto.history.contents import Row
from sivusto.history.differences import differences
from sivusto.history.gist import gist
from tests.sivusto.history.contents import a_card, attachment, contact, named, section, share

STM = share(1, amount="166667.00", programme={"id": 3, "name": "Kaste-ohjelma"})
CITY = share(2, funder={"id": 8, "name": "Jokilahden kaupunki"}, amount="1000.50", percent="12.50")


def _noted_less(row: Row) -> Row:
    """A row as schema 2 noted it."""
    return {k: v for k, v in row.items() if k not in ("kind", "document_date", "accessibility")}


CASES = {
    "the name": (
        {"name": "Kirjastoauto"},
        {"name": "Kirjastovene"},
        ["Hankkeen nimi muuttui: Kirjastoauto → Kirjastovene."],
    ),
    "a type given": (
        {},
        {"project_type": named(1, "Kaupungin hanke")},
        ["Hanketyyppi lisättiin: Kaupungin hanke."],
    ),
    "the type's name": (
        {"project_type": named(1, "Oma")},
        {"project_type": named(1, "Kaupungin")},
        ["Hanketyyppi muuttui: Oma → Kaupungin."],
    ),
    "a portfolio": (
        {"portfolios": [named(1, "Arki")]},
        {"portfolios": [named(2, "Digi")]},
        ["Salkku poistettiin: Arki.", "Salkku lisättiin: Digi."],
    ),
    "a portfolio's name": (
        {"portfolios": [named(1, "Arki")]},
        {"portfolios": [named(1, "Arjen salkku")]},
        ["Nimi muuttui (salkku): Arki → Arjen salkku."],
    ),
    "the phase": (
        {"phase": "planned"},
        {"phase": "running"},
        ["Käsittelyvaihe muuttui: suunnitteilla → käynnissä."],
    ),
    "an end moved": (
        {"planned_end_date": "2015-06-30"},
        {"planned_end_date": "2015-10-31"},
        ["Päättymispäivä siirtyi 30.6.2015 → 31.10.2015."],
    ),
    "an end that came true on another day": (
        {"planned_end_date": "2015-06-30"},
        {"planned_end_date": "2015-06-30", "actual_end_date": "2015-10-31"},
        ["Päättymispäivä siirtyi 30.6.2015 → 31.10.2015 (toteutunut)."],
    ),
    "an end that came true as planned": (
        {"planned_end_date": "2015-06-30"},
        {"planned_end_date": "2015-06-30", "actual_end_date": "2015-06-30"},
        ["Päättymispäivä on toteutunut: 30.6.2015."],
    ),
    "an end that did not come true after all": (
        {"planned_end_date": "2015-06-30", "actual_end_date": "2015-06-30"},
        {"planned_end_date": "2015-06-30"},
        ["Päättymispäivä on jälleen suunnitelma: 30.6.2015."],
    ),
    "the plan behind what came true": (
        {"planned_end_date": "2015-06-30", "actual_end_date": "2015-10-31"},
        {"planned_end_date": "2015-05-31", "actual_end_date": "2015-10-31"},
        ["Suunniteltu päättymispäivä siirtyi 30.6.2015 → 31.5.2015."],
    ),
    "a start set": (
        {},
        {"planned_start_date": "2013-04-01"},
        ["Aloittamispäiväksi merkittiin 1.4.2013."],
    ),
    "a start taken away": (
        {"planned_start_date": "2013-04-01"},
        {},
        ["Aloittamispäivä poistettiin: 1.4.2013."],
    ),
    "the cost": (
        {"planned_cost": "120000.00"},
        {"planned_cost": "120000.00", "actual_cost": "130000.50"},
        ["Kustannukset muuttuivat 120\xa0000\xa0€ → 130\xa0000,50\xa0€ (toteutunut)."],
    ),
    "a cost of nothing": (
        {},
        {"planned_cost": "0.00"},
        ["Kustannuksiksi merkittiin 0\xa0€."],
    ),
    "a funder": (
        {"funding": [CITY]},
        {"funding": [CITY, STM]},
        ["Rahoittaja lisättiin: STM, Kaste-ohjelma, 166\xa0667\xa0€."],
    ),
    "another share of a funder": (
        {"funding": [STM]},
        {"funding": [STM, share(3, amount="5.00", stage="actual", kind="in_kind")]},
        ["Rahoitusosuus lisättiin: STM, 5\xa0€, työnä tai palveluina."],
    ),
    "a funder gone": (
        {"funding": [CITY, STM]},
        {"funding": [STM]},
        ["Rahoittaja poistettiin: Jokilahden kaupunki, 1\xa0000,50\xa0€, 12,5\xa0%."],
    ),
    "a share that grew": (
        {"funding": [share(1)]},
        {"funding": [share(1, amount="9.00")]},
        ["Rahoitusosuus muuttui: STM, ei tiedossa → 9\xa0€."],
    ),
    "a share checked": (
        {"funding": [share(1, is_proposal=True)]},
        {"funding": [share(1)]},
        ["Rahoitusosuuden luvut on tarkistettu: STM."],
    ),
    "a share that came true": (
        {"funding": [share(1)]},
        {"funding": [share(1, stage="actual")]},
        ["Rahoitusosuus on nyt toteutunut: STM."],
    ),
    "a share written anew": (
        {"funding": [STM]},
        {"funding": [STM | {"id": 77, "amount": "9.00"}]},
        ["Rahoitusosuus muuttui: STM, Kaste-ohjelma, 166\xa0667\xa0€ → 9\xa0€."],
    ),
    "the order of shares": (
        {"funding": [CITY, STM]},
        {"funding": [STM, CITY]},
        ["Rahoitusosuuksien järjestystä muutettiin."],
    ),
    "a word in the summary": (
        {"sections": [section(1, "<p>Ostetaan 30 pyörää kylille.</p>")]},
        {"sections": [section(1, "<p>Ostetaan 40 pyörää kylille.</p>")]},
        ["Tiivistelmän osaa Tavoitteet muutettiin: ”30” → ”40”."],
    ),
    "a sentence in the summary": (
        {"sections": [section(1, "<p>Yksi.</p>")]},
        {"sections": [section(1, "<p>Yksi. Toinen.</p>")]},
        ["Tiivistelmän osaa Tavoitteet muutettiin: lisättiin ”Toinen.”"],
    ),
    "the look of the summary": (
        {"sections": [section(1, "<p>Ostetaan pyörät.</p>")]},
        {"sections": [section(1, "<p><strong>Ostetaan</strong> pyörät.</p>")]},
        ["Tiivistelmän osan Tavoitteet muotoilua muutettiin."],
    ),
    "a part of the summary": (
        {"sections": [section(1, "<p>a</p>")]},
        {"sections": [section(2, "<p>b</p>", heading="", kind="other")]},
        [
            "Tiivistelmästä poistettiin osa Tavoitteet.",
            "Tiivistelmään lisättiin otsikoton osa.",
        ],
    ),
    "a heading": (
        {"sections": [section(1, "<p>a</p>")]},
        {"sections": [section(1, "<p>a</p>", heading="Päämäärä")]},
        ["Tiivistelmän osan otsikko muuttui: Tavoitteet → Päämäärä."],
    ),
    "a key": (
        {},
        {"keys": [{"id": "eura A1", "kind": "eura", "value": "A1"}]},
        ["EURA-hankekoodi lisättiin: A1."],
    ),
    "another person": (
        {"contacts": [contact(1, person="aa1111", details="aa2222")]},
        {"contacts": [contact(1, person="aa3333", details="aa4444")]},
        ["Yhteyshenkilön nimi muuttui: Projektipäällikkö, Kirjastopalvelut."],
    ),
    "the same person under another secret key": (
        {"contacts": [contact(1, person="aa1111", details="aa2222")]},
        {"contacts": [contact(1, person="bb3333", details="bb4444")]},
        [],
    ),
    "a phone": (
        {"contacts": [contact(1, person="aa1111", details="aa2222")]},
        {"contacts": [contact(1, person="aa1111", details="aa9999")]},
        ["Yhteystiedot muuttuivat: Projektipäällikkö, Kirjastopalvelut."],
    ),
    "what is seen of a person": (
        {"contacts": [contact(1, visibility="all", person="aa1111")]},
        {"contacts": [contact(1, visibility="role")]},
        ["Yhteyshenkilöstä näkyvät tiedot muuttuivat: Projektipäällikkö, Kirjastopalvelut."],
    ),
    "a contact without a role": (
        {},
        {"contacts": [contact(1, role="", unit="")]},
        ["Yhteyshenkilö lisättiin."],
    ),
    "an attachment": (
        {"attachments": [attachment(1, "Suunnitelma")]},
        {"attachments": [attachment(1, "Suunnitelma", file="liitteet/b.pdf")]},
        ["Liitteen tiedosto vaihtui: Suunnitelma."],
    ),
    "an attachment's title": (
        {"attachments": [attachment(1, "Suunnitelma")]},
        {"attachments": [attachment(1, "Raportti"), attachment(2, "Liite")]},
        ["Liite lisättiin: Liite.", "Liitteen otsikko muuttui: Suunnitelma → Raportti."],
    ),
    "an attachment's facts": (
        {"attachments": [attachment(1, "Suunnitelma", kind="other")]},
        {"attachments": [attachment(1, "Suunnitelma", kind="final_report")]},
        ["Liitteen tiedot muuttuivat: Suunnitelma."],
    ),
    "an attachment whose facts were not noted": (
        {"attachments": [_noted_less(attachment(1, "Suunnitelma"))]},
        {"attachments": [attachment(1, "Suunnitelma", kind="final_report")]},
        [],
    ),
    "a logo": (
        {"logos": [{"id": 1, "image": "logot/a.png", "alt": "EU"}]},
        {"logos": [{"id": 1, "image": "logot/b.png", "alt": "EU"}]},
        ["Logo muuttui: EU."],
    ),
    "a successor": (
        {},
        {"successors": [named("H1002", "AVAUS")]},
        ["Jatkohanke lisättiin: AVAUS."],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_told(case):
    old, new, sentences = CASES[case]
    assert differences(a_card(**old), a_card(**new)) == sentences


def test_what_is_the_same_is_not_told():
    card = a_card(funding=[CITY, STM], sections=[section(1, "<p>a</p>")])
    assert differences(card, deepcopy(card)) == []


LONG = "<p>" + " ".join(f"sana{n}" for n in range(60)) + "</p>"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<p>yksi kaksi</p>", "<p>yksi kaksi</p><p>kolme</p>", "lisättiin ”kolme”"),
        ("<p>yksi kaksi kolme</p>", "<p>yksi kolme</p>", "poistettiin ”kaksi”"),
        ("<p>a</p>", LONG, "lisättiin 60 sanaa ja poistettiin 1 sana"),
        ("<p>a b</p>" + LONG, "<p>b a</p>" + LONG, "”a b” → ”b a”"),
        (
            "<p>1 a b c d e 2 f g h i j 3</p>",
            "<p>7 a b c d e 8 f g h i j 9</p>",
            "”1” → ”7”; ”2” → ”8”; ”3” → ”9”",
        ),
        (f"<p>x</p>{LONG * 20}<p>y</p>", f"<p>y</p>{LONG * 20}<p>x</p>", "sanojen järjestystä"),
        ("<p>a</p>", f"<p>{'a' * 5000}</p>", "lisättiin 1 sana"),
        ("<p>a &amp; b</p>", "<ul><li>a &amp; b</li></ul>", ""),
    ],
)
def test_a_text_is_told_in_few_words(old, new, told):
    assert gist(old, new).startswith(told)
    assert len(gist(old, new)) < 300


def test_every_word_of_the_models_has_a_word_in_the_sentences():
    assert set(wording.PHASES) == set(Phase.values)
    assert {kind: str(kind.label) for kind in SectionKind} == wording.KINDS
    assert set(wording.STAGES) == set(Stage.values)
    assert {kind: str(KeyKind(kind).label) for kind in SHOWN_KEYS} == wording.KEYS


VALUES = {
    "name": st.sampled_from("ab"),
    "phase": st.sampled_from(Phase.values),
    "planned_end_date": st.sampled_from([None, "2015-06-30", "2015-07-31"]),
    "actual_end_date": st.sampled_from([None, "2015-06-30", "2015-07-31"]),
    "planned_cost": st.sampled_from([None, "0.00", "5.00"]),
    "actual_cost": st.sampled_from([None, "0.00", "5.00"]),
    "funding": st.lists(st.sampled_from([STM, CITY, STM | {"id": 9}]), unique_by=lambda r: r["id"]),
    "sections": st.lists(
        st.sampled_from([section(1, "a"), section(1, "b"), section(2, "a", heading="B")]),
        unique_by=lambda row: row["id"],
    ),
    "portfolios": st.lists(
        st.sampled_from([named(1, "a"), named(1, "b"), named(2, "c")]),
        unique_by=lambda row: row["id"],
    ),
}
CONTENTS = st.builds(a_card, **VALUES)


def visible(card):
    """Rows by what they say: a row made again with the same words is the same to a reader."""
    return [
        [{**row, "id": 0} for row in value] if isinstance(value, list) else value
        for value in card.values()
    ]


@settings(deadline=None)
@given(CONTENTS, CONTENTS)
def test_every_difference_is_told_and_no_other(old, new):
    assert bool(differences(old, new)) == (visible(old) != visible(new))
