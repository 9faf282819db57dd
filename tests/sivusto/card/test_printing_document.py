"""A printed card is a PDF/UA file with our font, whole words and its own title and language."""

import io
import subprocess

import page
import pypdf
import pytest
from PIL import Image

from sivusto.card.printing import Printer, PrinterOptions, PrintFailed

STYLE = """
@page {
  size: A4; margin: 20mm;
  @bottom-left { content: string(address) " · 1.4.2026" }
  @bottom-right { content: "Sivu " counter(page) "/" counter(pages) }
}
body { font-size: 10pt; line-height: 1.4 }
.address { string-set: address content() }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
.narrow { width: 30mm }
"""
TEXT = (
    "Hyvinvointipalvelutarjotin kokoaa kaupunginosan erityisvastuualueen lähipalvelut "
    "<b>tietojärjestelmäkokonaisuudeksi</b>, jonka asukkaat ovat <i>itse</i> suunnitelleet "
    "yhteistyössä kunnan, järjestöjen ja yritysten kanssa. "
)
CARD = f"""<!DOCTYPE html>
<html lang="fi"><head><title>Koehanke – hankekortti</title></head><body>
<h1>Koehanke</h1>
<p><img src="/static/logo.png" alt="Rahoittajan tunnus" width="80">
<p class="address">https://hankkeet.example.fi/hankkeet/H-1/</p>
<h2>Tavoitteet</h2><p>{TEXT * 6}</p><ul><li>{TEXT}</li><li>Toinen</li></ul>
<h3>Toimenpiteet</h3><ol><li>Ensin</li><li>Sitten</li></ol>
<p>Lue lisää <a href="/hankkeet/H-2/">jatkohankkeesta</a> tai
<a href="mailto:kirjaamo@example.fi">kysy</a>. Kiitos 👍 ja 中!</p>
<h2>Rahoitus</h2>
<table><thead><tr><th scope="col">Rahoittaja</th><th scope="col">Osuus</th></tr></thead>
<tbody><tr><th scope="row">Valtio</th><td>75 %</td></tr>
<tr><th scope="row">Kunta</th><td>25 %</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" width="200" height="20" role="img">
<title>Valtio 75 %, kunta 25 %</title><rect width="150" height="20" fill="#246"/>
<text x="5" y="14" fill="white">75 %</text></svg>
<div class="narrow"><p>{TEXT * 20}</p></div>
</body></html>"""


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    Image.new("RGB", (300, 200), "teal").save(folder / "logo.png")
    return folder


@pytest.fixture(scope="module")
def printer(static, tmp_path_factory):
    style = tmp_path_factory.mktemp("style") / "card.css"
    style.write_text(STYLE)
    options = PrinterOptions(
        roots={"/static/": static},
        stylesheets=[style],
        base_url="https://hankkeet.example.fi/",
        time_limit_s=60,
    )
    printer = Printer(options)
    yield printer
    printer.close()


@pytest.fixture(scope="module")
def card(printer):
    return printer.print_html(CARD)


@pytest.fixture(scope="module")
def reader(card):
    return pypdf.PdfReader(io.BytesIO(card))


def words_of(pdf):
    command = ["pdftotext", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def failures(pdf):
    return [failure.message for failure in page.validate_pdf_bytes(pdf, profile="ua1").failures]


def test_the_card_passes_a_full_accessibility_check(card):
    assert failures(card) == []


def test_the_card_tells_its_title_and_language_and_is_tagged(reader):
    catalog = reader.trailer["/Root"]
    assert reader.metadata.title == "Koehanke – hankekortti"
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == ("fi", True)
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]


def test_only_our_font_is_used_and_all_of_it_is_inside(reader):
    fonts = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for sheet in reader.pages
        for font in (value.get_object() for value in sheet["/Resources"]["/Font"].values())
    ]
    assert {str(font["/FontName"])[8:] for font in fonts} == {"Inter", "Inter-Bold", "Inter-Italic"}
    assert all("/FontFile2" in font for font in fonts)


def test_each_page_has_its_number_and_address(reader):
    count = len(reader.pages)
    assert count > 1
    for number, sheet in enumerate(reader.pages, 1):
        text = sheet.extract_text()
        assert f"Sivu {number}/{count}" in text
        assert "https://hankkeet.example.fi/hankkeet/H-1/ · 1.4.2026" in text


def test_lines_break_inside_words_and_copied_words_are_whole(card):
    laid_out = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=card, capture_output=True, check=True
    ).stdout.decode()
    assert "tietojärjes-" in laid_out or "järjestelmä-" in laid_out
    words = words_of(card).split()
    assert words.count("Hyvinvointipalvelutarjotin") == 27
    # One of the 27 is cut by the turn of a page, which no reader joins.
    assert words.count("tietojärjestelmäkokonaisuudeksi,") == 26


def test_a_soft_hyphen_decides_where_its_word_breaks(printer):
    html = (
        "<html lang=fi><title>x</title><h1>x</h1>"
        "<p style='width:22mm'>a kaupungin&shy;osatalo ja kaupunginosatalo"
    )
    laid_out = pypdf.PdfReader(io.BytesIO(printer.print_html(html))).pages[0].extract_text()
    assert laid_out.count("kaupungin-\nosatalo") == 2


def test_addresses_are_not_hyphenated(printer):
    html = (
        "<html lang=fi><title>x</title><h1>x</h1><p style='width:15mm'>"
        "https://kaupunginosa.example.fi/hyvinvointipalvelutarjotin/ja"
    )
    text = pypdf.PdfReader(io.BytesIO(printer.print_html(html))).pages[0].extract_text()
    assert "-" not in text


def test_links_lead_to_the_public_site_and_nowhere_dangerous(printer):
    html = (
        "<html lang=fi><title>x</title><h1>x</h1><p><a href='/hankkeet/H-2/'>a</a> "
        "<a href='javascript:x'>b</a> <a href='FILE:///etc/passwd'>c</a> <a href='#x'>d</a>"
    )
    sheet = pypdf.PdfReader(io.BytesIO(printer.print_html(html))).pages[0]
    actions = [link.get_object()["/A"]["/URI"] for link in sheet["/Annots"]]
    assert actions == ["https://hankkeet.example.fi/hankkeet/H-2/"]


def test_characters_without_a_glyph_do_not_spoil_the_file(printer):
    html = "<html lang=fi><title>x</title><h1>Ø 👩‍🚀</h1><p>مرحبا 中文 \u202e ﷽ \U0001f600"
    pdf = printer.print_html(html)
    assert failures(pdf) == []
    assert "□□" in words_of(pdf)


def test_a_missing_stylesheet_of_ours_stops_the_printing(printer, caplog):
    html = "<html lang=fi><title>x</title><link rel=stylesheet href=/static/gone.css><h1>x"
    with pytest.raises(PrintFailed):
        printer.print_html(html)
    assert "/static/gone.css" in caplog.text


@pytest.mark.parametrize("css", [None, "@import '/static/gone.css';", "@import 'http://x.fi/';"])
def test_a_look_that_is_not_whole_does_not_start(tmp_path, css):
    style = tmp_path / "card.css"
    if css:
        style.write_text(css)
    with pytest.raises(PrintFailed, match="ei käynnistynyt"):
        Printer(PrinterOptions(roots={"/static/": tmp_path}, stylesheets=[style])).print_html("x")
