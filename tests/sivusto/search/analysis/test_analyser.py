"""What a text is found by."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sivusto.search.analysis.language import language_of
from sivusto.search.analysis.tokens import TERM, normal, pieces


def terms(finnish, text, language="fi"):
    return {term for token in finnish.text(normal(text), language) for term in token.terms}


@pytest.mark.parametrize(
    ("text", "found_by"),
    [
        ("hyvinvointipalveluita", {"hyvinvointipalvelu", "palvelu", "hyvinvointi"}),
        ("ikäihmisille", {"ikäihminen", "ihminen"}),
        ("kadun", {"katu"}),
        ("teitä", {"tie"}),
        ("asumisessa", {"asua", "asuminen"}),
        ("palveluasumista", {"palveluasuminen", "palvelu"}),
        ("STM:n", {"stm"}),
        ("OYS:iin", {"oys"}),
        ("OuluHealth", {"oulu", "health", "ouluhealth"}),
        ("Oulu2026", {"oulu", "2026"}),
        ("6Aika", {"6aika"}),
        ("Making-City", {"making", "city", "makingcity"}),
        ("tieto-järjestelmät", {"tietojärjestelmä", "tieto", "järjestelmä"}),
        ("ELY‑keskus", {"ely", "keskus", "elykeskus"}),
        ("sosiaali- ja terveyspalvelut", {"sosiaalipalvelu", "terveyspalvelu"}),
        ("sosiaali-ja terveyspalvelut", {"sosiaalipalvelu", "terveyspalvelu"}),
        ("koti-, laitos- ja avohoidon", {"kotihoito", "laitoshoito", "avohoito"}),
        ("palveluneuvonta ja -ohjaus", {"palveluohjaus", "palveluneuvonta"}),
        ("ter\u00advey\u00addet", {"terveys"}),
        ("a\u0308iti", {"äiti"}),
    ],
)
def test_a_text_is_found_by_its_words_and_their_parts(finnish, text, found_by):
    assert found_by <= terms(finnish, text)


@pytest.mark.parametrize(
    ("text", "not_found_by"),
    [
        ("maakunnat", "kunta"),
        ("yhteiskunta", "kunta"),
        ("automaatti", "auto"),
        ("joissa", "joki"),
        ("niitä", "niittää"),
        ("hyvinvointi", "hyvin"),
        ("koti- ja avohoito", "avokoti"),
    ],
)
def test_a_text_is_not_found_by_what_merely_looks_like_a_part(finnish, text, not_found_by):
    assert not_found_by not in terms(finnish, text)


def test_stems_stand_in_a_namespace_of_their_own(finnish):
    assert {"sv_tjänst"} <= terms(finnish, "tjänster", "sv")
    assert {"en_servic"} <= terms(finnish, "services", "en")
    assert all("_" in term or term == "tjänster" for term in terms(finnish, "tjänster", "sv"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hankkeessa kehitetään palveluja ja tuetaan asukkaita.", "fi"),
        ("Projektet skapar nya tjänster för kommunen och invånarna.", "sv"),
        ("The project creates new services for the residents of the city.", "en"),
        ("AVAUS", "fi"),
        ("", "fi"),
        ("Making City of the Future", "en"),
        ("Hankkeen nimi on The City of Light, ja se on yhteinen.", "fi"),
    ],
)
def test_the_language_is_known_by_its_common_words(text, language):
    assert language_of(text) == language


def test_places_point_to_the_words(finnish):
    text = normal("Tukea omais- ja perhehoitoon.")
    assert [text[token.start : token.end] for token in finnish.text(text)] == [
        "Tukea",
        "omais-",
        "ja",
        "perhehoitoon",
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_analyser_and_terms_are_always_safe(finnish, text):
    for token in finnish.text(normal(text)):
        assert all(TERM.fullmatch(term) for term in token.terms)
        assert len(token.by_piece) == len(token.pieces) == len(pieces(token.text.strip("-‑")))
