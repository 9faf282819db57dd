"""A section's text becomes simple HTML, lists stay lists, no word is lost."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sivusto.transfer.cardtext import section_html


def html(text: str) -> str:
    return section_html(text).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yksi.\nKaksi.", "<p>Yksi.</p><p>Kaksi.</p>"),
        ("· a\n· b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n-Bee", "<ul><li>a</li><li>Bee</li></ul>"),
        ("• a\no b\no c\n• d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. Aa\n4. Bee", '<ol start="3"><li>Aa</li><li>Bee</li></ol>'),
        ("1. Aa\n- x\n2. Bee", "<ol><li>Aa<ul><li>x</li></ul></li><li>Bee</li></ol>"),
        ("a) yksi\nb) kaksi", '<ol type="a"><li>yksi</li><li>kaksi</li></ol>'),
        ("1. Aa\n\n2. Bee\n\n3. Cee", "<ol><li>Aa</li><li>Bee</li><li>Cee</li></ol>"),
        ("1. Kartoitus\n\nTeksti.\n\n2. Korjaus\nTeksti.",
         "<h4>1. Kartoitus</h4><p>Teksti.</p><h4>2. Korjaus</h4><p>Teksti.</p>"),
        ("3. sektori on mukana.", "<p>3. sektori on mukana.</p>"),
        ("2. Tämä on yksinäinen kohta.", '<ol start="2"><li>Tämä on yksinäinen kohta.</li></ol>'),
        ("-5 astetta\n1.1.2012 alkaen", "<p>-5 astetta</p><p>1.1.2012 alkaen</p>"),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
        ("Katso https://example.fi/a?b=1&c=2.",
         '<p>Katso <a href="https://example.fi/a?b=1&amp;c=2">https://example.fi/a?b=1&amp;c=2</a>.</p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_lines_become_blocks(text, expected):
    assert html(text) == expected


LINES = st.sampled_from(
    ["· a", "o b", "- c", "1. Dee", "2) ee", "a) eff", "", "Teksti <x> & muuta", "5. Luku", "* g"]
)


@settings(deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=20))
def test_no_word_is_lost_and_every_tag_is_closed(lines):
    text = "\n".join(lines)
    written = section_html(text)
    plain = unescape(re.sub(r"</?(?:p|ul|ol|li|h4|a)\b[^<>]*>", " ", written))
    opened = re.findall(r"<(p|ul|ol|li|h4|a)\b", written)
    closed = re.findall(r"</(p|ul|ol|li|h4|a)>", written)

    assert sorted(opened) == sorted(closed)
    assert all(word in plain for word in re.findall(r"[^\W\d_]{2,}", text))


def test_a_hundred_thousand_items_are_written_in_linear_time():
    assert section_html("· x\no y\n" * 50_000).count("<li>") == 100_000
