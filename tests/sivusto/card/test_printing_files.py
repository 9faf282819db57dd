"""The PDF holds nothing but our own files, whatever addresses stand in the document."""

import base64
import io
import socketserver
import threading

import page
import pypdf
import pytest
from PIL import Image

from sivusto.card.printing import Printer, PrinterOptions, PrintFailed

SECRET = b"salainen-sisalto"
ORIGIN = "https://hankkeet.example.fi"


def picture(colour):
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
    return file.getvalue()


DATA_PICTURE = "data:image/png;base64," + base64.b64encode(picture("red")).decode()

# HOST stands for a listening socket, PLACE for a folder with a picture and a text of somebody
# else's. Each document tries to bring one of them in.
PAYLOADS = {
    "picture of another site": "<img alt=x src='http://HOST/x.png'>",
    "picture of another site, encrypted": "<img alt=x src='https://HOST/x.png'>",
    "picture without a scheme": "<img alt=x src='//HOST/x.png'>",
    "our name as a user of another site": (
        "<img alt=x src='https://hankkeet.example.fi@HOST/static/logo.png'>"
    ),
    "picture by ftp": "<img alt=x src='ftp://HOST/x.png'>",
    "local file": "<img alt=x src='file://PLACE/secret.png'>",
    "picture in the address": f"<img alt=x src='{DATA_PICTURE}'>",
    "out of the folder": "<img alt=x src='/static/../secret.png'>",
    "out of the folder, encoded": "<img alt=x src='/static/%2e%2e/secret.png'>",
    "out of the folder, encoded wholly": "<img alt=x src='/static/..%2fsecret.png'>",
    "out of the folder, backwards": "<img alt=x src='/static/..%5csecret.png'>",
    "through a link on the disk": "<img alt=x src='/static/link.png'>",
    "the whole path": "<img alt=x src='/static/PLACE/secret.png'>",
    "our site, no folder of ours": "<img alt=x src='/hallinta/secret.png'>",
    "an end in the middle": "<img alt=x src='/static/link.png%00.png'>",
    "neither picture nor look": "<img alt=x src='/static/notes.txt'>",
    "a wrong folder's name": "<img alt=x src='/static-secret/secret.png'>",
    "another base": "<base href='http://HOST/'><img alt=x src='/static/logo.png'>",
    "style's picture": "<p style='background:url(http://HOST/x.png)'>x",
    "style's content": "<style>p::before{content:url(file://PLACE/secret.png)}</style><p>x",
    "style's bullet": "<ul style='list-style-image:url(http://HOST/x.png)'><li>x</ul>",
    "imported style": "<style>@import 'http://HOST/x.css';</style>",
    "imported local style": "<style>@import url(file://PLACE/secret.css);</style><p>x",
    "linked style": "<link rel=stylesheet href='http://HOST/x.css'>",
    "another font": (
        "<style>@font-face{font-family:F;src:url(http://HOST/f.ttf),local('DejaVu Sans')}"
        "p{font-family:F}</style><p>x"
    ),
    "attached by a link": "<link rel=attachment href='http://HOST/x'>",
    "attached local file": "<link rel='x ATTACHMENT' href='file://PLACE/secret.txt'>",
    "attached by an anchor": "<p><a rel=attachment href='file://PLACE/secret.txt'>x</a>",
    "our own file attached": "<link rel=attachment href='/static/logo.png'>",
    "our own file attached by an anchor": "<p><a rel=attachment href='/static/logo.png'>x</a>",
    "picture in a drawing": (
        "<svg width=9 height=9><title>x</title><image href='http://HOST/x.png'/></svg>"
    ),
    "local picture in a drawing": (
        "<svg width=9 height=9 xmlns:xlink='http://www.w3.org/1999/xlink'><title>x</title>"
        "<image width=9 height=9 xlink:href='file://PLACE/secret.png'/></svg>"
    ),
    "style in a drawing": (
        "<svg width=9 height=9><title>x</title><style>@import 'http://HOST/x.css';</style></svg>"
    ),
    "our drawing that brings others": "<img alt=x width=9 src='/static/drawing.svg'>",
    "an object": "<object data='http://HOST/x.png'></object>",
    "an embedded thing": "<embed src='http://HOST/x.png'>",
    "a frame": "<iframe src='http://HOST/'></iframe>",
}


class Counter(socketserver.BaseRequestHandler):
    hits = 0

    def handle(self):
        type(self).hits += 1
        self.request.sendall(b"HTTP/1.0 302 Found\r\nLocation: /again\r\n\r\n")


@pytest.fixture(scope="module")
def host():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Counter) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def place(tmp_path_factory, host):
    folder = tmp_path_factory.mktemp("place")
    for name in ("static", "static-secret"):
        (folder / name).mkdir()
    for path in ("secret.png", "static-secret/secret.png"):
        (folder / path).write_bytes(picture("red"))
    (folder / "secret.txt").write_bytes(SECRET)
    (folder / "secret.css").write_text(f"p::before {{ content: '{SECRET.decode()}' }}")
    (folder / "static/notes.txt").write_bytes(SECRET)
    (folder / "static/logo.png").write_bytes(picture("blue"))
    (folder / "static/link.png").symlink_to(folder / "secret.png")
    (folder / "static/drawing.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        f"<image width='9' height='9' href='file://{folder}/secret.png'/>"
        f"<image width='9' height='9' href='http://{host}/x.png'/></svg>"
    )
    return folder


@pytest.fixture(scope="module")
def printer(place):
    options = PrinterOptions(
        roots={"/static/": place / "static"}, stylesheets=[], base_url=f"{ORIGIN}/"
    )
    printer = Printer(options)
    yield printer
    printer.close()


def document(body):
    return f"<html lang=fi><title>Koe</title><body><h1>Koe</h1>{body}"


def pictures(reader):
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [o for o in objects if isinstance(o, dict) and o.get("/Subtype") == "/Image"]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_nothing_foreign_gets_into_the_pdf(printer, host, place, payload, caplog):
    body = payload.replace("HOST", host).replace("PLACE", str(place))
    pdf = printer.print_html(document(body))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert Counter.hits == 0
    assert pictures(reader) == []
    assert reader.attachments == {}
    assert SECRET.decode() not in reader.pages[0].extract_text()
    assert "refused to read" in caplog.text or "iframe" in body or "<style>@import" in body


@pytest.mark.parametrize("address", ["/static/logo.png", f"{ORIGIN}/static/logo.png?v=2"])
def test_our_own_picture_is_printed(printer, address, caplog):
    pdf = printer.print_html(document(f"<p><img alt='Tunnus' src='{address}'>"))
    assert len(pictures(pypdf.PdfReader(io.BytesIO(pdf)))) == 1
    assert page.is_pdf_compliant_bytes(pdf, profile="ua1")
    assert "refused" not in caplog.text


def test_a_foreign_colour_profile_stops_the_printing(printer, host, caplog):
    style = f"<style>@color-profile --x{{src:url(http://{host}/x.icc)}}</style>"
    with pytest.raises(PrintFailed):
        printer.print_html(document(style))
    assert Counter.hits == 0
    assert "refused to read" in caplog.text


def test_a_refused_address_is_logged_on_one_line(printer, caplog):
    printer.print_html(document("<p><img alt=x src='http://evil.invalid/&#10;a\u2028b'>text"))
    (record,) = (r for r in caplog.records if "refused" in r.message)
    assert "http://evil.invalid/" in record.message
    assert len(record.message.splitlines()) == 1


def test_a_font_of_one_document_does_not_reach_the_next(printer):
    face = "<style>@font-face{font-family:Inter;src:url(/static/logo.png)}</style>"
    before = printer.print_html(document("<p>Teksti"))
    printer.print_html(document(face + "<p>Teksti"))
    assert len(printer.print_html(document("<p>Teksti"))) == len(before)
