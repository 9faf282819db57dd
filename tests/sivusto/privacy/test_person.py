"""A person is found however she is written, and nobody else is."""

import pytest

from sivusto.privacy.person import Person, PersonError, excerpt

FORMS = {
    "Aino Esimerkki": [
        "Aino Esimerkki",
        "Aino\u00a0Esimerkki",
        "AINO ESIMERKKI",
        "Esimerkki, Aino",
        "Ainolle Esimerkille",
        "Aino Esimerkin",
        "Aino Esimerkkiä",
        "aino.esimerkki(at)jokilahti.example.fi",
        "aino.esimerkki@jokilahti.example.fi",
        "<strong>Aino</strong> Esimerkki",
        "aino-esimerkki",
        "Aino&nbsp;Esimerkki",
    ],
    "Päivi Mäki": ["Päivi Mäki", "Päivi Mäen", "Päiville Mäelle", "paivi-maki", "PÄIVI MÄKEÄ"],
    "Markus Virtanen": ["Markus Virtasen", "Markukselle Virtaselle", "Virtanen Markus"],
    "Anna-Liisa Lahti": ["Anna-Liisa Lahden", "Anna Liisa Lahti"],
    "Kim Hellman": ["Kim Hellmanin", "Kimille Hellmanille"],
    "aino.esimerkki@jokilahti.example.fi": [
        "aino.esimerkki@jokilahti.example.fi",
        "Aino.Esimerkki(at)jokilahti.example.fi",
        "aino.esimerkki [at] jokilahti.example.fi",
    ],
    "050 000 0001": [
        "050 000 0001",
        "0500000001",
        "+358 50 000 0001",
        "+358500000001",
        "050-0000001",
        "050\u00a0000\u00a00001",
        "(050) 000 0001",
        "+358 (0)50 000 0001",
    ],
}


@pytest.mark.parametrize(
    ("term", "form"), [(term, form) for term, forms in FORMS.items() for form in forms]
)
def test_a_person_is_found_in_any_form(term, form):
    person = Person.of(term)
    text = f"Lisätietoja: {form}, kysy rohkeasti."
    left = person.blanked(text)
    assert person.is_in(text)
    assert "[poistettu]" in left
    assert left.startswith("Lisätietoja: ")
    assert left.endswith(", kysy rohkeasti.")
    words = ("aino", "esim", "mäki", "mäe", "mäke", "virta", "lahd", "hellman", "0001")
    assert not any(word in left.casefold() for word in words)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Aino Esimerkki", "Aino Virtanen ja Kalle Esimerkki tulivat."),
        ("Aino Esimerkki", "Kaino Esimerkki ja Aino Esimerkkilä."),
        ("Päivi Mäki", "Päivi Mäkinen tuli."),
        ("050 000 0001", "Summa 1 050 000 00012 €, tunnus 40500000012."),
        ("a.b@example.fi", "aa.b@example.fi ja a.b@example.fin"),
        ("a.b@example.fi", "axb@example.fi"),
    ],
)
def test_nobody_else_is_found(term, text):
    assert Person.of(term).found(text) == []


@pytest.mark.parametrize("term", ["", "  ", "ab", "12", "H123", "@", "a.b@", "2024–2025 x"])
def test_what_is_no_person_is_refused(term):
    with pytest.raises(PersonError):
        Person.of(term)


def test_tags_stay_whole_where_a_name_goes_over_them():
    html = "<p>Kysy: <strong>Aino</strong> <em>Esimerkki</em>.</p>"
    left = Person.of("Aino Esimerkki").blanked(html)
    assert left == "<p>Kysy: <strong>[poistettu]</strong><em></em>.</p>"


def test_an_excerpt_shows_the_words_around_without_tags():
    text = "<p>" + "alku " * 30 + "Aino Esimerkki" + " loppu" * 30 + "</p>"
    (span,) = Person.of("Aino Esimerkki").spans(text)
    shown = excerpt(text, span, 20)
    assert shown == "…alku alku alku alku Aino Esimerkki loppu loppu loppu l…"
