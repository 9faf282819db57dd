"""Each format gives what it holds: pages, slides, chapters and sheets with their blocks."""

import io

import pytest

from sivusto.documents.model import DocumentError, Limits
from sivusto.documents.worker import read
from tests.sivusto.documents import files

LIMITS = Limits()


def read_as(suffix, data, limits=LIMITS):
    return read(io.BytesIO(data), suffix, limits)


def outline(text):
    """Each part's anchor and title."""
    return [(part.anchor, part.title) for part in text.parts]


def blocks(part):
    """What each block holds, by its kind."""
    return [(b.kind, b.text or b.items or b.rows) for b in part.blocks]


def test_pages_of_a_pdf_lose_what_runs_through_them():
    text = read_as(".pdf", files.a_report(4))
    assert outline(text) == [(f"sivu-{n}", f"Luku {n}") for n in range(1, 5)]
    assert blocks(text.parts[2]) == [("paragraph", "Kylät kulki.")]
    assert text.language == "fi"


def test_paragraphs_lists_and_cut_words_of_a_pdf_are_put_together():
    body = (
        "<h1>Tulokset</h1><p>Hyvinvointi&shy;palveluiden kehittä&shy;minen jatkui kaikilla "
        "alueilla ja linja-auto kulki kylille.</p><p>Toinen kappale.</p>"
        "<ul><li>yksi asia</li><li>toinen asia</li></ul>"
    )
    (page,) = read_as(".pdf", files.a_pdf(body, "p { width: 5cm }")).parts
    assert page.title == "Tulokset"
    assert blocks(page) == [
        (
            "paragraph",
            "Hyvinvointipalveluiden kehittäminen jatkui kaikilla alueilla ja linja-auto kulki "
            "kylille.",
        ),
        ("paragraph", "Toinen kappale."),
        ("list", ((0, "yksi asia"), (0, "toinen asia"))),
    ]


def test_a_scanned_pdf_has_no_parts():
    assert read_as(".pdf", files.a_scan()).parts == ()


def test_more_pages_than_the_limit_are_left_out_and_told_of():
    text = read_as(".pdf", files.a_report(4), Limits(pages=2))
    assert len(text.parts) == 2
    assert text.is_cut
    assert not read_as(".pdf", files.a_report(2)).is_cut


def test_a_word_document_is_cut_into_chapters():
    text = read_as(".docx", files.a_word_file())
    assert outline(text) == [("luku-1", "Loppuraportti"), ("luku-2", "Tulokset")]
    assert blocks(text.parts[0]) == [
        ("paragraph", "Autot kulkivat kylille."),
        ("list", ((0, "yksi"), (0, "kaksi"))),
        ("heading", "Kulut"),
        ("table", (("Vuosi", "Summa"), ("2024", "10 €"))),
    ]
    assert text.parts[0].blocks[3].has_head


def test_what_was_deleted_from_a_word_document_is_not_said():
    body = (
        "<w:p><w:r><w:t>Jää</w:t></w:r><w:del><w:r><w:delText>poistettu</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> ja lisätty</w:t></w:r></w:ins></w:p>"
    )
    (part,) = read_as(".docx", files.word_of(body)).parts
    assert blocks(part) == [("paragraph", "Jää ja lisätty")]


def test_slides_keep_their_numbers_titles_levels_and_notes():
    slides = [("Alku", ["yksi", ">alempi", "kaksi"]), ("Piilossa", ["x"]), ("Loppu", ["Kiitos"])]
    text = read_as(".pptx", files.a_presentation(slides, notes="Puhu hitaasti.", hidden={2}))
    assert outline(text) == [("dia-1", "Alku"), ("dia-3", "Loppu")]
    assert blocks(text.parts[0]) == [
        ("list", ((0, "yksi"), (1, "alempi"), (0, "kaksi"))),
        ("notes", "Puhu hitaasti."),
    ]
    assert blocks(text.parts[1]) == [("paragraph", "Kiitos")]
    assert text.language == "fi"


def test_an_open_document_gives_headings_nested_lists_and_tables():
    body = (
        '<office:text><text:h text:outline-level="1">Alku</text:h><text:p>Sana<text:s/>ja '
        "<text:span>toinen</text:span>.</text:p><text:list><text:list-item><text:p>yksi</text:p>"
        "<text:list><text:list-item><text:p>alempi</text:p></text:list-item></text:list>"
        "</text:list-item></text:list><table:table><table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>Vuosi</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>2024</text:p>"
        "</table:table-cell></table:table-row></table:table></office:text>"
    )
    (part,) = read_as(".odt", files.open_document(body)).parts
    assert part.title == "Alku"
    assert blocks(part) == [
        ("paragraph", "Sana ja toinen."),
        ("list", ((0, "yksi"), (1, "alempi"))),
        ("table", (("Vuosi",), ("2024",))),
    ]


def test_slides_of_an_open_presentation_have_titles_and_notes():
    body = (
        "<office:presentation><draw:page>"
        '<draw:frame presentation:class="title"><draw:text-box><text:p>Alku</text:p>'
        '</draw:text-box></draw:frame><draw:frame presentation:class="outline"><draw:text-box>'
        "<text:list><text:list-item><text:p>yksi</text:p></text:list-item></text:list>"
        "</draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>Muista"
        "</text:p></draw:text-box></draw:frame></presentation:notes>"
        "</draw:page></office:presentation>"
    )
    (part,) = read_as(".odp", files.open_document(body)).parts
    assert (part.anchor, part.title) == ("dia-1", "Alku")
    assert blocks(part) == [("list", ((0, "yksi"),)), ("notes", "Muista")]


def test_sheets_become_tables_as_finns_write_them():
    text = read_as(".xlsx", files.a_workbook(Kulut=[["Vuosi", "Summa"], [2024, 10.5]], Tyhjä=[]))
    assert outline(text) == [("taulukko-1", "Kulut"), ("taulukko-2", "Tyhjä")]
    assert blocks(text.parts[0]) == [("table", (("Vuosi", "Summa"), ("2024", "10,5")))]


def test_more_cells_than_the_limit_are_left_out_and_told_of():
    rows = [[n, n] for n in range(1, 101)]
    text = read_as(".xlsx", files.a_workbook(Kulut=rows), Limits(cells=20))
    assert text.is_cut
    assert len(text.parts[0].blocks[0].rows) == 10


def test_plain_texts_are_read_in_either_encoding():
    assert blocks(read_as(".txt", "Ä yksi\nrivi\n\nToinen".encode("cp1252")).parts[0]) == [
        ("paragraph", "Ä yksi rivi"),
        ("paragraph", "Toinen"),
    ]
    assert blocks(read_as(".csv", "Vuosi;Summa\n2024;ä".encode()).parts[0]) == [
        ("table", (("Vuosi", "Summa"), ("2024", "ä")))
    ]


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".pptx", ".xlsx", ".odt"])
def test_a_broken_file_is_refused_with_what_to_do(suffix):
    with pytest.raises(DocumentError, match="vioittunut"):
        read_as(suffix, b"%PDF-1.7 PK\x03\x04 nothing")
