"""Abbreviations and genitives meet the names they stand for, by rule alone."""

import pytest

from sivusto.transfer.cardtext import matches_abbreviation, nominative


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("STM", "Sosiaali- ja terveysministeriö"),
        ("PPSHP", "Pohjois-Pohjanmaan sairaanhoitopiiri"),
        ("Ouka", "Oulun kaupunki"),
        ("TEM", "Työ- ja elinkeinoministeriö"),
        ("OKM", "Opetus- ja kulttuuriministeriö"),
        ("EAKR", "Euroopan aluekehitysrahasto"),
        ("ESR", "Euroopan sosiaalirahasto"),
        ("ELY", "Elinkeino-, liikenne- ja ympäristökeskus"),
        ("THL", "Terveyden ja hyvinvoinnin laitos"),
        ("EU", "Euroopan unioni"),
        ("TEKES", "Tekes"),
    ],
)
def test_an_abbreviation_stands_for_its_name(short, long):
    assert matches_abbreviation(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("STM", "Satakunnan maakuntaliitto"),
        ("STM", "Opetus- ja kulttuuriministeriö"),
        ("STM", "Sosiaalitoimi"),
        ("OKM", "Oulun kaupunki"),
        ("Ouka", "Oulun kunta"),
        ("OKN", "Oulun kaupunki"),
        ("EU", "Euroopan aluekehitysrahasto"),
        ("S", "Sosiaali- ja terveysministeriö"),
        ("", ""),
        ("Oulun kaupunki", "Oulun kaupunginteatteri"),
    ],
)
def test_an_abbreviation_stands_for_nothing_else(short, long):
    assert not matches_abbreviation(short, long)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oulun kaupungin", "Oulun kaupunki"),
        ("Kaste-ohjelman", "Kaste-ohjelma"),
        ("muiden osallistuvien kuntien", "Muut osallistuvat kunnat"),
        ("yksityisten yritysten", "Yksityiset yritykset"),
        ("Sosiaali- ja terveysministeriön", "Sosiaali- ja terveysministeriö"),
        ("Pohjoismaan sairaanhoitopiirin", "Pohjoismaan sairaanhoitopiiri"),
        ("Pohjoismaan liiton", "Pohjoismaan liitto"),
        ("ELY-keskuksen", "ELY-keskus"),
        ("Rantalan yliopiston", "Rantalan yliopisto"),
        ("Oulun kaupungilta", "Oulun kaupunki"),
        ("STM:n", "STM"),
        ("EU:lta", "EU"),
        ("TEKESin", "TEKES"),
        ("Tekesin", "Tekes"),
        ("Sitran", "Sitra"),
        ("Helsingin", "Helsinki"),
        ("Business Rantalan", "Business Rantala"),
        ("valtion", "Valtio"),
        ("Oulun kaupunki", "Oulun kaupunki"),
        ("Tekes", "Tekes"),
        ("STM", "STM"),
        ("", ""),
    ],
)
def test_a_funder_in_the_genitive_is_named_in_the_nominative(text, expected):
    assert nominative(text) == expected
