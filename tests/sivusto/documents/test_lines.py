"""Lines of a page become words, and running heads are told from text."""

import pytest

from sivusto.documents.lines import Line, joined_words
from sivusto.documents.running import without_running


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["hyvinvointi-", "palvelut"], "hyvinvointipalvelut"),
        (["kehittä\u00ad", "minen"], "kehittäminen"),
        (["linja-", "auto kulki"], "linja-auto kulki"),
        (["EU-", "rahoitus"], "EU-rahoitus"),
        (["Oulu-", "Kajaani"], "Oulu-Kajaani"),
        (["2014-", "2020"], "2014-2020"),
        (["kunta-", "ja seututaso"], "kunta- ja seututaso"),
        (["vuosi", "–", "toinen"], "vuosi – toinen"),
        (["yksi", "kaksi"], "yksi kaksi"),
    ],
)
def test_words_cut_at_a_line_end_are_whole_again(lines, text):
    assert joined_words(lines) == text


def page(*texts):
    return [Line(text, 11, 800 - 20 * place) for place, text in enumerate(texts)]


def kept(pages):
    return [[line.text for line in page] for page in without_running(pages)]


def test_heads_and_page_numbers_go_and_texts_stay():
    pages = [page("Raportti", f"Oma {word}", f"Sivu {n}") for n, word in enumerate("abcd", start=1)]
    assert kept(pages) == [[f"Oma {word}"] for word in "abcd"]


def test_what_two_pages_share_is_no_running_head():
    pages = [page("Raportti", "Oma"), page("Raportti", "Toinen")]
    assert kept(pages) == [["Raportti", "Oma"], ["Raportti", "Toinen"]]


def test_a_figure_in_the_middle_of_a_page_is_not_its_number():
    assert kept([page("Alku", "12", "loppu")]) == [["Alku", "12", "loppu"]]


def test_pages_that_are_all_alike_keep_their_text_but_not_their_number():
    pages = [page("Kokous", f"Päätös {n}", str(n)) for n in range(1, 6)]
    assert kept(pages) == [["Kokous", f"Päätös {n}"] for n in range(1, 6)]
