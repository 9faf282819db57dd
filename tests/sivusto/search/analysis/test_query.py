"""What is asked when something is typed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sivusto.search.analysis import tsquery
from sivusto.search.analysis.query import MOST_CLAUSES, parse
from sivusto.search.synonyms import widened


def texts(query):
    return [("-" if clause.is_excluded else "") + clause.text for clause in query.clauses]


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("avoin data", ["avoin", "data"]),
        ('"avoin data" kunta', ['"avoin data"', "kunta"]),
        ("”avoin data”", ['"avoin data"']),
        ('"avoin data', ['"avoin data"']),
        ("palvelu -digi", ["palvelu", "-digi"]),
        ('palvelu -"avoin data"', ["palvelu", '-"avoin data"']),
        ("asiakas-palvelu", ["asiakas-palvelu"]),
        ("palveluneuvonta ja -ohjaus", ["palveluneuvonta", "-ohjaus"]),
        ("kirjas*", ["kirjas*"]),
        ("kir*", ["kir"]),
        ("JKL/5/2024", ['"JKL/5/2024"']),
        ("lapset ja nuoret", ["lapset", "nuoret"]),
        ("ja", ["ja"]),
        ("kunta kunta", ["kunta"]),
        ("' & | ! ( ) : * <-> \\ \0", []),
        ("👍🏽 ❤️", []),
        ("", []),
    ],
)
def test_what_is_typed_is_taken_apart(finnish, typed, clauses):
    assert texts(parse(typed, finnish)) == clauses


def test_a_word_is_asked_for_as_a_whole_and_never_by_its_parts(finnish):
    clause = parse("tietojärjestelmien", finnish).clauses[0]
    assert "tietojärjestelmä" in clause.terms
    assert "järjestelmä" not in clause.terms


def test_an_ellipsis_asks_for_what_it_stands_for(finnish):
    first, second = parse("sosiaali- ja terveyspalvelut", finnish).clauses
    assert first.terms == ("sosiaalipalvelu",)
    assert "terveyspalvelu" in second.terms


def test_only_so_many_words_are_asked_for(finnish):
    assert len(parse(" ".join(f"sana{n}x" for n in range(50)), finnish).clauses) == MOST_CLAUSES


SAFE = re.compile(r"(?:'[\w=]+'(?::\*)?|<->|[ ()&|!])*")


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=100) | st.text(alphabet="ab-\"'*&|!():<>\\ /.ä1", max_size=60))
def test_no_typed_text_is_query_syntax(finnish, typed):
    query = parse(typed, finnish)
    for written in (tsquery.written(query), tsquery.all_within(query, "n=")):
        assert SAFE.fullmatch(written)


def asked(finnish, typed, *pairs):
    return tsquery.written(widened(parse(typed, finnish), pairs, finnish))


def test_a_synonym_finds_its_other_word_in_every_form(finnish):
    assert "'ikäihminen'" in asked(finnish, "vanhuksille", ("vanhus", "ikäihminen"))
    assert "'ikäihminen'" not in asked(finnish, "nuorille", ("vanhus", "ikäihminen"))
    assert "'ikäihminen'" not in asked(finnish, '"vanhuksille"', ("vanhus", "ikäihminen"))


def test_an_abbreviation_and_its_name_find_each_other(finnish):
    name = "Terveyden ja hyvinvoinnin laitos"
    assert "<->" in asked(finnish, "THL", ("THL", name))
    widened_name = asked(finnish, "Tekniikan museo", ("Tekniikan museo", "TM"))
    assert "'tm'" in widened_name
    assert "<->" in widened_name
