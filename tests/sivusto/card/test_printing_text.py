"""Text is made drawable, and soft hyphens and addresses become exceptions of hyphenation."""

import pytest

from sivusto.card.printing import printable_text
from sivusto.card.printing.text import loosened_text, take_hyphens

DRAWN = [
    ("Äiti, Åland, šakki – 100 €", "Äiti, Åland, šakki – 100 €"),
    ("Σ ja Київ ja ǥ", "Σ ja Київ ja ǥ"),
    ("Hyvä 👍🏽 juttu", "Hyvä □ juttu"),
    ("perhe 👨‍👩‍👧‍👦.", "perhe □."),
    ("中文", "□□"),
    ("ﬁ ja Ａ ja 𝐁", "fi ja A ja B"),
    ("a\u0308iti", "äiti"),
    ("x\u0000\u0007\u202ey\u200f", "xy"),
    ("\ue000", ""),
    ("rivi\tja\nrivi", "rivi\tja\nrivi"),
    ("lin\u00adja", "lin\u00adja"),
    ("❤\ufe0f", "❤"),
    ("&#x1F600; &lt;b&gt; &amp;", "□ &lt;b&gt; &amp;"),
]


@pytest.mark.parametrize(("text", "drawn"), DRAWN)
def test_characters_that_the_font_lacks_are_replaced(text, drawn):
    assert printable_text(f"<p>{text}</p>") == f"<p>{drawn}</p>"
    assert printable_text(drawn) == drawn


def test_tags_addresses_and_styles_are_left_alone():
    html = '<a href="/中" title="👍">x</a><style>p::before{content:"中"}</style><!--中-->&eacute;'
    assert printable_text(html) == html


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>" + "sana\xa0" * 30, "<p>" + "sana " * 30),
        ("<p>" + "sana&nbsp;&lt;\u202f" * 20, "<p>" + "sana &lt; " * 20),
        ("<p>" + "<b>sana\xa0</b><i>x</i>" * 30, "<p>" + "<b>sana </b><i>x</i>" * 30),
        ("<li>1\xa0000\xa0€ <p>sana\xa0" * 9, "<li>1\xa0000\xa0€ <p>sana\xa0" * 9),
        ('<a title="' + "x\xa0" * 99 + '">y</a>', '<a title="' + "x\xa0" * 99 + '">y</a>'),
    ],
)
def test_a_paragraph_without_one_plain_space_gets_them(before, after):
    assert loosened_text(before) == after


def test_soft_hyphens_become_points_of_their_word():
    html, exceptions = take_hyphens("<p>Tämä Hyvin&shy;vointi\u00adalue <b>on</b> ra&shy;ja.")
    assert html == "<p>Tämä Hyvinvointialue <b>on</b> raja."
    assert exceptions == {"hyvinvointialue": (5, 11), "raja": (2,)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ks. https://example.fi/hankkeet/", {"https", "example", "fi", "hankkeet"}),
        ("meri.virta(at)example.fi kertoo", {"meri", "virta", "at", "example", "fi"}),
        ("posti@example.fi", {"posti", "example", "fi"}),
        ("tavallinen lause.", set()),
    ],
)
def test_words_of_an_address_are_never_broken(text, words):
    assert take_hyphens(text)[1] == dict.fromkeys(words, ())
