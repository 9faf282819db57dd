"""Files bound into one lose none of their tags, links, entries or letters."""

import io
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pytest
from django.conf import settings
from pypdf import PdfReader

from sivusto.book.binder import Binder, BindingError
from sivusto.book.binding import Binding, Leaf
from sivusto.card.printing import Printer, PrinterOptions
from sivusto.card.printing.faces import make_faces

SITE = "https://hankkeet.example.fi"
CARD = """<html lang="fi"><head><title>{name}</title></head><body><h1>{name}</h1>
<h2>Tavoitteet</h2><p>Vuosi {number}. Lue <a href="/hankkeet/H{next}/">seuraava</a> tai
<a href="https://muualla.example.org/">muualta</a>.</p>
<h2>Rahoitus</h2><table><thead><tr><th scope="col">Rahoittaja</th><th scope="col">Osuus</th></tr>
</thead><tbody><tr><th scope="row">Valtio</th><td>75 %</td></tr></tbody></table>
<div style="break-before: page"><p><b>Toinen</b> <i>sivu</i></p></div></body></html>"""
FRONT = """<html lang="fi"><head><title>Salkkukirja: Koe</title></head><body><h1>Koe</h1>
<h2>Sisällys</h2>{lines}</body></html>"""
NAMES = ["Älykäs liikenne", "Õun ja ørsted", "Kolmas hanke"]


@pytest.fixture(scope="module")
def faces():
    return make_faces(Path(settings.FONT_DIR))


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The front matter and three cards as files."""
    folder = tmp_path_factory.mktemp("printed")
    options = PrinterOptions(
        roots={}, stylesheets=[], font_folder=Path(settings.FONT_DIR), base_url=f"{SITE}/"
    )
    printer = Printer(options)
    for number, name in enumerate(NAMES):
        html = CARD.format(name=name, number=number, next=number + 1)
        (folder / f"{number}.pdf").write_bytes(printer.print_html(html))
    lines = "".join(f'<p><a href="/hankkeet/H{n}/">{name}</a></p>' for n, name in enumerate(NAMES))
    (folder / "front.pdf").write_bytes(printer.print_html(FRONT.format(lines=lines)))
    printer.close()
    return folder


def leaves_of(printed, chapter=""):
    return [
        Leaf(printed / f"{number}.pdf", name, f"{SITE}/hankkeet/H{number}/", chapter)
        for number, name in enumerate(NAMES)
    ]


def bound(printed, faces, leaves):
    binding = Binding(faces)
    for leaf in leaves:
        binding.add(leaf, binding.open(leaf))
    return binding.finish((printed / "front.pdf").read_bytes())


@pytest.fixture(scope="module")
def book(printed, faces):
    return bound(printed, faces, leaves_of(printed))


@pytest.fixture
def pdf(book):
    with pikepdf.open(io.BytesIO(book)) as pdf:
        yield pdf


def elements(element):
    """Yield the element and all below it."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def entries(outline):
    entry = outline.get("/First")
    while entry is not None:
        yield entry
        entry = entry.get("/Next")


def test_the_book_passes_the_full_accessibility_check(book):
    assert [f.message for f in page.validate_pdf_bytes(book, profile="ua1").failures] == []


def test_title_language_and_reading_order_are_those_of_the_front_and_the_leaves(book):
    reader = PdfReader(io.BytesIO(book))
    assert reader.metadata.title == "Salkkukirja: Koe"
    assert reader.trailer["/Root"]["/Lang"] == "fi"
    texts = [sheet.extract_text() for sheet in reader.pages]
    assert [
        next(name for name in ["Sisällys", *NAMES] if name in text) for text in texts[::2][:1]
    ] == ["Sisällys"]
    assert [NAMES[n] in texts[1 + 2 * n] for n in range(3)] == [True] * 3


def test_each_number_of_the_pages_leads_to_the_tag_that_holds_it(pdf):
    """As a screen reader goes: from a page's or a link's number to its element and back."""
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    tree = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
    assert [a < b for a, b in pairwise(tree)] == [True] * (len(tree) - 1)
    met = set()
    for sheet in pdf.pages:
        key = int(sheet.obj.StructParents)
        met.add(key)
        for number, element in enumerate(tree[key]):
            assert number in [int(k) for k in element.K if isinstance(k, int)]
            assert element.Pg.objgen == sheet.obj.objgen
        for link in sheet.obj.get("/Annots", ()):
            met.add(int(link.StructParent))
            assert str(tree[int(link.StructParent)].S) == "/Link"
    assert met == set(tree)
    assert pdf.Root.StructTreeRoot.ParentTreeNextKey > max(tree)


def test_every_element_hangs_below_one_document_whose_parts_are_the_files(pdf):
    [document] = pdf.Root.StructTreeRoot.K
    assert str(document.S) == "/Document"
    assert [part.S for part in document.K] == [pikepdf.Name.Part] * 4
    for element in elements(document):
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen


def test_cells_are_named_apart_and_find_their_headers(pdf):
    [document] = pdf.Root.StructTreeRoot.K
    every = list(elements(document))
    names = [str(element.ID) for element in every if "/ID" in element]
    assert len(names) == len(set(names)) == 9
    cells = [element for element in every if element.S == pikepdf.Name.TD]
    assert len(cells) == 3
    for cell in cells:
        headers = [str(name) for name in cell.A.Headers]
        assert len(headers) == 2
        assert set(headers) <= set(names)


def test_links_lead_to_pages_of_the_book_and_others_out_of_it(pdf):
    numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages)}
    inner, outer = [], []
    for sheet in pdf.pages:
        for link in sheet.obj.get("/Annots", ()):
            if "/Dest" in link:
                inner.append((numbers[link.Dest[0].objgen], str(link.Contents)))
            else:
                outer.append(str(link.A.URI))
    contents = [(1 + 2 * n, name) for n, name in enumerate(NAMES)]
    assert inner == [*contents, contents[1], contents[2]]
    assert sorted(outer) == [f"{SITE}/hankkeet/H3/", *["https://muualla.example.org/"] * 3]


def test_the_outline_has_the_front_and_each_leaf_with_its_headings(pdf):
    outline = pdf.Root.Outlines
    assert [str(entry.Title) for entry in entries(outline)] == ["Koe", *NAMES]
    leaf = list(entries(outline))[1]
    assert [str(entry.Title) for entry in entries(leaf)] == ["Tavoitteet", "Rahoitus"]
    assert leaf.Count == -2
    assert leaf.Dest[0].objgen == pdf.pages[1].obj.objgen


def test_leaves_of_a_chapter_hang_below_its_entry(printed, faces):
    leaves = [
        Leaf(leaf.path, leaf.title, leaf.address, chapter)
        for leaf, chapter in zip(leaves_of(printed), ["A", "A", "B"], strict=True)
    ]
    with pikepdf.open(io.BytesIO(bound(printed, faces, leaves))) as pdf:
        first, *chapters = entries(pdf.Root.Outlines)
        assert [str(entry.Title) for entry in chapters] == ["A", "B"]
        assert [str(entry.Title) for entry in entries(chapters[0])] == NAMES[:2]
        assert chapters[1].Dest[0].objgen == pdf.pages[5].obj.objgen
        assert first.get("/Prev") is None


def test_pages_bear_their_numbers_which_are_no_text_to_be_read(book, pdf):
    labels = PdfReader(io.BytesIO(book)).page_labels
    assert labels == ["i", "1", "2", "3", "4", "5", "6"]
    last = pdf.pages[6].Contents
    drawn = b" ".join(part.read_bytes() for part in last)
    assert b"/Artifact <</Type /Pagination /Subtype /Header>> BDC" in drawn
    texts = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(book)).pages]
    assert texts[6].split()[-1] == "6"
    assert not texts[0].split()[-1].isdigit()


def test_each_face_is_embedded_once_and_letters_of_all_files_are_in_it(book, pdf, printed):
    programs = {
        font.DescendantFonts[0].FontDescriptor.FontFile2.objgen: str(font.BaseFont)
        for sheet in pdf.pages
        for font in sheet.obj.Resources.Font.values()
    }
    assert sorted(programs.values()) == [
        "/SALKKU+Inter",
        "/SALKKU+Inter-Bold",
        "/SALKKU+Inter-Italic",
    ]
    apart = sum(path.stat().st_size for path in printed.glob("*.pdf"))
    assert len(book) < apart
    text = PdfReader(io.BytesIO(book)).pages[3].extract_text()
    assert "Õun ja ørsted" in text


def test_a_book_without_leaves_is_its_front(printed, faces):
    book = bound(printed, faces, [])
    assert PdfReader(io.BytesIO(book)).page_labels == ["i"]
    assert [f.message for f in page.validate_pdf_bytes(book, profile="ua1").failures] == []


def test_the_process_tells_the_pages_first_and_writes_the_book(printed, faces, tmp_path, book):
    target = tmp_path / "kirja.pdf"
    with Binder(faces, leaves_of(printed)) as binder:
        assert binder.pages == [2, 2, 2]
        binder.finish(printed / "front.pdf", target)
    assert len(PdfReader(target).pages) == 7
    assert abs(target.stat().st_size - len(book)) < 500


def test_a_file_cut_off_is_told_and_leaves_no_process(printed, faces, tmp_path):
    cut = tmp_path / "katkennut.pdf"
    cut.write_bytes((printed / "0.pdf").read_bytes()[:300])
    with pytest.raises(BindingError, match="PdfError"):
        Binder(faces, [Leaf(cut, "Katkennut", f"{SITE}/hankkeet/H9/")])


def test_a_process_that_dies_is_told(printed, faces, tmp_path):
    with Binder(faces, leaves_of(printed)) as binder:
        binder._process.kill()
        binder._process.wait()
        with pytest.raises(BindingError, match="ended"):
            binder.finish(printed / "front.pdf", tmp_path / "kirja.pdf")
