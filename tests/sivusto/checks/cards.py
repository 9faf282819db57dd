"""Invented cards as an old register writes them: a dozen that are right and more that are not."""

KONSTI = "Hyvän arjen ohjelma 2010-2013"
RIGHT = {
    "Sanoin": {
        "summary": "Tavoitteet\nRetkiä.\n\nRahoitus\nKokonaiskustannukset ovat 80 000 €. STM 75 % "
        "(60 000 €) ja Jokilahden kaupunki 25 % (20 000 €).",
        "funders": "STM\nJokilahden kaupunki",
    },
    "Ohjelman nimellä": {
        "summary": "Kustannukset\nHankkeen kustannusarvio on 80 000 euroa. Kaste-rahoitus 75 % ja "
        "kaupungin omarahoitus 25 %.",
        "funders": "STM\nJokilahden kaupunki",
    },
    "Lyhenteellä": {
        "summary": "Rahoitus\nTEM 45 000 € ja OKM 15 000 €, yhteensä 60 000 €",
        "funders": "Työ- ja elinkeinoministeriö\nOpetus- ja kulttuuriministeriö",
    },
    "Pyöristetty": {
        "summary": "Rahoitus\n100 000 euroa, josta STM 33,3 % eli 33 333 euroa, Rantakosken kunta "
        "33 333 euroa ja Jokilahden kaupunki 33 334 euroa.",
        "funders": "STM\nRantakosken kunta\nJokilahden kaupunki",
    },
    "Kuntaryhmä": {
        "summary": "Rahoitus\nKunnat 25 % (20 000 €), Pohjanmaan liitto 75 % (60 000 €)",
        "funders": "Pohjanmaan liitto\nJokilahden kaupunki\nRantakosken kunta",
    },
    "EU-rahaa": {
        "summary": "Rahoitus\nEU ja valtio 70 %, kunnat 30 %.\nEAKR-rahoitus 70 000 €",
        "funders": "Pohjanmaan liitto / EAKR\nJokilahden kaupunki\nRantakosken kunta",
    },
    "Vaiheita": {
        "summary": "Aikataulu\nVaihe 1: 1.2.2011-31.5.2011, vaihe 2: 1.6.2011-31.12.2012.\n"
        "Loppuseminaari pidettiin 12.12.2012. Hanke jatkuu uutena hankkeena 1.1.2013 alkaen.",
    },
    "Aikansa": {"summary": "Aikataulu\nHanke toteutetaan 1.2.2011 - 31.12.2012."},
    "Noin": {
        "summary": "Kustannukset\nKokonaiskustannukset ovat noin 0,5 milj. euroa, josta STM:n "
        "osuus on enintään 75 % ja kaupungin noin 125 000 €.",
        "funders": "STM\nJokilahden kaupunki",
    },
    "Vuosittain": {
        "summary": "Rahoitus\nVuonna 2011 STM 20 000 € ja kaupunki 10 000 €.\n"
        "Vuonna 2012 STM 40 000 € ja kaupunki 20 000 €.\nYhteensä 90 000 €",
        "funders": "STM\nJokilahden kaupunki",
    },
    "Menot": {
        "summary": "Kustannukset\nHenkilöstökulut 60 000 €\nMatkakulut 5 000 €\n"
        "Ostopalvelut 15 000 €\nYhteensä 80 000 €",
    },
    "Numeroita": {
        "summary": "Toteutus\nMukana oli 1 200 asukasta, joista 75 % oli yli 65-vuotiaita. "
        "Y-tunnus 1234567-8, koodi A70123, puhelinneuvonta 0800 12 345, palaute@example.fi.",
    },
    "Päättyi salkun jälkeen": {"end_date": "30.6.2014", "start_date": "1.8.2012"},
    "Kaksi salkkua": {
        "end_date": "31.10.2015",
        "portfolios": f"{KONSTI}\nHyvän arjen salkku 2014-2020",
    },
    "Rahoittaa": {
        "summary": "Rahoitus\nHanketta rahoittaa Sitra (30 000 €). Kaupunki tekee omaa työtä.",
        "funders": "Sitra\nJokilahden kaupunki",
    },
    "Osuuskauppa": {
        "summary": "Rahoitus\nRantakosken Osuuskauppa 8 % (8 000 euroa), kaupunki 92 %",
        "funders": "Jokilahden kaupunki\nRantakosken Osuuskauppa",
    },
    "Työtä": {
        "summary": "Rahoitus\nSTM 75 % - 300 026 euroa\nJokilahti 25 % - 100 009 euroa\n"
        "Tekesin asiantuntijatyö 20 000 euroa",
        "funders": "STM\nJokilahden kaupunki\nTekes",
    },
}
# The fields, and the kinds of what is found.
WRONG = {
    "Kuka maksaa": (
        {
            "summary": "Rahoitus\nSTM 75 % (60 000 €) ja Rantakosken kunta 25 % (20 000 €)",
            "funders": "STM",
        },
        ["funder_missing"],
    ),
    "Ilman liittoa": (
        {
            "summary": "Kustannukset\nKokonaiskustannukset 100 000 €. Pohjanmaan liitto rahoittaa "
            "hanketta 70 000 eurolla ja Jokilahden kaupunki 30 000 eurolla.",
            "funders": "Jokilahden kaupunki",
        },
        ["funder_missing"],
    ),
    "Osat": (
        {
            "summary": "Rahoitus\nSTM 60 000 € ja Jokilahden kaupunki 19 500 €, yhteensä 80 000 €",
            "funders": "STM\nJokilahden kaupunki",
        },
        ["text_sum_differs"],
    ),
    "Osat alekkain": (
        {
            "summary": "Rahoitus\nSTM 60 000 €\nJokilahden kaupunki 19 500 €\nYhteensä 80 000 €",
            "funders": "STM\nJokilahden kaupunki",
        },
        ["text_sum_differs"],
    ),
    "Yli sadan": (
        {
            "summary": "Rahoitus\nSTM 80 % ja Jokilahden kaupunki 30 %",
            "funders": "STM\nJokilahden kaupunki",
        },
        ["percents_over"],
    ),
    "Väärä prosentti": (
        {
            "summary": "Rahoitus\nSTM 80 % (60 000 €) ja Jokilahden kaupunki 20 % (20 000 €)",
            "funders": "STM\nJokilahden kaupunki",
        },
        ["share_is_not_its_percentage", "share_is_not_its_percentage"],
    ),
    "Kokonaisuus": (
        {
            "summary": "Kustannukset\nKokonaiskustannukset ovat 90 000 €. STM 60 000 € ja "
            "Jokilahden kaupunki 20 000 €.",
            "funders": "STM\nJokilahden kaupunki",
        },
        ["shares_differ_from_cost"],
    ),
    "Päivä sivussa": (
        {"summary": "Aikataulu\nSelvitys tehdään 1.2.2011 - 30.12.2012."},
        ["date_differs"],
    ),
    "Toinen loppu": (
        {"summary": "Aikataulu\nHanke alkoi 1.2.2011 ja päättyi 31.10.2012."},
        ["date_differs"],
    ),
    "Yhä käynnissä": ({"phase": "Käynnissä"}, ["running_after_end"]),
    "Yhä suunnitteilla": ({"phase": "Suunnitteilla"}, ["planned_after_end"]),
    "Väärä salkku": ({"start_date": "1.2.2015", "end_date": "1.6.2016"}, ["outside_portfolio"]),
    "Pilkku perässä,": ({}, ["untidy_name"]),
    "Numero tekstissä": (
        {"summary": "Toteutus\nLisätietoja antaa Aino Esimerkki, p. 040 000 0001."},
        ["phone_in_text"],
    ),
    "Osoite tekstissä": (
        {"summary": "Toteutus\nKysy lisää: aino.esimerkki(at)example.fi"},
        ["email_in_text"],
    ),
    "Yksin": ({"contacts": "", "implementers": ""}, ["missing_implementer", "missing_contact"]),
}


def fields(name: str, changes: dict[str, str]) -> dict[str, str]:
    """Return a whole card's fields: one that is right, with the changes."""
    usual = {
        "portfolios": KONSTI,
        "summary": "Tavoitteet\nKylillä on tekemistä.",
        "start_date": "1.2.2011",
        "end_date": "31.12.2012",
    }
    return {"name": name} | usual | changes
