"""Shares and totals are read out of prose, each with the words it came from."""

from decimal import Decimal

import pytest

from sivusto.transfer.cardtext.figures import figures
from sivusto.transfer.cardtext.funders import funder_names, split_funder
from sivusto.transfer.cardtext.model import SectionText
from sivusto.transfer.cardtext.money import read_money

FIELD = ("STM, Kaste-ohjelma", "Rantalan kaupunki")
Row = tuple[str, str, object, object, str]


def read(text: str, heading: str = "Kustannukset ja rahoitus", field: tuple[str, ...] = FIELD):
    return read_money([SectionText(heading, text)], [split_funder(line) for line in field])


def rows(text: str, heading: str = "Kustannukset ja rahoitus", field: tuple[str, ...] = FIELD):
    return [
        (share.funder, share.programme, share.amount, share.percent)
        for share in read(text, heading, field).shares
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("28 950€", [28950]),
        ("n. 190 000", [190000]),
        ("noin 1,2 milj. euroa", [1200000]),
        ("1,5 M€", [1500000]),
        ("2,4 miljoonaa euroa", [2400000]),
        ("120 t€", [120000]),
        ("1.250.000,50 eur", [Decimal("1250000.50")]),
        ("1 200 000,- €", [1200000]),
        ("200 000 euron", [200000]),
        ("1000000 ja", [1000000]),
        ("2012 100 000 €", [100000]),
        ("31.12.2012 100 000 €", [100000]),
        ("vuosina 2013-2014", []),
        ("vuonna 2012", []),
        ("p. 040 555 4160", []),
        ("12 000 asukasta", []),
        ("1250 henkilöä", []),
        ("klo 12.30", []),
        ("100 000-150 000 €", []),
        ("sivut 12-14", []),
        ("n. 40 000 - 60 000 €", []),
        ("2012 - 300 000 euroa", [300000]),
        ("12.000,-", [12000]),
    ],
)
def test_sums_of_money_are_told_from_other_numbers(text, amounts):
    assert [figure.amount for figure in figures(text)] == amounts


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("75 %", [75]),
        ("12,5%", [Decimal("12.5")]),
        ("25 prosenttia", [25]),
        ("50-75 %", []),
        ("250 %", []),
    ],
)
def test_percentages_are_read_and_ranges_are_not(text, percents):
    assert [figure.percent for figure in figures(text)] == percents


STM = ("STM", "Kaste-ohjelma")
CITY = ("Rantalan kaupunki", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("STM 75 % - 300 026 euroa", [(*STM, 300026, 75)]),
        ("Ouka 25 % - 100 009 euroa", [("Ouka", "", 100009, 25)]),
        ("Kaste-ohjelman rahoitusosuus on 75 %.", [(*STM, None, 75)]),
        ("STM:n Kaste-ohjelma 75 %", [(*STM, None, 75)]),
        ("Kaupungin osuus on 25 %", [(*CITY, None, 25)]),
        ("kaupungin omarahoitusosuus 20 %", [(*CITY, None, 20)]),
        ("Omarahoitus 50 000 €", [("Omarahoitus", "", 50000, None)]),
        ("EU:n osuus 120 000 €", [("EU", "", 120000, None)]),
        ("Tekes rahoittaa 50 %", [("Tekes", "", None, 50)]),
        ("EAKR-rahoitus 70 %, kuntarahoitus 30 %",
         [("EAKR", "", None, 70), ("Kuntarahoitus", "", None, 30)]),
        ("(Vaara Oy 80 %, Suo Oy 20 %)", [("Vaara Oy", "", None, 80), ("Suo Oy", "", None, 20)]),
        ("Vaaran kunnan (15 500€) ja muiden kuntien (8 400€) osuus on yhteensä 25 %, 24 000€",
         [("Vaaran kunta", "", 15500, None), ("Muut kunnat", "", 8400, None)]),
        ("Opetus- ja kulttuuriministeriö 50 % ja Vaaran kunta 50 %",
         [("Opetus- ja kulttuuriministeriö", "", None, 50), ("Vaaran kunta", "", None, 50)]),
        ("400 000 euroa, josta STM (75 %) 300000 ja 50 000 euroa Rantalan kaupunki (12,5 %) ja "
         "50 000 euroa Pohjoismaan sairaanhoitopiiri",
         [(*STM, 300000, 75), (*CITY, 50000, Decimal("12.5")),
          ("Pohjoismaan sairaanhoitopiiri", "", 50000, None)]),
        ("Kustannuksista 75 % katetaan STM:n Kaste-ohjelmasta ja 25 % tulee kunnilta.",
         [(*STM, None, 75), ("Kunnat", "", None, 25)]),
        ("EU-tuki 50% eli 120.000 €", [("EU", "", 120000, 50)]),
        ("Rahoittajina ovat Euroopan sosiaalirahasto (ESR) 50 % ja Rantala 50 %.",
         [("Euroopan sosiaalirahasto", "", None, 50), (*CITY, None, 50)]),
        ("STM 75 %, 300 026 euroa", [(*STM, 300026, 75)]),
        ("100 000 euroa Opetus- ja kulttuuriministeriö, 50 000 euroa Rantalan kaupunki",
         [("Opetus- ja kulttuuriministeriö", "", 100000, None), (*CITY, 50000, None)]),
        ("STM 300 000 €, josta yritykset 20 000 €", [(*STM, 300000, None)]),
        ("STM\n75 %\n300 000 €", [(*STM, 300000, 75)]),
        ("STM 75 %\nSTM 75 %", [(*STM, None, 75)]),
        ("A:n rahoitusosuus on 80 % ja B:n 20 %", [("A", "", None, 80), ("B", "", None, 20)]),
        ("Rahoitus: STM:n osuus 300 026 € (75 %)", [(*STM, 300026, 75)]),
        ("Tekesiltä 60 %, Rantalan kaupungilta 40 %",
         [("Tekes", "", None, 60), (*CITY, None, 40)]),
        ("EU-osuus 250000 euroa, kansallinen julkinen rahoitus 200000 euroa ja kuntarahoituksen "
         "osuus 50 000 €",
         [("EU", "", 250000, None), ("Kansallinen julkinen rahoitus", "", 200000, None),
          ("Kuntarahoitus", "", 50000, None)]),
        ("Julkinen rahoitus yhteensä 100 000 €, josta STM 50 000 €, valtion 25 000 € ja kuntien "
         "25 000 €",
         [(*STM, 50000, None), ("Valtio", "", 25000, None), ("Kunnat", "", 25000, None)]),
        ("Kunnat yhteensä: 60 000 € (25 %), josta Rantala 40 000 €, Kempele 20 000 €",
         [(*CITY, 40000, None), ("Kempele", "", 20000, None)]),
        ("Vuonna 2012 kaupungin osuus on 20 000 € ja vuonna 2013 30 000 €.",
         [(*CITY, 20000, None), (*CITY, 30000, None)]),
        ("Rahoituspäätös 12.3.2012, 120 000 euroa (Kaste-ohjelma)", [(*STM, 120000, None)]),
        ("Rantalan kaupungin osuus 40 000 €, josta työpanosta 20 000 €", [(*CITY, 40000, None)]),
    ],
)  # fmt: skip
def test_a_share_is_read_however_it_is_written(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Palkat 50 000 €, matkat 3 000 €",
        "Henkilöstökulut 70 %, ostopalvelut 20 %, muut kulut 10 %",
        "Projektipäällikkö 60 % työajasta",
        "Vuosi 2013: 50 000 €",
        "Yhteensä 400 000 €",
        "Suunniteltu rahoitus 90 000 €",
        "Koulutuspäiviä 1200, osallistujia 3500",
        "Flat rate 24 %",
    ],
)
def test_cost_rows_are_no_shares(text):
    assert rows(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lomakkeista jo lähes 100% on verkossa, ja 75% käyttää niitä",
        "Rantalan kaupunki kasvaa 25 % vuosikymmenessä.",
        "STM 75 % ja Rantalan kaupunki 25 %",
    ],
)
def test_percentages_without_a_word_of_money_are_no_shares(text):
    assert rows(text, heading="Tausta") == []


def test_services_and_own_work_are_shares_in_kind():
    text = (
        "TEKESin tarjoamat valmennuspalvelut - 40 000 euroa\n"
        "SITRA tutkimuspalvelut - 50 000 euroa\nRantalan yliopisto, työpanos 15 000 €"
    )
    found = read(text, "Muut osallistujat/rahoittajat")

    assert [(share.funder, share.amount, share.kind) for share in found.shares] == [
        ("TEKES", 40000, "in_kind"),
        ("SITRA", 50000, "in_kind"),
        ("Rantalan yliopisto", 15000, "in_kind"),
    ]
    assert found.shares[0].quote == "TEKESin tarjoamat valmennuspalvelut - 40 000 euroa"


def test_one_line_may_hold_the_total_and_all_its_shares():
    text = (
        "Kustannukset yhteensä: 615 000 euroa, Rahoitus: Tekes 333 145 euroa, "
        "Rantalan kaupunki 275 000 euroa ja Suvi Oy 6 855 euroa"
    )
    found = read(text, heading="")

    assert found.total == 615000
    assert [(share.funder, share.amount) for share in found.shares] == [
        ("Tekes", 333145),
        ("Rantalan kaupunki", 275000),
        ("Suvi Oy", 6855),
    ]


@pytest.mark.parametrize(
    ("heading", "text", "total", "actual"),
    [
        ("Kustannukset ja rahoitus", "189 247 euroa (EAKR 80 %, Rantala 20 %)", 189247, False),
        ("Kustannukset", "n. 190 000", 190000, False),
        ("Kustannukset", "Kokonaiskustannukset ovat 152 000 €. Osuudet yhteensä 25 %, 38 000€",
         152000, False),
        ("Toteutuneet kustannukset yhteensä", "Toteutuneet 1 333 334 euroa (kunta ja STM)",
         1333334, True),
        ("Budjetti", "Suunnitellut kustannukset 200 000 €\nToteutuneet kustannukset 180 500 €",
         180500, True),
        ("Rahoitus", "Palkat 50 000 €, matkat 3 000 €. Yhteensä 53 000 €", 53000, False),
        ("Rahoitus", "Vuosi 2013: 50 000 €\nVuosi 2014: 60 000 €\nYhteensä: 110 000 €",
         110000, False),
        ("", "Hankkeen kokonaisbudjetti on 120 t€, josta Tekes 60 t€ ja kaupunki 60 t€.",
         120000, False),
        ("Rahoitus", "STM 75 % - 300 000 euroa\nRantalan kaupunki 25 % - 100 000 euroa",
         None, False),
        ("Kustannukset", "Kustannukset ovat 100 € asukasta kohden", None, False),
        ("Kustannukset", "Yhteensä 2013: 50 000 €", None, False),
        ("Budjetti", "2018: 30 000 €\nBudjetti 2019: 40 000 €", None, False),
        ("Kustannukset", "n. 40 000 - 60 000 €", None, False),
        ("Budget and funding", "The total budget is 120 000 €. ERDF 70 %", 120000, False),
        ("Kostnader", "Totalkostnader 50 000 euro, staden 20 %", 50000, False),
        ("Tausta", "Kunnassa on 12 000 asukasta.", None, False),
    ],
)  # fmt: skip
def test_only_a_stated_total_is_the_total(heading, text, total, actual):
    found = read(text, heading)

    assert (found.total, found.total_is_actual) == (total, actual)


def test_every_quote_stands_in_the_text():
    text = "Kokonaiskustannukset 200 000 €: STM 75 %, 150 000 €; Rantalan kaupunki (25 %) 50 000 €."

    assert all(share.quote in text for share in read(text).shares)
    assert len(read(text).shares) == 2


@pytest.mark.parametrize(
    ("text", "funder", "programme"),
    [
        ("STM", "STM", ""),
        ("STM, Kaste-ohjelma", "STM", "Kaste-ohjelma"),
        ("STM / Kaste-ohjelma", "STM", "Kaste-ohjelma"),
        ("STM (Kaste-ohjelma)", "STM", "Kaste-ohjelma"),
        ("Sosiaali- ja terveysministeriö (STM)", "Sosiaali- ja terveysministeriö", ""),
        ("Euroopan aluekehitysrahasto (EAKR)", "Euroopan aluekehitysrahasto", ""),
        ("EU, ERDF", "EU", "ERDF"),
        ("STM:n Kaste-ohjelma", "STM", "Kaste-ohjelma"),
        ("Pohjoismaan ELY-keskus / ESR", "Pohjoismaan ELY-keskus", "ESR"),
        ("ESR / Pohjoismaan ELY-keskus", "Pohjoismaan ELY-keskus", "ESR"),
        ("EU, Interreg IV A", "EU", "Interreg IV A"),
        ("Rantalan kaupunki, Hyvinvointipalvelut", "Rantalan kaupunki, Hyvinvointipalvelut", ""),
        (
            "Elinkeino-, liikenne- ja ympäristökeskus",
            "Elinkeino-, liikenne- ja ympäristökeskus",
            "",
        ),
        ("Euroopan sosiaalirahasto", "Euroopan sosiaalirahasto", ""),
    ],
)
def test_funder_and_programme_are_told_apart(text, funder, programme):
    found = split_funder(text)

    assert (found.funder, found.programme) == (funder, programme)


def test_a_city_and_its_unit_on_one_line_are_one_funder():
    found = funder_names(["Rantalan kaupunki, Hyvinvointipalvelut"])

    assert [funder.funder for funder in found] == ["Rantalan kaupunki, Hyvinvointipalvelut"]


def test_a_list_of_sure_organisations_on_one_line_is_several_funders():
    found = funder_names(["Rantalan kaupunki, Vaaran kunta ja Pohjoismaan liitto", "- Tekes"])

    assert [funder.text for funder in found] == [
        "Rantalan kaupunki",
        "Vaaran kunta",
        "Pohjoismaan liitto",
        "Tekes",
    ]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (("Opetushallitus (OPH)",), "OPH 80 %"),
        (("Limingan kunta",), "Liminka 20 %"),
        (("Muhoksen kunta",), "Muhos 20 %"),
        (("EU, EAKR",), "Euroopan aluekehitysrahasto 50 %"),
        (("Rantalan kaupunki",), "City of Rantala 30 %"),
        (("Utbildningsstyrelsen",), "Utbildningsstyrelsen 80 %"),
        (("Sosiaali- ja terveysministeriö (STM)",), "STM 25 %"),
    ],
)
def test_the_field_s_funder_is_met_under_its_other_names(field, words):
    funder = funder_names(field)[0]
    found = read_money([SectionText("Rahoitus", words)], [funder]).shares

    assert [(share.funder, share.programme) for share in found] == [
        (funder.funder, funder.programme)
    ]


def test_a_quote_keeps_the_dash_that_ends_its_sum():
    assert read("Rantalan kaupungin osuus 12.000,-").shares[0].quote.endswith("12.000,-")


def test_fractions_are_shares_and_the_whole_is_the_total():
    money = read("EAKR 1/3 ja Rantalan kaupunki 2/3, yhteensä 300 000 €.", field=("EAKR", FIELD[1]))

    assert [(share.funder, share.percent) for share in money.shares] == [
        ("EAKR", Decimal("33.33")),
        ("Rantalan kaupunki", Decimal("66.67")),
    ]
    assert money.total == 300_000


@pytest.mark.parametrize("text", ["1/2014", "1.3/4", "12/2", "3/2", "1/3/2014", "vaiheet 1-2/4"])
def test_dates_and_issues_are_no_fractions(text):
    assert not [figure for figure in figures(text) if figure.percent]


@pytest.mark.parametrize(
    "text",
    [
        "EAKR-rahoitusta haettiin 100 000 € ja myönnettiin 80 000 €.",
        "EAKR haettu 100 000 e, saatu 80 000 e",
    ],
)
def test_what_was_granted_counts_and_what_was_applied_for_does_not(text):
    assert rows(text, field=("EAKR",)) == [("EAKR", "", 80_000, None)]


def test_an_application_without_an_answer_is_a_proposed_share():
    assert rows("EAKR-tukea haettu 120 000 €", field=("EAKR",)) == [("EAKR", "", 120_000, None)]
