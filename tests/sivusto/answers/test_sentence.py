"""The answer as a sentence: Finnish that holds for every number and every filter."""

import pytest

from sivusto.answers.sentence import Asked, sentence

DAY = "22.11.2026"


def said(asked=None, number=12, cost="4 812 930 €", without_cost=0):
    return sentence(asked or Asked(), number, cost, without_cost, DAY)


WHOLE = Asked(words="ikäihminen", phases=["paattynyt"], portfolios=["Hyvinvointisalkku"])


def test_the_whole_answer_is_one_sentence():
    assert said(WHOLE, without_cost=2) == (
        "12 päättynyttä hanketta Hyvinvointisalkussa, joissa sana ”ikäihminen”; "
        "yhteensä 4 812 930 €, kahdelta hankkeelta summa puuttuu; tilanne 22.11.2026."
    )


MANY, ONE, NONE = 12, 1, 0


@pytest.mark.parametrize(
    ("asked", "number", "subject"),
    [
        (Asked(), MANY, "12 hanketta"),
        (Asked(), 2, "2 hanketta"),
        (Asked(), ONE, "1 hanke"),
        (Asked(), NONE, "Ei yhtään hanketta"),
        (Asked(), 21, "21 hanketta"),
        (Asked(), 101, "101 hanketta"),
        (Asked(), 100_000, "100\xa0000 hanketta"),
        (Asked(phases=["kaynnissa"]), MANY, "12 käynnissä olevaa hanketta"),
        (Asked(phases=["kaynnissa"]), ONE, "1 käynnissä oleva hanke"),
        (Asked(phases=["kaynnissa"]), NONE, "Ei yhtään käynnissä olevaa hanketta"),
        (Asked(phases=["suunnitteilla"]), MANY, "12 suunnitteilla olevaa hanketta"),
        (Asked(phases=["suunnitteilla"]), ONE, "1 suunnitteilla oleva hanke"),
        (Asked(phases=["paattynyt"]), ONE, "1 päättynyt hanke"),
        (Asked(phases=["paattynyt"]), NONE, "Ei yhtään päättynyttä hanketta"),
        (Asked(phases=["keskeytetty"]), MANY, "12 keskeytettyä hanketta"),
        (Asked(phases=["keskeytetty"]), ONE, "1 keskeytetty hanke"),
        (
            Asked(phases=["suunnitteilla", "kaynnissa"]),
            MANY,
            "12 suunnitteilla tai käynnissä olevaa hanketta",
        ),
        (
            Asked(phases=["kaynnissa", "paattynyt"]),
            MANY,
            "12 käynnissä olevaa tai päättynyttä hanketta",
        ),
        (
            Asked(phases=["suunnitteilla", "kaynnissa", "keskeytetty"]),
            ONE,
            "1 suunnitteilla, käynnissä oleva tai keskeytetty hanke",
        ),
        (Asked(phases=["outo"]), MANY, "12 hanketta"),
        (Asked(portfolios=["Hyvinvointisalkku"]), ONE, "1 hanke Hyvinvointisalkussa"),
        (
            Asked(portfolios=["Hyvän arjen salkku 2024–2028"]),
            MANY,
            "12 hanketta Hyvän arjen salkussa 2024–2028",
        ),
        (
            Asked(portfolios=["Kulttuurisalkku 2014-2020"]),
            NONE,
            "Ei yhtään hanketta Kulttuurisalkussa 2014-2020",
        ),
        (Asked(portfolios=["Uusi salkku"]), MANY, "12 hanketta salkussa ”Uusi salkku”"),
        (Asked(portfolios=["Elinvoima"]), MANY, "12 hanketta salkussa ”Elinvoima”"),
        (
            Asked(portfolios=["Kulttuurisalkku", "Hyvinvointisalkku"]),
            MANY,
            "12 hanketta Kulttuurisalkussa tai Hyvinvointisalkussa",
        ),
        (
            Asked(portfolios=["Kulttuurisalkku", "Elinvoima"]),
            MANY,
            "12 hanketta salkussa ”Kulttuurisalkku” tai ”Elinvoima”",
        ),
        (Asked(words="katu"), MANY, "12 hanketta, joissa sana ”katu”"),
        (Asked(words="katu"), ONE, "1 hanke, jossa sana ”katu”"),
        (Asked(words="katu"), NONE, "Ei yhtään hanketta, jossa sana ”katu”"),
        (Asked(words=" katu   kunto "), MANY, "12 hanketta, joissa sanat ”katu kunto”"),
        (Asked(words="   "), MANY, "12 hanketta"),
        (Asked(types=["Oma hanke"]), ONE, "1 hanke, tyyppinä ”Oma hanke”"),
        (Asked(types=["A", "B"]), MANY, "12 hanketta, tyyppinä ”A” tai ”B”"),
        (Asked(funders=["STM"]), MANY, "12 hanketta, rahoittajana ”STM”"),
        (
            Asked(funders=["STM", "OKM", "EU"]),
            MANY,
            "12 hanketta, rahoittajana ”STM”, ”OKM” tai ”EU”",
        ),
        (Asked(implementers=["Kirjasto"]), ONE, "1 hanke, toteuttajana ”Kirjasto”"),
        (Asked(programmes=["Kaste"]), MANY, "12 hanketta, rahoitusohjelmana ”Kaste”"),
        (
            Asked(funders=["STM"], programmes=["Kaste", "RRF"]),
            ONE,
            "1 hanke, rahoittajana ”STM”, rahoitusohjelmana ”Kaste” tai ”RRF”",
        ),
        (Asked(years=[2024]), MANY, "12 hanketta, käynnissä vuonna 2024"),
        (Asked(years=[2024, 2020]), ONE, "1 hanke, käynnissä vuonna 2020 tai 2024"),
        (Asked(years=[2023, 2024]), MANY, "12 hanketta, käynnissä vuonna 2023 tai 2024"),
        (
            Asked(years=[2018, 2020, 2024]),
            MANY,
            "12 hanketta, käynnissä vuonna 2018, 2020 tai 2024",
        ),
        (
            Asked(years=[2022, 2021, 2020]),
            MANY,
            "12 hanketta, käynnissä jonakin vuosista 2020–2022",
        ),
        (
            Asked(years=[2018, 2020, 2021, 2022, 2023]),
            ONE,
            "1 hanke, käynnissä vuonna 2018 tai jonakin vuosista 2020–2023",
        ),
        (
            Asked(budgets=[(None, 50_000)]),
            MANY,
            "12 hanketta, kustannuksiltaan alle 50\xa0000\xa0€",
        ),
        (
            Asked(budgets=[(50_000, 200_000)]),
            ONE,
            "1 hanke, kustannuksiltaan 50\xa0000–200\xa0000\xa0€",
        ),
        (
            Asked(budgets=[(1_000_000, None)]),
            MANY,
            "12 hanketta, kustannuksiltaan vähintään 1\xa0000\xa0000\xa0€",
        ),
        (
            Asked(budgets=[(50_000, 200_000), (None, 50_000)]),
            MANY,
            "12 hanketta, kustannuksiltaan alle 200\xa0000\xa0€",
        ),
        (
            Asked(budgets=[(None, 50_000), (1_000_000, None)]),
            NONE,
            "Ei yhtään hanketta, kustannuksiltaan alle 50\xa0000\xa0€ "
            "tai vähintään 1\xa0000\xa0000\xa0€",
        ),
        (Asked(budgets=[None]), MANY, "12 hanketta, ilman tietoa kustannuksista"),
        (
            Asked(budgets=[None, (None, 50_000)]),
            ONE,
            "1 hanke, kustannuksiltaan alle 50\xa0000\xa0€ tai ilman tietoa kustannuksista",
        ),
        (
            Asked(budgets=[(None, 50_000), (50_000, None)]),
            MANY,
            "12 hanketta, kustannukset tiedossa",
        ),
        (
            Asked(funders=["STM"], years=[2024], words="katu"),
            ONE,
            "1 hanke, rahoittajana ”STM”, käynnissä vuonna 2024, jossa sana ”katu”",
        ),
        (
            Asked(others=[("Kunto", ["hyvä", "huono"])]),
            MANY,
            "12 hanketta, kunto ”hyvä” tai ”huono”",
        ),
    ],
)
def test_the_subject_says_what_was_asked(asked, number, subject):
    cost = "5 €" if number else ""
    assert said(asked, number, cost).partition(";")[0] == subject


@pytest.mark.parametrize(
    ("number", "cost", "without_cost", "money"),
    [
        (12, "5 €", 0, "yhteensä 5 €"),
        (1, "5 €", 0, "kustannukset 5 €"),
        (2, "5 €", 1, "yhteensä 5 €, yhdeltä hankkeelta summa puuttuu"),
        (12, "5 €", 2, "yhteensä 5 €, kahdelta hankkeelta summa puuttuu"),
        (12, "5 €", 3, "yhteensä 5 €, kolmelta hankkeelta summa puuttuu"),
        (12, "5 €", 4, "yhteensä 5 €, neljältä hankkeelta summa puuttuu"),
        (12, "5 €", 10, "yhteensä 5 €, kymmeneltä hankkeelta summa puuttuu"),
        (12, "5 €", 11, "yhteensä 5 €, 11 hankkeelta summa puuttuu"),
        (9000, "5 €", 1234, "yhteensä 5 €, 1\xa0234 hankkeelta summa puuttuu"),
        (1, "", 1, "summaa ei ole ilmoitettu"),
        (3, "", 3, "summaa ei ole ilmoitettu yhdeltäkään hankkeelta"),
        (12, "0 €", 0, "yhteensä 0 €"),
    ],
)
def test_the_money_is_honest(number, cost, without_cost, money):
    assert said(None, number, cost, without_cost).split("; ")[1] == money


def test_nothing_found_says_nothing_of_money():
    assert said(None, 0, "") == "Ei yhtään hanketta; tilanne 22.11.2026."
