"""Cards as facts that compare."""

from decimal import Decimal

import pytest

from rahoitus.models import Funder, Programme
from sivusto.transfer.cardtext import Card, FunderName, ShareText
from sivusto.transfer.funders import Funders
from sivusto.transfer.own_facts import markup
from sivusto.transfer.shares import share_rows


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<ul><li><p>a</p></li>\n<li><p>b</p></li></ul>", "<ul>\n<li>a</li><li>b</li></ul>"),
        ("<p>a&nbsp;b</p>", "<p>a b</p>"),
        ("<p>a  b</p>\n<p>c</p>", "<p>a b</p><p>c</p>"),
        ("<p><b>a</b> <i>b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
    ],
)
def test_the_same_text_as_an_editor_writes_it_compares_alike(written, kept):
    assert markup(written) == markup(kept)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<p><strong>a</strong></p>"),
        ("<p>a</p><p>b</p>", "<ul><li>a</li><li>b</li></ul>"),
        ('<p><a href="https://a.example.fi">a</a></p>', "<p>a</p>"),
    ],
)
def test_what_a_reader_would_see_does_not(one, other):
    assert markup(one) != markup(other)


def share(funder, programme="", amount=None, percent=None, kind="cash"):
    return ShareText(funder, programme, amount, percent, kind, f"{funder} {amount} {percent}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shares", "rows"),
    [
        # (has a programme, declared, amount, percent, kind)
        ([], [(True, True, None, None, "cash")]),
        ([share("STM", "", 5, 75)], [(True, True, 5, 75, "cash")]),
        ([share("STM", "", 5), share("STM", "Kaste", None, 75)], [(True, True, 5, 75, "cash")]),
        ([share("Kaste-ohjelma", "", 5)], [(True, True, 5, None, "cash")]),
        (
            [share("STM", "Kaste", 5), share("STM", "Kaste", 7)],
            [(True, True, 5, None, "cash"), (True, False, 7, None, "cash")],
        ),
        (
            [share("STM", "Kaste", 5), share("STM", "Kaste", 7, None, "in_kind")],
            [(True, True, 5, None, "cash"), (True, False, 7, None, "in_kind")],
        ),
    ],
)
def test_figures_go_to_the_row_of_the_declared_funder(shares, rows):
    stm = Funder.objects.create(name="STM")
    Programme.objects.create(funder=stm, name="Kaste-ohjelma")
    card = Card(funders=(FunderName("STM, Kaste", "STM", "Kaste"),), shares=tuple(shares))
    assert [
        (row.pair[1] is not None, row.is_declared, row.amount, row.percent, row.kind)
        for row in share_rows(card, Funders())
    ] == rows


@pytest.mark.django_db
def test_two_programmes_of_a_funder_stay_two_rows():
    stm = Funder.objects.create(name="STM")
    for name in ("Kaste-ohjelma", "Terve-ohjelma"):
        Programme.objects.create(funder=stm, name=name)
    names = (FunderName("a", "STM", "Kaste"), FunderName("b", "STM", "Terve"))
    card = Card(funders=names, shares=(share("STM", "", Decimal(5)),))
    assert [row.amount for row in share_rows(card, Funders())] == [None, None, 5]
