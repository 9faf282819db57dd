"""A document that would take too long is refused before anything is started."""

import pytest

from sivusto.card.printing import TooLargeToPrint, check_printable
from sivusto.card.printing.markup import pieces

SENTENCE = "Hanke kehittää lähipalveluja yhdessä asukkaiden kanssa. "
CARD = (
    "<!DOCTYPE html><html lang=fi><title>Kortti</title><h1>Kortti</h1>"
    + f"<h2>Tavoitteet</h2><p>{SENTENCE * 40}<ul><li>Yksi<li>Kaksi</ul>" * 8
    + "<table>" + "<tr><th scope=row>Valtio<td colspan=2>75 %<td>1 €" * 20 + "</table>"
    + "<p>Sivu <br> vaihtuu <img src=/static/logo.png alt=Logo>"
)  # fmt: skip

TOO_LARGE = {
    "one endless paragraph": "<p>" + SENTENCE * 400,
    "an endless text": f"<p>{SENTENCE * 100}</p>" * 15,
    "ten thousand list items": "<ul>" + "<li>kohta" * 10_000 + "</ul>",
    "a colspan of a million": "<table><tr><td colspan=1000000>x</table>",
    "a rowspan in quotes": "<table><tr><td rowspan = '99999'>x</table>",
    "columns by the million": "<table><col span=1000000><tr><td>x</table>",
    "spans that multiply": "<table>" + "<tr><td colspan=20 rowspan=20>x" * 20 + "</table>",
    "nested lists": "<ul><li>" * 200,
    "elements that pretend to end themselves": "<div/>" * 200,
    "words without an end": "<p>" + ("a" * 4_000 + " ") * 4,
    "breaks": "<p>" + "x<br>" * 10_000,
    "formatting left open in each paragraph": "<p><b><i></p>" * 200,
    "pictures": "<img src=x alt=y>" * 5_000,
    "hundreds of kilobytes of anything": "<!--" + "x" * 400_000 + "-->",
}


def test_a_long_real_card_is_printed():
    check_printable(CARD)


@pytest.mark.parametrize("html", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_what_would_hang_the_printer_is_refused_in_finnish(html):
    with pytest.raises(TooLargeToPrint, match=r"(?i)tulost|sisä|taulukon"):
        check_printable(html)


@pytest.mark.parametrize(
    "html",
    ["", "<", "a < b", "<a href='x>", '<a title="a > b">c', "<!-- <b>", "<!doctype html>", "</>",
     "<style>p > a {}</style>x", "<script>'<p>'", "<svg><path d='M0 0'/></svg>", "&lt;b&gt;",
     '<a =">" ' * 50, "<?x ?>y", "<TD COLSPAN=2>", "<p\nclass=a\n>"],
)  # fmt: skip
def test_the_pieces_make_the_document_again(html):
    assert "".join(piece.raw for piece in pieces(html)) == html


def test_what_stands_in_a_style_or_a_quoted_value_is_no_tag():
    html = "<style>a<b>c</style><p title='<i>'>x</p><!-- <u> -->"
    assert [piece.name for piece in pieces(html) if piece.name] == ["style", "style", "p", "p"]
