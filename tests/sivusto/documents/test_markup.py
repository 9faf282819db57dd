"""What staff correct as plain lines comes back as it was, and mistakes are told by line."""

import io

import pytest

from sivusto.documents.markup import as_lines, from_lines
from sivusto.documents.model import DocumentError, Limits, Text
from sivusto.documents.worker import read
from tests.sivusto.documents import files


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".docx", files.a_word_file),
        (".pdf", lambda: files.a_report(3)),
        (
            ".pptx",
            lambda: files.a_presentation(
                [("Alku", ["yksi", ">alempi"]), ("", ["a"])], notes="Puhu."
            ),
        ),
        (".xlsx", lambda: files.a_workbook(Kulut=[["Vuosi", "Summa"], [2024, ""], ["", 3]])),
    ],
)
def test_a_text_survives_its_lines_and_its_json(suffix, data):
    text = read(io.BytesIO(data()), suffix, Limits())
    assert from_lines(as_lines(text.parts)) == text.parts
    assert Text.unpacked(text.packed()) == text


def test_every_mark_is_understood():
    (part,) = from_lines(
        "=== dia 12: Kulut\n## Väliotsikko\nrivi\ntoinen rivi\n\n- yksi\n  - alempi\n\n"
        "| Vuosi | Summa |\n|---|---|\n| 2024 | 10 |\n> Puhu\n"
    )
    assert (part.anchor, part.title) == ("dia-12", "Kulut")
    kinds = [block.kind for block in part.blocks]
    assert kinds == ["heading", "paragraph", "list", "table", "notes"]
    assert part.blocks[0].level == 2
    assert part.blocks[1].text == "rivi toinen rivi"
    assert part.blocks[2].items == ((0, "yksi"), (1, "alempi"))
    assert part.blocks[3].rows == (("Vuosi", "Summa"), ("2024", "10"))
    assert part.blocks[3].has_head


@pytest.mark.parametrize(
    ("text", "why"),
    [("=== dia 1\na\n=== kuva 2\n", "Rivi 3"), ("=== sivu 1\na\n=== sivu 1\nb\n", "jo edellä")],
)
def test_a_wrong_beginning_of_a_part_is_told_by_its_line(text, why):
    with pytest.raises(DocumentError, match=why):
        from_lines(text)


def test_lines_without_any_part_make_one():
    (part,) = from_lines("Pelkkää tekstiä.\n")
    assert part.anchor == "luku-1"
