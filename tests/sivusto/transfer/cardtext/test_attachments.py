"""Attachments are read row by row: title, link or file, size."""

import pytest

from sivusto.transfer.cardtext.attachments import attachments, logos, size_kt
from sivusto.transfer.cardtext.model import AttachmentText


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sivut \xa0 Linkki \xa0", AttachmentText("Sivut")),
        ("Sivut   Linkki", AttachmentText("Sivut")),
        ("Sivut Linkki", AttachmentText("Sivut")),
        ("Sivut\thttps://example.fi/a", AttachmentText("Sivut", url="https://example.fi/a")),
        (
            "Raportti \xa0 Loppu raportti 16 2015.pdf \xa0 2\xa0876\xa0kt",
            AttachmentText("Raportti", "Loppu raportti 16 2015.pdf", 2876),
        ),
        ("Raportti   a b.pdf   2 876 kt", AttachmentText("Raportti", "a b.pdf", 2876)),
        ("Raportti raportti.pdf 2 876 kt", AttachmentText("Raportti", "raportti.pdf", 2876)),
        ("\tkartta.pdf\t1,5 Mt", AttachmentText("kartta.pdf", "kartta.pdf", 1536)),
        (
            "Raportti loppu 16 2015.pdf 2 876 kt",
            AttachmentText("Raportti", "loppu 16 2015.pdf", 2876),
        ),
        ("Raportti   raportti.pdf 12 kt", AttachmentText("Raportti", "raportti.pdf", 12)),
        ("Sivut: http://example.fi/a", AttachmentText("Sivut", url="http://example.fi/a")),
        ("Versio v1.2.pdf   v2.pdf   10 kt", AttachmentText("Versio v1.2.pdf", "v2.pdf", 10)),
    ],
)
def test_a_row_is_told_apart(line, expected):
    assert attachments([line]) == (expected,)


def test_empty_rows_and_the_footer_are_no_attachments():
    assert attachments(["\xa0 \xa0", "", "*", "© Rantalan kaupunki - palaute@example.fi"]) == ()


def test_rows_that_share_a_line_are_parted_behind_each_link_and_size():
    assert attachments(
        ["Blogi   Linkki   Raportti   raportti.pdf   45\xa0kt   Esite   Linkki"]
    ) == (
        AttachmentText("Blogi"),
        AttachmentText("Raportti", "raportti.pdf", 45),
        AttachmentText("Esite"),
    )


def test_a_size_in_a_paragraph_of_its_own_stays_whole():
    lines = ["Raportti", "raportti 1.pdf", "2\xa0876\xa0kt"]

    assert attachments(lines) == (AttachmentText("Raportti", "raportti 1.pdf", 2876),)


def test_cells_on_lines_of_their_own_complete_the_row_above():
    lines = ["Sivut", "Linkki", "Raportti", "raportti.pdf", "12 kt"]

    assert attachments(lines) == (
        AttachmentText("Sivut"),
        AttachmentText("Raportti", "raportti.pdf", 12),
    )


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2 876 kt", 2876),
        ("1,2 Mt", 1229),
        ("2049 t", 3),
        ("88 kB", 88),
        ("1 MB", 1024),
        ("x", None),
    ],
)
def test_sizes_are_rounded_up_to_units_of_1024_bytes(text, size):
    assert size_kt(text) == size


def test_logos_are_named_once():
    assert logos(["eu.gif \xa0 stm.gif", "eu.gif", "*", "\xa0"]) == ("eu.gif", "stm.gif")
